"""Keywords: telling words, deterministic, no shared cache file."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from extract.fields.keywords import keywords
from extract.lexicon.load import load_words

TEXT = "加快集成电路产线建设，支持集成电路设计企业；推动新型研发机构攻关关键核心技术，完成5项任务。"


def test_telling_words_come_first() -> None:
    assert keywords(TEXT, 3) == ("集成电路", "新型研发机构", "关键核心技术")


def test_no_stop_words_no_numbers() -> None:
    found = keywords("进一步完善各项工作机制，全年完成2.0版12项任务，同比增长15%。")
    assert not set(found) & load_words("stopwords")
    assert not any(word[0].isdigit() for word in found)


def test_nothing_to_say() -> None:
    assert keywords("") == ()
    assert keywords("。，12") == ()


def test_limit() -> None:
    assert len(keywords(TEXT * 3, 2)) == 2


def test_same_words_in_any_process(tmp_path: Path) -> None:
    """Neither the hash seed nor a planted cache file in the temporary folder changes a word."""
    (tmp_path / "jieba.cache").write_bytes(b"not a dictionary")
    code = f"from extract.fields.keywords import keywords; print(*keywords({TEXT!r}))"
    root = Path(__file__).parents[2]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    }
    assert len(outputs) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
    assert tempfile.gettempdir() != str(tmp_path)
