"""Text files → lines, tab grids, pipe tables and delimited records."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.delimited import delimiter_of, records
from ingest.fragment import paragraphs
from ingest.plain import read_delimited, read_plain
from schema.page import Block
from schema.text import Text
from tests.clock import seconds

SHARED = Path(__file__).parents[3] / "shared"
Reading = tuple[Text, tuple[Block, ...]]


def written(reading: Reading) -> list[Any]:
    """Lines as text, headings behind their level, tables as rows of cell texts."""
    text, blocks = reading
    return [_block(text.value, block) for block in blocks]


def _block(text: str, block: Block) -> Any:
    if block.table is None:
        return (f"{block.level} " if block.level else "") + text[block.start : block.end]
    return [[text[cell.start : cell.end] for cell in row] for row in block.table.rows]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("一、总述\r\n\r\n　　二、任务  \r三、小结\f附件", ["一、总述", "二、任务", "三、小结", "附件"]),
        ("局长\u00a0\u3000刘　佳\u3000", ["局长 刘 佳"]),
        ("任务\t进展\n地铁\t已通车", [[["任务", "进展"], ["地铁", "已通车"]]]),
        ("维度\t任务\t进展\n\t地铁\t已通车", [[["维度", "任务", "进展"], ["", "地铁", "已通车"]]]),
        ("任务\t进展\n地铁\t", [[["任务", "进展"], ["地铁", ""]]]),
        ("任务\t进展\n\n地铁\t已通车\n说明", [[["任务", "进展"], ["地铁", "已通车"]], "说明"]),
        ("任务\t进展\n地铁\t通车\t多余", [[["任务", "进展", ""], ["地铁", "通车", "多余"]]]),
        ("\t第一段\n\t第二段", ["第一段", "第二段"]),
        ("表一\t2021年\n通报如下", ["表一 2021年", "通报如下"]),
        ("a\tb\nc\td\n表二\n1\t2\n3\t4", [[["a", "b"], ["c", "d"]], "表二", [["1", "2"], ["3", "4"]]]),
        ("<dd id='x'></dd>\n通报\n<em><tr><u></u></tr></em>", ["通报"]),
        ("甲<p\n style='a'>乙", ["甲乙"]),
        ("<!-- 注\n释 -->正文", ["正文"]),
        ("&ldquo;三城一区&rdquo; AT&T R&amp;D", ["“三城一区” AT&T R&D"]),
        ("涉及<行政处罚法>和<b>条例</b>", ["涉及<行政处罚法>和条例"]),
        ("任务\t进展\n地铁\t<p>通车</p><p style='a'>验收</p>", [[["任务", "进展"], ["地铁", "通车\n验收"]]]),
        ("# 通报\n## 一、概况 ##\n#标签\n正文", ["1 通报", "2 一、概况", "#标签", "正文"]),
        ("|项|灯|\n|:--|--:|\n|**甲**|🟢|\n|乙|\n完", [[["项", "灯"], ["甲", "🟢"], ["乙", ""]], "完"]),
        ("任务 | 灯号\n--- | ---\n甲 \\| 丙 | 红", [[["任务", "灯号"], ["甲 | 丙", "红"]]]),
        ("首页 | 新闻\n正文 | 下载", ["首页 | 新闻", "正文 | 下载"]),
        ("共**12**项", ["共**12**项"]),
        ("", []),
    ],
)  # fmt: skip
def test_text_file(source: str, blocks: list[Any]) -> None:
    assert written(read_plain(Text.of(source))) == blocks


def test_bold_marks_are_cut_out_of_markdown() -> None:
    assert written(read_plain(Text.of("共**12**项，*3*项在建"), markdown=True)) == ["共12项，*3*项在建"]


def test_header_of_a_pipe_table_is_marked() -> None:
    _, (block,) = read_plain(Text.of("|任务|\n|---|\n|甲|"))
    assert block.table is not None
    assert [[cell.header for cell in row] for row in block.table.rows] == [[True], [False]]


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("任务,进展\n甲,已完成\n", [["任务", "进展"], ["甲", "已完成"]]),
        ('甲,"一是通车，\r\n二是验收"\r\n乙,', [["甲", "一是通车，\n二是验收"], ["乙", ""]]),
        ('甲,"称""快线""",无', [["甲", '称"快线"', "无"]]),
        ("甲;1,5\n乙;2,5", [["甲", "1,5"], ["乙", "2,5"]]),
        ("甲\t乙\n丙\t丁", [["甲", "乙"], ["丙", "丁"]]),
        ('甲,5"管\n乙,"未闭', [["甲", '5"管'], ["乙", '"未闭']]),
        ("甲,乙,丙\n丁", [["甲", "乙", "丙"], ["丁", "", ""]]),
        ("甲, \"乙\" ,丙", [["甲", "乙", "丙"]]),
    ],
)  # fmt: skip
def test_delimited(source: str, rows: list[list[str]]) -> None:
    assert written(read_delimited(Text.of(source))) == [rows]


