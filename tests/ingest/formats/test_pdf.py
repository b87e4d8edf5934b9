"""PDF: tables over pages, characters by position, paragraphs, furniture, what is refused."""

from __future__ import annotations

import io
import time
import zlib
from typing import Any

import pytest

from ingest.read import read_page
from schema.errors import Rejected
from schema.page import Page, RawDocument
from tests.ingest.formats.drawn import FONT, Look, blank, pdf

HEADER = ["序号", "任务内容", "落实情况"]
LONG = "加快建设综合性国家科学中心，" * 30 + "任务完成。"
WIDTHS = (40, 160, 260)


def page(data: bytes) -> Page:
    return read_page(RawDocument("a.pdf", "a.pdf", data))


def grids(found: Page) -> list[list[list[str]]]:
    tables = [block.table for block in found.blocks if block.table]
    return [[[found.text.value[c.start : c.end] for c in row] for row in table.rows] for table in tables]


def lines(found: Page, kind: str) -> list[str]:
    return [found.text.value[b.start : b.end] for b in found.blocks if b.kind == kind]


def canvas(draw: Any, **options: Any) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    drawing = Canvas(buffer, **options)
    drawing.setFont(FONT, 12)
    draw(drawing)
    drawing.save()
    return buffer.getvalue()


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("sides", [True, False])
@pytest.mark.parametrize("quotes_last", [True, False])
def test_a_table_over_pages_is_one(repeated: bool, sides: bool, quotes_last: bool) -> None:
    rows = [HEADER, *([str(i), f"新建“平台{i}”个", LONG] for i in range(1, 16))]
    found = page(pdf(rows, "任务落实情况", Look(WIDTHS, 10, repeated, sides, quotes_last)))
    assert grids(found) == [rows]
    furniture = lines(found, "furniture")
    assert ("序号 任务内容 落实情况" in furniture) == repeated
    numbers = [line for line in furniture if line.startswith("—")]
    assert len(numbers) > 2
    assert numbers == [f"— {number} —" for number in range(1, len(numbers) + 1)]


def test_the_title_is_a_heading_and_a_note_below_a_line() -> None:
    found = page(pdf([HEADER, ["1", "修路", "完成"]], "任务落实情况", Look(WIDTHS), ["附注：数据为初步统计"]))
    assert [(block.kind, block.level) for block in found.blocks[:3]] == [
        ("heading", 1),
        ("table", 0),
        ("paragraph", 0),
    ]
    assert lines(found, "paragraph") == ["附注：数据为初步统计"]


def test_rows_without_numbers_are_joined_where_a_sentence_was_cut() -> None:
    rows = [["任务", "进展"], *([f"第{i}个平台", LONG] for i in range(6))]
    assert grids(page(pdf(rows, "任务", Look((100, 300), 11, repeated=False)))) == [rows]


def test_merged_cells_are_filled() -> None:
    def draw(drawing: Any) -> None:
        for x0, y0, x1, y1 in [(50, 700, 150, 640), (150, 700, 400, 670), (150, 670, 400, 640)]:
            drawing.rect(x0, y1, x1 - x0, y0 - y1)
        for x, y, text in [(60, 665, "城建"), (160, 680, "修路"), (160, 650, "建桥")]:
            drawing.drawString(x, y, text)

    assert grids(page(canvas(draw))) == [[["城建", "修路"], ["城建", "建桥"]]]


def test_a_frame_around_text_is_no_table() -> None:
    def draw(drawing: Any) -> None:
        drawing.rect(50, 600, 400, 100)
        drawing.drawString(60, 660, "重点任务")

    assert [block.kind for block in page(canvas(draw)).blocks] == ["paragraph"]


def test_paragraphs_are_joined_over_lines_and_pages() -> None:
    text = "全市各级各部门认真贯彻落实市委市政府决策部署扎实推进各项重点任务" * 3

    def draw(drawing: Any) -> None:
        drawing.drawString(74, 130, "　" + text[:34])
        drawing.drawString(74, 110, text[34:69])
        drawing.showPage()
        drawing.setFont(FONT, 12)
        drawing.drawString(74, 750, text[69:])
        drawing.drawString(98, 730, "第二段")

    assert page(canvas(draw)).text.value.split("\n") == [text, "第二段"]


