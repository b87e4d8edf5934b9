"""What of a page is no report, and that the report itself is never taken for it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.body import Body
from extract.furniture import furniture
from extract.metadata import read_metadata
from extract.script import fold
from ingest.read import read_page
from schema.page import Block, Page, RawDocument
from schema.text import Text
from tests.clock import seconds

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "furniture.yml").read_text(encoding="utf-8")
)
GOOD = [case for name in ("in_the_wild", "synthetic", "negative") for case in CASES[name]]
# Text that a page's furniture may not touch: whatever is as long as a paragraph and ends like one.
PARAGRAPH = 40


def page_of(value: str) -> Page:
    """A page of one block a line."""
    blocks, place = [], 0
    for line in value.split("\n"):
        blocks += [Block("paragraph", place, place + len(line))] if line.strip() else []
        place += len(line) + 1
    return Page(RawDocument("a.txt", "a.txt", b""), "text/plain", "utf-8", Text.of(value), tuple(blocks))


def labelled(page: Page) -> list[str]:
    known = read_metadata(Body(page)).labels
    return [f"{at.kind} {page.text.value[at.start : at.end].strip()}" for at in furniture(Body(page), known)]


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    assert labelled(page_of(case["page"])) == case["labels"]


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", CASES["known_failures"], ids=lambda case: case["name"])
def test_known_failures(case: dict[str, Any]) -> None:
    assert labelled(page_of(case["page"])) == case["labels"]


def test_blocks_that_the_markup_sets_aside() -> None:
    page = page_of("导航栏目\n一、各项任务均已完成。")
    aside = Page(
        page.raw, "text/html", "utf-8", page.text, (Block("furniture", 0, 4), Block("paragraph", 5, 16))
    )
    assert labelled(aside) == ["furniture 导航栏目"]


def test_nothing_is_labelled_twice() -> None:
    for case in GOOD:
        page = page_of(case["page"])
        known = read_metadata(Body(page)).labels
        places = sorted((at.start, at.end) for at in (*known, *furniture(Body(page), known)))
        assert all(a[1] <= b[0] for a, b in pairwise(places))


@pytest.mark.parametrize(
    "line", ["文号：", "某局关于某事的报告", "首页", "会议 ─ 2012年", "打印", "2021年1月1日"]
)
def test_a_page_of_one_line_over_and_over_takes_linear_time(line: str) -> None:
    taken = []
    for size in (2_000, 8_000):
        page = page_of("\n".join([line] * size))
        taken.append(seconds(lambda page=page: furniture(Body(page), read_metadata(Body(page)).labels)))  # type: ignore[misc]
    assert taken[1] < 8 * max(taken[0], 0.02)


def real_pages(shared: Path) -> list[Path]:
    folders = (shared / "seeds", shared / "real" / "docs", shared / "analogues" / "docs")
    return sorted(path for folder in folders for path in folder.glob("*.txt"))


def test_no_paragraph_of_a_real_page_is_furniture(shared: Path) -> None:
    """By the ends of sentences: a labelled stretch of prose would show as one of these."""
    taken = []
    for path in real_pages(shared):
        page, _ = fold(read_page(RawDocument(path.name, path.name, path.read_bytes())))
        for at in furniture(Body(page), read_metadata(Body(page)).labels):
            words = page.text.value[at.start : at.end].strip()
            if at.kind != "glossary" and len(words) > PARAGRAPH and words.endswith("。"):
                taken.append((path.name, words))
    assert not taken


def test_the_ends_of_the_seeds(shared: Path) -> None:
    """What stands around the five reports is labelled; what is left begins and ends with the report."""
    tails = {"000": ["打印本页", "Produced By"], "001": ["上一篇", "下一篇", "关闭"], "003": ["打印本页"]}
    for path in real_pages(shared):
        if path.parent.name == "seeds" and path.name[:3] in tails:
            page, _ = fold(read_page(RawDocument(path.name, path.name, path.read_bytes())))
            words = "\n".join(labelled(page))
            assert all(tail in words for tail in tails[path.name[:3]])
