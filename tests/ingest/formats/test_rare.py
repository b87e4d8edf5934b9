"""Word 97, WPS, RTF and OFD through their extras; kinds without a reader."""

from __future__ import annotations

import builtins
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest

from ingest.formats.kinds import kind_of
from ingest.read import read_page
from schema.errors import Rejected
from schema.page import Page, RawDocument
from tests.ingest.formats import made
from tests.ingest.formats.worddoc import doc

ROWS = [["序号", "任务", "进展"], ["1", "修路", "一是完成|丙\n二是通车"], ["2", "建桥", "在建"]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def page(data: bytes, name: str) -> Page:
    return read_page(RawDocument(name, name, data))


def refusal(data: bytes, name: str = "a") -> tuple[str, str]:
    with pytest.raises(Rejected) as caught:
        page(data, name)
    return caught.value.code, caught.value.message


def grid(found: Page) -> list[list[str]]:
    (table,) = (block.table for block in found.blocks if block.table)
    return [[found.text.value[c.start : c.end] for c in row] for row in table.rows]


def rtf(lines: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    def coded(text: str) -> str:
        return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk")).replace("\\'0a", "\\par ")

    body = "".join(coded(line) + "\\par\n" for line in lines)
    for row in rows:
        cells = "".join(f"\\pard\\intbl {coded(cell)}\\cell " for cell in row)
        body += f"\\trowd\\cellx1000\\cellx3000\\cellx9000 {cells}\\row\n"
    head = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\\f0 "
    return (head + body + "\\pard " + coded("附注") + "\\par}").encode()


def ofd(lines: Sequence[str]) -> bytes:
    objects = "".join(
        f'<ofd:TextObject ID="{i + 10}" Boundary="20 {20 + i * 8} 170 8" Font="1" Size="5">'
        f'<ofd:TextCode X="0" Y="5" DeltaX="g {len(line) - 1} 5">{line}</ofd:TextCode></ofd:TextObject>'
        for i, line in enumerate(lines)
    )
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    area = f"<ofd:CommonData>{area}</ofd:CommonData>"
    pages = '<ofd:Pages><ofd:Page ID="1" BaseLoc="P/C.xml"/></ofd:Pages>'
    root = "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
    layer = f"<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
    parts = {
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocInfo/>{root}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD}>{area}{pages}</ofd:Document>",
        "Doc_0/P/C.xml": f"<ofd:Page {OFD}>{layer}</ofd:Page>",
    }
    return made.archive({name: part.encode() for name, part in parts.items()})


@pytest.mark.parametrize("name", ["报告.doc", "报告.wps"])
def test_word_97_keeps_its_table(name: str) -> None:
    found = page(doc(["任务落实情况"], ROWS), name)
    assert (found.encoding, grid(found), found.text.value.split("\n")[0]) == ("doc", ROWS, "任务落实情况")


def test_rich_text_keeps_its_table() -> None:
    found = page(rtf(["任务落实情况"], ROWS), "报告.rtf")
    assert grid(found) == ROWS
    assert [block.kind for block in found.blocks] == ["paragraph", "table", "paragraph"]


def test_ofd_is_read_in_paragraphs() -> None:
    found = page(
        ofd(
            ["第1项：新建平台十个，其中市级平台五个，区级平台五个，总投", "资三亿元。", "进展情况：已建成。"]
        ),
        "报告.ofd",
    )
    assert found.text.value.split("\n") == [
        "第1项：新建平台十个，其中市级平台五个，区级平台五个，总投资三亿元。",
        "进展情况：已建成。",
    ]


@pytest.mark.parametrize(
    ("module", "name", "data"),
    [
        ("doc2docx", "doc", doc(["甲"], ROWS)),
        ("striprtf", "rtf", rtf(["甲"], ROWS)),
        ("ofdkit", "ofd", ofd(["甲乙"])),
    ],
)
def test_a_missing_extra_is_named(
    module: str, name: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(wanted: str, *rest: Any, **more: Any) -> Any:
        if wanted.partition(".")[0] == module:
            raise ImportError(wanted)
        return real(wanted, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    code, message = refusal(data, f"a.{name}")
    assert code == "missing_extra"
    assert f"ducha[{name}]" in message


def test_an_encrypted_word_97_file_is_named_as_such() -> None:
    assert refusal(doc(["甲"], ROWS, encrypted=True))[0] == "encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Rar!\x1a\x07\x00", "no_reader"),
        (b"7z\xbc\xaf\x27\x1c", "no_reader"),
        (bytes(257) + b"ustar", "no_reader"),
        (made.archive({"mimetype": b"application/vnd.oasis.opendocument.graphics"}), "no_reader"),
        (made.archive({"ppt/presentation.xml": b"<a/>"}), "no_reader"),
        (OLE + "WordDocument".encode("utf-16-le"), "damaged"),
        (made.archive({"OFD.xml": b"<a"}), "damaged"),
        (ofd([]), "no_text_layer"),
    ],
)
def test_what_has_no_reader_says_what_to_do(data: bytes, code: str) -> None:
    assert refusal(data)[0] == code


def test_kinds_are_told_by_bytes_and_not_by_names() -> None:
    assert kind_of(made.docx(ROWS), "a.txt") == "docx"
    assert kind_of(made.xlsx(ROWS), "a.docx") == "xlsx"
    assert kind_of(b"From: a\r\nSubject: b", "a.txt") is None
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    assert kind_of(buffer.getvalue(), "a.docx") == "zip"


def test_a_rich_text_that_is_cut_says_so() -> None:
    data = rtf(["重点任务"], [["任务", "进展"], ["修路", "完成"]])
    for cut, codes in ((data, []), (data[:-30], ["text_damaged"])):
        found = read_page(RawDocument("a.rtf", "a.rtf", cut))
        assert [issue.code for issue in found.issues] == codes