def test_running_heads_are_furniture() -> None:
    def draw(drawing: Any) -> None:
        for number in range(4):
            drawing.setFont(FONT, 9)
            drawing.drawString(250, 810, "某市人民政府公报")
            drawing.drawString(280, 20, f"第{number + 1}页 共4页")
            drawing.setFont(FONT, 12)
            drawing.drawString(98, 500, f"第{'一二三四'[number]}部分任务")
            drawing.drawString(74, 520, "全市各级各部门认真贯彻落实市委市政府决策部署。")
            drawing.showPage()

    found = page(canvas(draw))
    assert lines(found, "paragraph")[1::2] == [f"第{n}部分任务" for n in "一二三四"]
    assert len(lines(found, "furniture")) == 8


def test_bold_type_drawn_twice_is_read_once() -> None:
    def draw(drawing: Any) -> None:
        for shift in (0, 0.4):
            drawing.drawString(74 + shift, 500, "一一对应落实")

    assert page(canvas(draw)).text.value == "一一对应落实"


def test_a_scan_is_rejected_by_name() -> None:
    with pytest.raises(Rejected) as caught:
        page(blank(2))
    assert (caught.value.stage, caught.value.code) == ("parse", "no_text_layer")


def test_an_encrypted_file_is_rejected_by_name() -> None:
    def draw(drawing: Any) -> None:
        drawing.drawString(74, 500, "任务落实")

    with pytest.raises(Rejected) as caught:
        page(canvas(draw, encrypt="secret"))
    assert (caught.value.stage, caught.value.code) == ("parse", "encrypted")


def test_a_file_that_anyone_may_read_is_read_though_it_is_encrypted() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    def draw(drawing: Any) -> None:
        drawing.setFont("Helvetica", 12)
        drawing.drawString(74, 500, "GDP 2021")

    rights = StandardEncryption("", ownerPassword="secret", canModify=0)
    assert page(canvas(draw, encrypt=rights)).text.value == "GDP 2021"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_is_stopped(layers: int) -> None:
    packed = b"0" * (100 << 20)
    for _ in range(layers):
        packed = zlib.compress(packed)
    data = b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode/Length 9>>stream\n" + packed + b"\nendstream endobj"
    started = time.process_time()
    with pytest.raises(Rejected) as caught:
        page(data)
    assert caught.value.code == "bomb"
    assert time.process_time() - started < 2


@pytest.mark.parametrize("cut", [9, 200, 900])
def test_a_damaged_file_is_rejected_and_never_anything_else(cut: int) -> None:
    data = pdf([HEADER, ["1", "修路", "完成"]], "任务", Look(WIDTHS))
    with pytest.raises(Rejected) as caught:
        page(data[:cut])
    assert caught.value.stage == "parse"


def damaged(found: Page) -> list[str]:
    return [issue.message for issue in found.issues if issue.code == "text_damaged"]


def leaves(**options: Any) -> bytes:
    """Three pages of a line each."""

    def draw(drawing: Any) -> None:
        for name in "一二三":
            drawing.setFont(FONT, 12)
            drawing.drawString(74, 500, f"第{name}页的任务已经全部完成")
            drawing.showPage()

    return canvas(draw, **options)


def test_a_page_that_cannot_be_unpacked_is_named() -> None:
    data = leaves(pageCompression=1)
    assert damaged(page(data)) == []
    second = [at for at in range(len(data)) if data.startswith(b"stream\n", at)][2] + 20
    found = page(data[:second] + bytes([data[second] ^ 1]) + data[second + 1 :])
    assert ["第二页" in found.text.value, "第三页" in found.text.value] == [False, True]
    (said,) = damaged(found)
    assert said.endswith("words may be missing on page 2")


def test_a_page_that_is_lost_is_named() -> None:
    found = page(leaves().replace(b"/Type /Page\n", b"/Type /Pagf\n", 1))
    assert ["第一页" in found.text.value, "第三页" in found.text.value] == [False, True]
    assert len(damaged(found)) == 1


def test_a_scan_among_pages_of_text_is_named() -> None:
    from reportlab.lib.utils import ImageReader

    grey = io.BytesIO(b"P5\n2 2\n255\n\x80\x80\x80\x80")

    def draw(drawing: Any) -> None:
        drawing.drawString(74, 500, "第一页的任务已经全部完成")
        drawing.showPage()
        drawing.drawImage(ImageReader(grey), 0, 0, 595, 842)

    (said,) = damaged(page(canvas(draw)))
    assert said.endswith("words may be missing on page 2")
