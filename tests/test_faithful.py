"""Faithful text on the real documents: any encoding gives the same records, cuts are survived and said."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

from extract.run import extract
from ingest.read import read_page
from schema.errors import Rejected
from schema.page import Page, RawDocument
from schema.records import Extraction

ENCODINGS = {
    "utf-8": ("utf-8", None),
    "utf-8 with a mark": ("utf-8-sig", None),
    "gb18030 as gb2312": ("gb18030", "gb2312"),
    "gb18030 as gbk": ("gb18030", "gbk"),
    "gb18030 as itself": ("gb18030", "gb18030"),
    "gb18030 without a label": ("gb18030", None),
    "gb18030 wrongly as utf-8": ("gb18030", "utf-8"),
    "utf-16 with a mark": ("utf-16", None),
}
CUTS = 500 if os.environ.get("DUCHA_SLOW") else 160
FIELDS = (
    "label",
    "seq",
    "kind",
    "section",
    "content",
    "source",
    "progress",
    "problems",
    "next_steps",
    "status",
)


def seeds(shared: Path) -> list[Path]:
    return sorted((shared / "seeds").glob("*.txt"))


def read(name: str, data: bytes, charset: str | None = None) -> Page:
    return read_page(RawDocument(name, name, data, charset=charset))


def read_unless_refused(data: bytes) -> Page | None:
    """None for data too short to be text, refused by name; any other refusal is a failure."""
    try:
        return read("cut.txt", data)
    except Rejected as rejection:
        if rejection.code in {"empty", "binary"}:
            return None
        raise


def rows(extraction: Extraction) -> list[tuple[Any, ...]]:
    return [
        (*(getattr(task, name) for name in FIELDS), task.metrics, task.units) for task in extraction.tasks
    ]


@pytest.mark.parametrize("case", ENCODINGS)
def test_every_encoding_gives_the_same_records(shared: Path, case: str) -> None:
    encoding, charset = ENCODINGS[case]
    for path in seeds(shared):
        text = path.read_bytes().decode("utf-8")
        plain = extract(read(path.name, text.encode()))
        coded = extract(read(path.name, text.encode(encoding), charset))
        assert rows(coded) == rows(plain), path.name
        assert coded.document.coverage == plain.document.coverage
        assert coded.document.title == plain.document.title
        conflict = charset == "utf-8"
        assert ("charset_conflict" in coded.document.flags) == conflict


def test_big5_gives_the_same_records_as_its_characters(shared: Path) -> None:
    """Big5 lacks some characters of the traditional seed; what it can hold must come out the same."""
    path = seeds(shared)[0]
    text = path.read_bytes().decode("utf-8")
    held = text.encode("big5hkscs", errors="ignore").decode("big5hkscs")
    assert len(held) > len(text) * 0.9
    assert rows(extract(read(path.name, held.encode("big5hkscs")))) == rows(
        extract(read(path.name, held.encode()))
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_pages_cut_anywhere_store_nothing_damaged_without_a_flag(shared: Path, encoding: str) -> None:
    choice = random.Random(20221222)
    texts = [path.read_bytes().decode("utf-8") for path in seeds(shared)]
    for _ in range(CUTS):
        text = choice.choice(texts)
        data = text.encode(encoding)
        cut = data[: choice.randrange(len(data))]
        page = read_unless_refused(cut)
        if page is None:
            continue
        codes = {issue.code for issue in page.issues}
        if "\ufffd" in page.text.value:
            assert codes & {"bytes_undecodable", "text_damaged"}


def test_labels_of_the_seeds_are_what_they_claim(shared: Path) -> None:
    """Furniture holds the site's words, noise the injected ones, and no label holds a task's text."""
    for path in seeds(shared):
        extraction = extract(read(path.name, path.read_bytes()))
        text = extraction.document.text
        fields = [
            (span.text_start, span.text_end)
            for task in extraction.tasks
            for span in task.spans
            if span.field in {"content", "progress", "problems"}
        ]
        for label in extraction.labels:
            inside = [pair for pair in fields if label.start < pair[1] and pair[0] < label.end]
            assert not inside, (path.name, label.kind, text[label.start : label.end][:40])
        assert extraction.document.coverage >= 0.995


def test_furniture_and_noise_of_the_mirror(shared: Path) -> None:
    extraction = extract(read("seed.txt", seeds(shared)[0].read_bytes()))
    text = extraction.document.text
    labelled = {
        kind: "".join(text[label.start : label.end] for label in extraction.labels if label.kind == kind)
        for kind in ("furniture", "noise", "title", "metadata", "header")
    }
    assert "打印本页" in labelled["furniture"]
    assert "您当前所在位置" in labelled["furniture"]
    assert "Produced By" in labelled["noise"]
    assert "序号任务内容任务来源" in labelled["header"]
    assert "发布日期" in labelled["metadata"]


def test_the_six_damaged_runs_are_repaired(shared: Path) -> None:
    extraction = extract(read("seed.txt", seeds(shared)[0].read_bytes()))
    text = extraction.document.text
    for words in (
        "。科技部批准在我市开",
        "。基于“悟道”大模型研发",
        "。科技部、中央宣传部",
        "。科技北京微博",
        "。筹划举办",
        "。客房服务",
    ):
        assert words in text
    issues = [issue for issue in extraction.issues if issue.code in {"text_repaired", "text_chosen"}]
    chosen = [issue for issue in issues if issue.code == "text_chosen"]
    assert (len(issues) >= 6, len(chosen)) == (True, 3)
    for issue in issues:
        assert issue.start is not None
        assert issue.end is not None
        assert 0 <= issue.start <= issue.end <= len(text)
