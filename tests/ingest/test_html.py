"""HTML pages → blocks and grids, on cases by bin, on hostile markup, and by property."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.crosscheck import doubts
from ingest.html import Reading, read_html
from schema.page import Block, Cell
from schema.text import Text
from tests.clock import seconds

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "markup.yml").read_text(encoding="utf-8"))
SHARED = Path(__file__).parents[3] / "shared"


def written(reading: Reading) -> list[Any]:
    """The blocks in the notation of the case file."""
    return [_block(reading.text.value, block) for block in reading.blocks]


def _block(text: str, block: Block) -> Any:
    if block.table is not None:
        return [" | ".join(_cell(text, cell) for cell in row) for row in block.table.rows]
    kind = f"h{block.level}" if block.kind == "heading" else block.kind[0]
    return f"{kind} {text[block.start : block.end]}"


def _cell(text: str, cell: Cell) -> str:
    mark = ("^" if cell.filled else "") + ("#" if cell.header else "")
    return mark + text[cell.start : cell.end].replace("\n", "/")


def cases() -> Iterator[Any]:
    for bin_name, found in CASES.items():
        marks = [pytest.mark.xfail(strict=True)] if bin_name == "known_failures" else []
        for case in found:
            yield pytest.param(case["markup"], case["blocks"], id=case["name"], marks=marks)


@pytest.mark.parametrize(("markup", "blocks"), list(cases()))
def test_case(markup: str, blocks: list[Any]) -> None:
    assert written(read_html(Text.of(markup))) == blocks


def test_cells_are_intervals_of_the_text_and_tabs_part_them() -> None:
    reading = read_html(Text.of("<table><tr><td>任务<td>进展<tr><td><td>甲<br>乙</table>"))
    assert reading.text.value == "任务\t进展\n\t甲\n乙"
    (block,) = reading.blocks
    assert block.table is not None
    empty, last = block.table.rows[1]
    assert (empty.start, empty.end) == (6, 6)
    assert reading.text.value[last.start : last.end] == "甲\n乙"


def test_an_entity_owns_its_characters_of_the_source() -> None:
    page = "<p>甲&ldquo;乙&#8221;</p>"
    text = read_html(Text.of(page)).text
    assert text.value == "甲“乙”"
    assert page[slice(*text.locate(1, 2))] == "&ldquo;"
    assert page[slice(*text.locate(3, 4))] == "&#8221;"


def test_declarations_of_the_page() -> None:
    page = "<head><META content='2022-01-14 &amp; 15' NAME=PubDate><title> 通报\n</title><meta charset=gbk>"
    meta = read_html(Text.of(page)).meta
    assert [(tag.name, tag.value, page[slice(*tag.source)]) for tag in meta] == [
        ("PubDate", "2022-01-14 & 15", "2022-01-14 &amp; 15"),
        ("title", "通报", "通报"),
    ]


def test_second_opinion_doubts_a_page_that_parsers_read_differently() -> None:
    page = "<p>甲</p><p>" + "乙" * 100
    tree = read_html(Text.of(page)).tree
    assert [issue.code for issue in doubts(page, tree.runs[:1], tree.depth)] == ["markup_doubtful"]
    assert doubts(page, tree.runs, tree.depth) == ()


HOSTILE = {
    "open tags without an end": "<a ",
    "quotes that hold the end": '<a b=">" ',
    "angle brackets": "<",
    "unclosed comments": "<!--",
    "unclosed scripts": "<script>",
    "deep blocks": "<div>",
    "deep tables": "<table><tr><td>",
    "deep lists": "<ul><li>",
    "hidden blocks": '<div style="display:none">',
    "stray ends": "<p><b></div></b></p>",
    "references": "&#9",
    "blanks": " \n",
}


def _seconds(markup: str) -> float:
    return seconds(lambda: read_html(Text.of(markup)))


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    small, large = (_seconds(piece * size) for size in (1_000, 8_000))
    assert large < max(0.05, 24 * small)


@pytest.mark.parametrize("piece", ["<div>", "<table><tr><td>", "<ul><li>", "<font>"])
def test_text_nested_a_hundred_thousand_deep_is_kept(piece: str) -> None:
    assert read_html(Text.of(piece * 100_000 + "任务")).text.value == "任务"


def test_a_huge_attribute_and_a_huge_text_are_kept() -> None:
    page = f"<img src='{'a' * 5_000_000}'><p>{'任' * 2_000_000}</p>"
    assert len(read_html(Text.of(page)).text) == 2_000_000


def test_spans_of_an_attacker_cost_little() -> None:
    page = "<table>" + "<tr><td rowspan=65534 colspan=1000>甲<td>乙" * 2_000
    (block,) = read_html(Text.of(page)).blocks
    assert block.table is not None
    assert len(block.table.rows) == 2_000
    assert len(block.table.rows[0]) <= 200


MARKS = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<li>",
    "<ul>",
    "</ul>",
    "<br>",
    "<b>",
    "</b>",
    "<h2>",
    "</h2>",
    "<nav>",
    "</nav>",
    "<pre>",
    "</pre>",
    "<script>x</script>",
    "<!--x-->",
    "<caption>",
    "<option>",
    "<![CDATA[丁]]>",
    "<title>题</title>",
    "&nbsp;",
    "&lt;",
    "&#25;",
    "甲",
    "乙丙",
    "12",
    "<",
    ">",
    "&",
]
PIECES = st.sampled_from(
    [*MARKS, " ", "\n", "\u3000", "\t", "<td colspan=2>", "<th rowspan=2>", "<div hidden>", "<a b='"]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_every_character_stands_in_the_source_where_it_says(pieces: list[str]) -> None:
    page = "".join(pieces)
    reading = read_html(Text.of(page))
    check_alignment(page, reading.text)
    check_blocks(reading)


def check_alignment(page: str, text: Text) -> None:
    """Each character is its source character, or stands for a reference, for blanks, or for nothing."""
    last = 0
    for offset, character in enumerate(text.value):
        start, end = text.locate(offset, offset + 1)
        assert 0 <= start <= end <= len(page)
        owned = page[start:end]
        if not owned:
            assert character in "\n\t"
        elif owned != character:
            # a reference, or a run of blanks (with tags between them)
            assert owned[0] == "&" or (character == " " and owned[0].isspace())
        last = max(last, end)
    assert last <= len(page)


def check_blocks(reading: Reading) -> None:
    """Blocks cover the text in order, a newline apart; cells lie within their table."""
    text, at = reading.text.value, 0
    for block in reading.blocks:
        assert block.start == at + (1 if at else 0)
        assert text[block.start : block.end].strip()
        at = block.end
        rows = block.table.rows if block.table else ()
        assert len({len(row) for row in rows}) <= 1
        assert all(block.start <= cell.start <= cell.end <= block.end for row in rows for cell in row)
    assert at == len(text)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "<td>", "<table>", "</table>", "<tr>", "<li>", "甲", "乙", "</b>"]
        )
    )
)
def test_no_visible_character_is_lost(pieces: list[str]) -> None:
    text = read_html(Text.of("".join(pieces))).text.value
    assert sorted(text.replace("\n", "").replace("\t", "")) == sorted(p for p in pieces if p in "甲乙")


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared documents")
@pytest.mark.parametrize("name", ["032", "034", "036", "038", "044"])
def test_real_page_loses_nothing(name: str) -> None:
    path = SHARED / "real" / "docs" / f"{name}.txt"
    page = path.read_text(encoding="utf-8")
    reading = read_html(Text.of(page))
    assert doubts(page, reading.tree.runs, reading.tree.depth) == ()
    check_alignment(page, reading.text)
    table = reading.blocks[0].table
    assert table is not None
    assert len(table.rows) == 4
    assert all(len(row) == 4 for row in table.rows)