def test_cells_of_a_delimited_file_know_their_places() -> None:
    source = '序号,进展\n1,"称""快线"""'
    text, _ = read_delimited(Text.of(source))
    at = text.value.index("快")
    assert source[slice(*text.locate(at, at + 2))] == "快线"
    assert source[slice(*text.locate(at - 1, at))] == '""'


def test_delimiter_is_not_looked_for_in_quotes() -> None:
    assert delimiter_of('"甲,乙,丙";1\n"丁,戊";2') == ";"


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("<ol style='a'> 1. 通车 2. 验收 ", ["1. 通车 2. 验收"]),
        ("<ol><li>通车<li>验收</ol>", ["通车", "验收"]),
        ("<p style=\"text-align: center;\">无</p>", ["无"]),
        ("甲<br/>乙", ["甲", "乙"]),
        (" \u3000", []),
    ],
)  # fmt: skip
def test_fragment(cell: str, lines: list[str]) -> None:
    assert [line.value for line in paragraphs(Text.of(cell))] == lines


PIECES = st.sampled_from(
    [*"甲乙丙1|#*<>&;\"',\t\n\r \u3000", "<p>", "</p>", "|---|---|\n", "&nbsp;", "\n\n", "<!--", "-->"]
)
READERS: list[Callable[[Text], Reading]] = [read_plain, read_delimited]


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from(READERS))
def test_every_character_stands_in_the_source_where_it_says(
    pieces: list[str], reader: Callable[[Text], Reading]
) -> None:
    source = "".join(pieces)
    text, blocks = reader(Text.of(source))
    for offset, character in enumerate(text.value):
        start, end = text.locate(offset, offset + 1)
        owned = source[start:end]
        if not owned:
            assert character in "\n\t"
        elif owned != character:
            # a reference, a doubled quote, an escaped bar, or a run of blanks (with tags between them)
            assert owned[0] in '&"\\' or (character == " " and owned[0].isspace())
    assert all(text.value[block.start : block.end].strip() for block in blocks)
    assert [b.start for b in blocks] == sorted(b.start for b in blocks)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="甲乙12，。\t\n \u3000", max_size=60))
def test_nothing_but_white_space_goes(source: str) -> None:
    text, _ = read_plain(Text.of(source))
    assert "".join(text.value.split()) == "".join(source.split())


@pytest.mark.parametrize(
    "piece", ["1\t2\n", "\t文\n", "|a|b|\n|-|-|\n", "<a ", '"a', "**a", "\t", "&a", " \n"], ids=str.strip
)  # fmt: skip
@pytest.mark.parametrize("reader", READERS)
def test_linear_time(piece: str, reader: Callable[[Text], Reading]) -> None:
    small, large = (seconds(lambda size=size: reader(Text.of(piece * size))) for size in (500, 4_000))
    assert large < max(0.05, 24 * small)


def test_an_unclosed_quote_is_searched_for_once() -> None:
    start = time.process_time()
    assert len(list(records(Text.of('"a,' * 40_000 + "x"), ","))) == 1
    assert time.process_time() - start < 5


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared documents")
def test_seed_of_tab_grids() -> None:
    (path,) = (SHARED / "seeds").glob("002_*.txt")
    text, blocks = read_plain(Text.of(path.read_text(encoding="utf-8")))
    tables = [block.table for block in blocks if block.table]
    assert len(tables) == 8
    assert sum(len(table.rows) - 1 for table in tables) == 31
    assert all(len(row) == 4 for table in tables for row in table.rows)
    assert "<" not in text.value
