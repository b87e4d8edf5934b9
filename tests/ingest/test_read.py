"""Bytes → page: decoding, repair and the right reader together, issues placed in the page's text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from ingest.choice import is_markup
from ingest.read import placed, read_page
from schema.errors import Rejected
from schema.issues import issue
from schema.page import Page, RawDocument
from schema.text import Text

SHARED = Path(__file__).parents[3] / "shared"
DOCUMENTS = [
    *sorted((SHARED / "seeds").glob("*.txt")),
    *sorted((SHARED / "real" / "docs").glob("*.txt")),
    *sorted((SHARED / "analogues" / "docs").glob("*.txt")),
]
PAGE = "<html><head><meta charset=gb2312></head><body><h1>督查通报</h1><p>共十二项，已完成三项。</p></body>"


def page_of(text: str | bytes, name: str = "a.txt", media_type: str | None = None) -> Page:
    data = text.encode() if isinstance(text, str) else text
    return read_page(RawDocument(name, name, data, media_type))


@pytest.mark.parametrize(
    ("name", "source", "media_type"),
    [
        ("a.txt", "任务落实情况通报", "text/plain"),
        ("a.txt", PAGE, "text/html"),
        ("a.txt", "<div>\n<p>一、总体要求</p>\n</div>", "text/html"),
        ("a.txt", "<dd id='x'></dd>\n任务通报\n1落实会议精神<b>已完成</b>\n2修路", "text/plain"),
        ("a.txt", "任务\t进展\n<p>甲</p>\t<p>乙</p>\n丙\t<ol>1.丁</ol>", "text/plain"),
        ("a.htm", "只有文字，没有标记。\n第二行", "text/plain"),
        ("a.html", "<p>任务</p>", "text/html"),
        ("a.csv", "任务,进展\n甲,乙", "text/csv"),
        ("a.TSV", "任务\t进展\n甲\t乙", "text/tab-separated-values"),
        ("a.md", "# 通报\n**任务**", "text/markdown"),
        ("-", "任务落实情况", "text/plain"),
    ],
)
def test_reader_is_chosen_by_name_and_content(name: str, source: str, media_type: str) -> None:
    assert page_of(source, name).media_type == media_type


def test_declared_media_type_goes_before_the_name() -> None:
    assert page_of("任务,进展\n甲,乙", "a.txt", "text/csv").blocks[0].kind == "table"


def test_markup_of_a_page_on_one_line() -> None:
    assert is_markup("说明：<p>甲</p><p>乙</p><p>丙</p><p>丁</p><p>戊</p>", None)
    assert not is_markup("说明：<p>甲</p>\n乙\n丙", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_page_reads_alike_in_every_encoding(encoding: str) -> None:
    page = page_of(PAGE.encode(encoding), "a.html")
    assert page.text.value == "督查通报\n共十二项，已完成三项。"
    start, end = page.text.locate(0, 4)
    assert PAGE[start:end] == "督查通报"


def test_repaired_damage_is_flagged_where_it_stands_in_the_text() -> None:
    page = page_of("<html><body><p>推進(jìn)任務(wù)落實</p><p>已完成</p></body></html>", "a.html")
    assert page.text.value == "推進任務落實\n已完成"
    found = [item for item in page.issues if item.code == "text_repaired"]
    assert found
    assert [item.start for item in found if item.start == item.end] == [2, 4]


def test_undecodable_bytes_are_flagged_where_they_stand() -> None:
    page = page_of("任务<b>落实</b>情况".encode() + b"\xe5\xb8" + "通报会议已经召开".encode())
    codes = {item.code: item for item in page.issues}
    assert codes["bytes_undecodable"].start == len("任务落实情况")


def test_issue_in_dropped_markup_gets_the_empty_place_it_left() -> None:
    text = Text.of("<p>甲</p>乙")
    (found,) = placed([issue("text_damaged", "x", 4, 8)], Text.join([text[3:4], text[8:9]], "\n"))
    assert (found.start, found.end) == (2, 2)


def test_issue_without_a_place_stays_as_it_is() -> None:
    found = issue("charset_conflict", "gbk")
    assert placed([found], Text.of("甲")) == [found]


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_nothing_to_read_is_rejected(data: bytes) -> None:
    with pytest.raises(Rejected):
        page_of(data)


def test_same_bytes_give_the_same_page() -> None:
    assert page_of(PAGE) == page_of(PAGE)


@pytest.mark.skipif(not DOCUMENTS, reason="needs the shared documents")
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem[:3])
def test_document_keeps_its_characters_and_places(path: Path) -> None:
    """All visible characters outside markup are there; every unrepaired one is its source's."""
    page = read_page(RawDocument(path.name, path.name, path.read_bytes()))
    source = path.read_bytes().decode()
    text = page.text
    assert not [item for item in page.issues if item.code == "markup_doubtful"]
    differing = 0
    for offset, character in enumerate(text.value):
        start, end = text.locate(offset, offset + 1)
        assert 0 <= start <= end <= len(source)
        owned = unicodedata.normalize("NFKC", source[start:end])
        differing += owned not in (unicodedata.normalize("NFKC", character), "") and not owned.isspace()
    assert differing <= len(text) // 50
    at = -1
    for block in page.blocks:
        assert block.start == at + 1
        at = block.end
    assert at == len(text)
