"""Word documents: styles, automatic numbers, merged cells, what isn't read, what is refused."""

from __future__ import annotations

import time

import pytest

from ingest.formats.docx import read
from ingest.formats.numerals import numeral
from ingest.read import read_page
from schema.errors import Rejected
from schema.page import Page, RawDocument
from tests.ingest.formats import made

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}>
<w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="a"><w:name w:val="公文二级"/><w:basedOn w:val="2"/></w:style>
<w:style w:styleId="2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="t"><w:name w:val="Title"/></w:style></w:styles>"""
LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
{LEVEL.format(0, "chineseCountingThousand", "%1、")}{LEVEL.format(1, "decimal", "（%2）")}
{LEVEL.format(2, "decimal", "%2.%3")}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>"""


def page(body: str, head: str = "", **parts: str) -> Page:
    members = {"word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>".encode()}
    members |= {f"word/{name}.xml": part.encode() for name, part in parts.items()}
    return read(RawDocument("a.docx", "a.docx", made.archive(members)))


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, text.split('|')))}</w:tc>"


def grid(found: Page) -> list[list[str]]:
    (table,) = (block.table for block in found.blocks if block.table)
    return [[found.text.value[c.start : c.end] for c in row] for row in table.rows]


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ('<w:pStyle w:val="1"/>', 1),
        ('<w:pStyle w:val="a"/>', 2),
        ('<w:pStyle w:val="t"/>', 1),
        ('<w:outlineLvl w:val="2"/>', 3),
        ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', 0),
        ('<w:pStyle w:val="missing"/>', 0),
        ("", 0),
    ],
)
def test_styles_and_outline_levels_make_headings(properties: str, level: int) -> None:
    (block,) = page(p("重点任务", properties), styles=STYLES).blocks
    assert (block.kind, block.level) == ("heading" if level else "paragraph", level)


def numbered(text: str, level: int, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_written_out() -> None:
    levels = [(0, 1), (1, 1), (2, 1), (2, 1), (1, 1), (0, 1), (1, 1), (0, 2), (0, 0)]
    found = page("".join(numbered("任务", *level) for level in levels), numbering=NUMBERING)
    labels = [line.removesuffix("任务") for line in found.text.value.split("\n")]
    assert labels == ["一、", "（1）", "1.1", "1.2", "（2）", "二、", "（1）", "五、", ""]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (10, "chineseCounting", "十"),
        (20, "chineseCountingThousand", "二十"),
        (101, "chineseCounting", "一百零一"),
        (110, "japaneseCounting", "一百一十"),
        (27, "lowerLetter", "aa"),
        (14, "upperRoman", "XIV"),
        (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"),
        (21, "decimalEnclosedCircleChinese", "21"),
        (12, "decimalFullWidth", "１２"),
        (3, "bullet", ""),
    ],
)
def test_numerals(value: int, form: str, shown: str) -> None:
    assert numeral(value, form) == shown


def test_merged_cells_are_filled() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        cell("类别") + cell("任务", '<w:gridSpan w:val="2"/>'),
        cell("城建", down) + cell("修路") + cell("已完成|通车"),
        cell("", on) + cell("建桥") + cell("在建"),
        cell("民生") + cell("养老") + cell("无"),
    ]
    found = page("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    assert grid(found) == [
        ["类别", "任务", "任务"],
        ["城建", "修路", "已完成\n通车"],
        ["城建", "建桥", "在建"],
        ["民生", "养老", "无"],
    ]


def test_a_frame_around_text_is_no_table() -> None:
    found = page(f"<w:tbl><w:tr>{cell('说明|第一项')}</w:tr></w:tbl>")
    assert [block.kind for block in found.blocks] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("<w:del><w:r><w:t>删去</w:t></w:r></w:del>", ""),
        ("<w:ins><w:r><w:t>补上</w:t></w:r></w:ins>", "补上"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>", ""),
        ("<w:r><w:instrText>HYPERLINK</w:instrText></w:r>", ""),
        ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接"),
        ("<w:r><w:tab/><w:t>甲</w:t></w:r>", " 甲"),
        ("<w:r><w:br/><w:t>下行</w:t></w:r>", "\n下行"),
        ("<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
    ],
)
def test_what_is_read_of_a_paragraph(inside: str, shown: str) -> None:
    assert page(f"<w:p><w:r><w:t>任务</w:t></w:r>{inside}</w:p>").text.value == "任务" + shown


def test_notes_come_at_the_end() -> None:
    rule = f'<w:footnote w:type="separator">{p("x")}</w:footnote>'
    notes = f"<w:footnotes {W}>{rule}<w:footnote>{p('见附件')}</w:footnote></w:footnotes>"
    assert page(p("任务落实"), footnotes=notes).text.value == "任务落实\n见附件"


LAUGHS = "<!DOCTYPE a [" + '<!ENTITY l0 "ha">' + "".join(
    f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9)
) + "]>"  # fmt: skip
ENTITIES = {
    "bomb": (LAUGHS, "&l9;"),
    "file": ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
    "network": ('<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', "&x;"),
    "parameter": ('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>', "甲"),
    "far down": ("<!--" + " " * 9000 + '--><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
}


@pytest.mark.parametrize("kind", ENTITIES)
def test_entities_are_refused_and_nothing_is_loaded(kind: str) -> None:
    head, inside = ENTITIES[kind]
    started = time.process_time()
    with pytest.raises(Rejected) as caught:
        page(p(inside), head)
    assert (caught.value.stage, caught.value.code) == ("parse", "entities")
    assert time.process_time() - started < 1


def test_an_unpacking_bomb_is_refused() -> None:
    with pytest.raises(Rejected) as caught:
        page("<w:p/>" + " " * (20 << 20))
    assert caught.value.code == "bomb"


def test_an_encrypted_document_is_named_as_such() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Rejected) as caught:
        read_page(RawDocument("a.docx", "a.docx", data))
    assert (caught.value.stage, caught.value.code) == ("parse", "encrypted")


def test_damaged_text_is_repaired_where_it_stands() -> None:
    found = page(p("推進(jìn)任務(wù)落實") + f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr></w:tbl>")
    assert found.text.value == "推進任務落實\n甲\t乙"
    assert grid(found) == [["甲", "乙"]]
    assert {issue.code for issue in found.issues} == {"text_repaired"}


def test_the_source_is_the_text_that_was_read() -> None:
    found = read_page(RawDocument("报告.docx", "报告.docx", made.docx([["序号", "任务"], ["1", "修路"]])))
    at = found.text.value.index("修路")
    assert (found.encoding, found.text.locate(at, at + 2)) == ("docx", (at, at + 2))
