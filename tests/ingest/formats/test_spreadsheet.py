"""Workbooks: merged cells, title lines, values as shown, what is refused."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ingest.formats.spreadsheet import read
from schema.errors import Rejected
from schema.page import Page, RawDocument
from tests.ingest.formats import made


def page(fill: Callable[[openpyxl.Workbook, Worksheet], object]) -> Page:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return read(RawDocument("a.xlsx", "a.xlsx", buffer.getvalue()))


def grids(found: Page) -> list[list[list[str]]]:
    tables = [block.table for block in found.blocks if block.table]
    return [[[found.text.value[c.start : c.end] for c in row] for row in table.rows] for table in tables]


def rows(*values: list[object]) -> Callable[[openpyxl.Workbook, Worksheet], object]:
    return lambda _, sheet: [sheet.append(row) for row in values]


def test_merged_cells_are_filled_and_the_title_is_a_line() -> None:
    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row in [
            ["落实情况表"],
            ["类别", "任务", None],
            ["城建", "修路", "完成"],
            [None, "建桥", "在建"],
            ["注：略"],
        ]:
            sheet.append(row)
        for area in ("A1:C1", "B2:C2", "A3:A4"):
            sheet.merge_cells(area)

    found = page(fill)
    assert grids(found) == [[["类别", "任务", "任务"], ["城建", "修路", "完成"], ["城建", "建桥", "在建"]]]
    assert [(block.kind, block.level) for block in found.blocks] == [
        ("heading", 1),
        ("table", 0),
        ("paragraph", 0),
    ]


def test_a_table_away_from_the_corner_keeps_its_merged_cells() -> None:
    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        for place, value in {"C4": "类别", "D4": "任务", "C5": "城建", "D5": "修路", "D6": "建桥"}.items():
            sheet[place] = value
        sheet.merge_cells("C5:C6")

    (table,) = grids(page(fill))
    assert [row[-2:] for row in table] == [["类别", "任务"], ["城建", "修路"], ["城建", "建桥"]]


def test_values_are_shown_as_they_are_meant() -> None:
    values = [1, 56.4, 0.1 + 0.2, datetime.date(2021, 12, 1), "一\n二", True]
    (table,) = grids(page(rows(["序号"] * 6, values)))
    assert table[1] == ["1", "56.4", "0.3", "2021-12-01", "一\n二", "TRUE"]


def test_hidden_sheets_are_left_out_and_others_come_in_order() -> None:
    def fill(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.append(["任务", "一"])
        book.create_sheet("二").append(["任务", "二"])
        hidden = book.create_sheet("三")
        hidden.append(["任务", "三"])
        hidden.sheet_state = "hidden"

    assert grids(page(fill)) == [[["任务", "一"]], [["任务", "二"]]]


def test_a_sheet_that_spans_everything_is_refused_before_it_is_laid_out() -> None:
    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet["A1"], sheet["XFD1048576"] = "甲", "乙"

    with pytest.raises(Rejected) as caught:
        page(fill)
    assert (caught.value.stage, caught.value.code) == ("parse", "too_many_cells")


@pytest.mark.parametrize("values", [[], [[None]]])
def test_an_empty_workbook_is_rejected(values: list[list[object]]) -> None:
    with pytest.raises(Rejected) as caught:
        page(rows(*values))
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made.archive({"xl/workbook.xml": b"<x", "[Content_Types].xml": b"<y"}), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "damaged"),
        (made.archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * (30 << 20)}), "bomb"),
    ],
)
def test_what_is_no_workbook_is_rejected(data: bytes, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        read(RawDocument("a.xlsx", "a.xlsx", data))
    assert caught.value.code == code
