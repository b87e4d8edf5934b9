"""OpenDocument: texts and workbooks, what is merged, repeated, hidden and noted in them, what is refused."""

from __future__ import annotations

import pytest

from ingest.read import read_page
from schema.errors import Rejected
from schema.page import Page, RawDocument
from tests.ingest.formats import made
from tests.ingest.formats.test_pdf import grids, lines

P = "<text:p>{}</text:p>"


def page(kind: str, body: str, styles: str = "") -> Page:
    return read_page(RawDocument("a.odt", "a.odt", made.odf(kind, body, styles)))


def cell(value: str = "", **attributes: object) -> str:
    given = "".join(f' table:{name.replace("_", "-")}="{text}"' for name, text in attributes.items())
    return f"<table:table-cell{given}>{P.format(value) if value else ''}</table:table-cell>"


def row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def sheet(*rows: str, name: str = "落实情况", style: str = "") -> str:
    styled = f' table:style-name="{style}"' if style else ""
    return f'<table:table table:name="{name}"{styled}>{"".join(rows)}</table:table>'


def test_a_text_with_headings_lists_notes_and_frames() -> None:
    found = page(
        "text",
        "<text:tracked-changes><text:deletion><text:p>旧</text:p></text:deletion></text:tracked-changes>"
        '<text:h text:outline-level="2">一、重点<text:span>任务</text:span></text:h>'
        '<text:section><text:p>建成<text:s text:c="2"/>10个'
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>截至年底</text:p></text:note-body></text:note>平台。</text:p></text:section>"
        "<text:list><text:list-item><text:p>修路<text:line-break/>建桥</text:p></text:list-item></text:list>"
        "<text:p><drawing:frame><drawing:text-box><text:p>附注</text:p></drawing:text-box></drawing:frame></text:p>",
    )
    assert found.text.value.split("\n") == [
        "一、重点任务",
        "建成 10个平台。",
        "截至年底",
        "修路",
        "建桥",
        "附注",
    ]
    assert [(block.kind, block.level) for block in found.blocks[:2]] == [("heading", 2), ("paragraph", 0)]


@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_merged_cells_are_filled(kind: str) -> None:
    covered = "<table:covered-table-cell/>"
    found = page(
        kind,
        sheet(
            row(cell("类别"), cell("任务"), cell("进展")),
            row(cell("城建", number_rows_spanned=2), cell("修路"), cell("完成")),
            row(covered, cell("建桥"), cell("推进")),
        ),
    )
    assert grids(found) == [[["类别", "任务", "进展"], ["城建", "修路", "完成"], ["城建", "建桥", "推进"]]]


def test_what_is_repeated_is_written_out_and_counts_in_addresses() -> None:
    repeated = cell("已完成", number_columns_repeated=2)
    found = page(
        "spreadsheet",
        sheet(
            row(cell(), times=3),
            row(cell("任务"), cell("一季度"), cell("二季度")),
            row(cell("修路"), repeated),
        ),
    )
    assert grids(found) == [[["任务", "一季度", "二季度"], ["修路", "已完成", "已完成"]]]
    assert [part.name for part in found.parts][-2:] == ["落实情况!B5", "落实情况!C5"]


def test_hidden_sheets_are_left_out() -> None:
    styles = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    body = sheet(row(cell("旧"), cell("数")), style="ta1") + sheet(row(cell("任务"), cell("进展")), name="新")
    assert page("spreadsheet", body, styles).text.value == "任务\t进展"


def test_title_and_note_of_a_sheet_are_lines() -> None:
    found = read_page(RawDocument("a.ods", "a.ods", made.ods([["任务", "进展"], ["修路", "完成"]])))
    assert lines(found, "heading") == [made.TITLE]
    assert grids(found) == [[["任务", "进展"], ["修路", "完成"]]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made.odf("spreadsheet", sheet(row(cell("一"), times=9_000_000))), "too_many_cells"),
        (made.odf("spreadsheet", sheet(row(cell(), times=9_000_000), row(cell("二")))), "too_many_cells"),
        (made.odf("presentation", ""), "no_reader"),
        (made.odf("text", "<text:p>"), "damaged"),
        (made.odf("text", ""), "empty"),
        (made.archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), "damaged"),
        (
            made.archive(
                {
                    "mimetype": b"application/vnd.oasis.opendocument.text",
                    "META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>",
                    "content.xml": b"\x93\x01",
                }
            ),
            "encrypted",
        ),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_page(RawDocument("a.ods", "a.ods", data))
    assert caught.value.code == code
