"""PDF: tables without ruled lines by what stands below one another, and prose that has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.ingest.formats.drawn import Look, pdf
from tests.ingest.formats.test_pdf import HEADER, LONG, canvas, grids, lines, page

WIDTHS = (40, 160, 260)
BARE = Look(WIDTHS, across=False, down=False)
SENTENCE = "全市各级各部门认真贯彻落实市委市政府决策部署，扎实推进各项重点任务，取得积极成效。"


def texts(*places: tuple[float, float, str]) -> bytes:
    """Words at their places, y counted from the top."""

    def draw(drawing: Any) -> None:
        for x, y, text in places:
            drawing.drawString(x, 800 - y, text)

    return canvas(draw)


def column(
    x: float, words: Sequence[str], top: float = 100, step: float = 20
) -> list[tuple[float, float, str]]:
    return [(x, top + step * at, text) for at, text in enumerate(words) if text]


@pytest.mark.parametrize("across", [True, False])
@pytest.mark.parametrize("above", [5.0, 0.0])
@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("numbered", [True, False])
def test_a_table_without_lines_over_pages_is_one(
    across: bool, above: float, repeated: bool, numbered: bool
) -> None:
    rows = [HEADER, *([str(i), f"新建第{i}个综合服务平台并投入使用", LONG[i * 14 :]] for i in range(1, 20))]
    look = replace(BARE, across=across, above=above, repeated=repeated, size=10)
    if not numbered:
        rows, look = [row[1:] for row in rows], replace(look, widths=WIDTHS[1:])
    found = page(pdf(rows, "任务落实情况", look, ["附注：数据为初步统计，以年报为准，不得引用。"]))
    assert grids(found) == [rows]
    assert lines(found, "paragraph") == ["附注：数据为初步统计，以年报为准，不得引用。"]


def test_rows_of_one_line_each() -> None:
    words = [["任务", "单位", "进展"], ["修路", "交通局", "已完成"], ["建桥", "住建局", "推进中"]]
    places = [place for x, found in zip((80, 200, 320), zip(*words, strict=True), strict=True)
              for place in column(x, found)]  # fmt: skip
    assert grids(page(texts(*places))) == [words]


def test_a_row_begins_where_a_column_is_filled_again() -> None:
    left = ["任务内容", "新建城区道路并", "完善配套管网。", "", "建桥", "", ""]
    right = [
        "落实情况",
        "已完成道路建设",
        "八千米，管网十",
        "二千米。",
        "桥面已贯通，待",
        "竣工验收后通车",
        "使用。",
    ]
    found = page(texts(*column(80, left), *column(220, right)))
    assert grids(found) == [
        [
            ["任务内容", "落实情况"],
            ["新建城区道路并完善配套管网。", "已完成道路建设八千米，管网十二千米。"],
            ["建桥", "桥面已贯通，待竣工验收后通车使用。"],
        ]
    ]


def test_a_title_across_the_columns_is_a_row() -> None:
    words = [("序号", "任务", "进展"), ("1", "修路", "已完成"), ("2", "建桥", "推进中"), ("", "", ""),
             ("3", "种树", "已完成")]  # fmt: skip
    places = [place for x, found in zip((80, 140, 320), zip(*words, strict=True), strict=True)
              for place in column(x, found)]  # fmt: skip
    found = page(texts(*places, (100, 160, "二、园林绿化和生态环境保护任务")))
    (grid,) = grids(found)
    assert [row[0] for row in grid] == ["序号", "1", "2", "二、园林绿化和生态环境保护任务", "3"]
    assert grid[4] == ["3", "种树", "已完成"]


def test_a_column_that_only_its_header_fills_is_kept() -> None:
    words = [("任务", "进展", "备注"), ("修路", "已完成", ""), ("建桥", "推进中", ""), ("种树", "已完成", "")]
    places = [place for x, found in zip((80, 200, 320), zip(*words, strict=True), strict=True)
              for place in column(x, found)]  # fmt: skip
    assert grids(page(texts(*places))) == [[[*row] for row in words]]


def wrapped(text: str, count: int) -> list[str]:
    return [text[at : at + count] for at in range(0, len(text), count)]


PROSE = [
    column(80, ["　　" + SENTENCE[:32], SENTENCE[32:], "　　" + SENTENCE[:32], SENTENCE[32:]]),
    # a list whose numbers hang
    [*column(80, ["1.", "", "2.", "", "3.", ""]), *column(104, wrapped(SENTENCE, 21) * 2)],
    # who signs, and when
    [*column(80, wrapped(SENTENCE, 30)), (350, 160, "某市人民政府"), (350, 180, "2022年1月14日")],
    # text set in two columns
    [*column(60, wrapped("　　" + SENTENCE * 6, 19)), *column(310, wrapped(SENTENCE[7:] + SENTENCE * 5, 19))],
    # one line with a gap
    [*column(80, wrapped(SENTENCE, 30)), (80, 160, "联系人：张三"), (300, 160, "电话：12345")],
    # a word alone before an indented paragraph
    [*column(60, ["上", "", "佳", ""]), *column(84, ["", "各部门认真贯彻落实", "", "任务完成情况良好。"])],
]  # fmt: skip


@pytest.mark.parametrize("places", PROSE)
def test_prose_holds_no_table(places: list[tuple[float, float, str]]) -> None:
    found = page(texts(*places))
    assert grids(found) == []
    assert len(lines(found, "paragraph")) > 1


def test_text_set_in_columns_is_read_column_by_column() -> None:
    body = SENTENCE * 3 + SENTENCE[7:] * 5
    set_out = wrapped("　　" + body, 19)
    half = len(set_out) // 2 + 1
    data = texts((60, 60, "某市人民政府公报"), *column(60, set_out[:half]), *column(310, set_out[half:]))
    assert page(data).text.value.split("\n") == ["某市人民政府公报", body]


def test_columns_that_begin_together_are_a_table() -> None:
    cells = [("负责全市老旧小区综合改造和物业服务提升", "已完成老旧小区改造共计一百二十个"),
             ("推进城市轨道交通三期建设和站点周边开发", "三期工程全线开工，年度投资九十六亿"),
             ("完善公共文化服务体系并新建图书馆", "新建图书馆十二座，全部对外开放")]  # fmt: skip
    left = [line for cell, _ in cells for line in wrapped(cell, 11)]
    right = [line for _, cell in cells for line in wrapped(cell, 11)]
    found = page(texts(*column(80, ["重点工作", *left]), *column(260, ["落实情况", *right])))
    assert grids(found) == [[["重点工作", "落实情况"], *map(list, cells)]]
