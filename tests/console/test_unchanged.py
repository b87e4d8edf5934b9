"""A run over an unchanged folder loads nothing that only new documents need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
HEAVY = (
    "bs4 concurrent.futures distributed email.policy extract.run ingest.read jieba logging lxml"
    " multiprocessing opencc pyarrow rich schema.records store.cluster store.pool words"
)
CODE = """
import sys
import cli
try:
    cli.main()
except SystemExit as end:
    assert not end.code, end.code
print(*sorted(sys.modules))
"""


def ingested(folder: Path) -> set[str]:
    """The modules in memory after ``ducha ingest``."""
    arguments = ["ingest", str(folder / "报告"), "--db", str(folder / "x.duckdb"), "--jobs", "1"]
    done = subprocess.run(
        [sys.executable, "-c", CODE, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_only_new_documents_load_rules_workers_and_arrow(tmp_path: Path) -> None:
    page = tmp_path / "报告" / "一.txt"
    page.parent.mkdir()
    page.write_text(
        "某市2021年重点任务落实情况\n第1项:新建平台10个\n进展情况:已建成平台10个,任务完成。\n", "utf-8"
    )
    assert {"pyarrow", "store.pool"} <= ingested(tmp_path)
    assert ingested(tmp_path) & set(HEAVY.split()) == set()
