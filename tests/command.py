"""The command line run as a process, and a page for it to read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = """某市科学技术委员会{year}年度绩效任务落实情况
发布日期：{next}-01-14
第1项：建设{word}平台3个
进展情况：已建成{word}平台3个，投入资金2.87亿元，任务已完成。
第2项：办好{word}活动
进展情况：正在推进，力争年底前完成。
第3项：整治{word}经营
进展情况：已整治{word}经营40处。
"""


def page(folder: Path, name: str = "一.txt", word: str = "科普", year: int = 2021) -> Path:
    path = folder / name
    path.write_text(PAGE.format(word=word, year=year, next=year + 1), encoding="utf-8")
    return path


def ducha(
    *arguments: object, cwd: Path, stdin: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    kept = {name: value for name, value in os.environ.items() if name != "DUCHA_DB"}
    environment = kept | environment
    return subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, env=environment, timeout=60, check=False
    )


def lines(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    return done.stderr.decode().splitlines()


def fill(folder: Path) -> None:
    """Two reports, stored in ``ducha.duckdb`` of the folder."""
    page(folder, "一.txt")
    page(folder, "二.txt", "绿化", 2022)
    done = ducha("ingest", ".", "--jobs", 0, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b""
