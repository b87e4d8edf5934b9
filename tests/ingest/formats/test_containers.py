"""Archives, saved pages and web archives: the documents in them, and what they are refused for."""

from __future__ import annotations

import gzip
import io
import os
import stat
import time
import zipfile
from pathlib import Path

import pytest

from ingest.containers import expanded
from ingest.skipped import Skipped
from ingest.sources import find
from schema.page import RawDocument
from tests.ingest.formats import made

REPORT = "任务落实情况通报".encode()
PAGE = "<html><body><p>重点任务落实情况</p></body></html>"
CAP = 32 << 20


def opened(data: bytes, name: str = "a.zip") -> list[RawDocument | Skipped]:
    return list(expanded(RawDocument(name, name, data), CAP))


def uris(data: bytes, name: str = "a.zip") -> list[str]:
    return [found.uri for found in opened(data, name) if isinstance(found, RawDocument)]


def codes(data: bytes, name: str = "a.zip") -> list[tuple[str, bool]]:
    return [(found.code, found.rejected) for found in opened(data, name) if isinstance(found, Skipped)]


def test_members_have_the_address_and_the_identity_of_their_own() -> None:
    (found,) = opened(made.archive({"附件/报告.txt": REPORT}))
    assert isinstance(found, RawDocument)
    assert (found.uri, found.name, found.media_type) == ("a.zip!附件/报告.txt", "报告.txt", "text/plain")
    assert found.sha256 == RawDocument("b.txt", "b.txt", REPORT).sha256


def test_names_in_gbk_are_read() -> None:
    """Windows in China writes the bytes of its own encoding, and no flag."""
    assert uris(_renamed("督查报告.txt".encode("gbk"))) == ["a.zip!督查报告.txt"]
    assert uris(_renamed("督查报告.txt".encode())) == ["a.zip!督查报告.txt"]


def _renamed(name: bytes) -> bytes:
    """An archive of one member with exactly these bytes as its name."""
    return made.archive({"x" * len(name): REPORT}).replace(b"x" * len(name), name)


NAMES = [
    ("../../etc/报告.txt", "etc/报告.txt"),
    ("/etc/报告.txt", "etc/报告.txt"),
    ("C:\\报告\\一.txt", "报告/一.txt"),
    ("..\\..\\一.txt", "一.txt"),
    ("\\\\server\\share\\一.txt", "server/share/一.txt"),
    ("a/../../b.txt", "a/b.txt"),
    ("CON.txt", "_CON.txt"),
    ("com1.报告.txt", "_com1.报告.txt"),
    ("一\n二.txt", "一\\n二.txt"),
    ("\u202etxt.txt", "\\u202etxt.txt"),
]


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_names_are_cleaned(name: str, shown: str) -> None:
    assert uris(made.archive({name: REPORT})) == [f"a.zip!{shown}"]


def test_a_name_with_nul_is_cleaned() -> None:
    assert uris(_renamed(b"a.txt\x00.txt")) == ["a.zip!a.txt\\x00.txt"]


def test_nothing_of_an_archive_reaches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(made.archive(dict.fromkeys([n for n, _ in NAMES], REPORT)))
    monkeypatch.chdir(tmp_path / "in")
    assert len(list(find(["a.zip"]))) == len(NAMES)
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.zip"]


def test_links_and_other_files_are_told() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc/passwd")
        packed.writestr("picture.png", b"\x89PNG")
        packed.writestr("__MACOSX/._a.txt", b"x")
    assert codes(buffer.getvalue()) == [("special", True), ("other_kind", False), ("other_kind", False)]


def test_an_encrypted_member_is_rejected_and_the_others_are_read() -> None:
    data = bytearray(made.archive({"a.txt": REPORT, "b.txt": REPORT}))
    # the flag stands in the local header and in the directory
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert codes(bytes(data)) == [("encrypted", True)]
    assert uris(bytes(data)) == ["a.zip!b.txt"]


def test_the_folder_of_a_saved_page_is_left_out(tmp_path: Path) -> None:
    members = {"通报.html": PAGE.encode(), "通报_files/frame.html": PAGE.encode(), "通报_files/a.js": b"1"}
    assert uris(made.archive(members)) == ["a.zip!通报.html"]
    for name, data in members.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = list(find([str(tmp_path)]))
    assert [getattr(item, "code", "read") for item in found] == ["read", "page_files"]


ZEROS = b"0" * (30 << 20)
RECORD = (
    b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/\r\n"
    b"Content-Type: text/html\r\nContent-Length: 31457280\r\n\r\n"
)
BOMBS = {
    "one.zip": lambda: made.archive({"a.txt": ZEROS}),
    "many.zip": lambda: made.archive({f"{i}.txt": os.urandom(1 << 10) * 1024 for i in range(70)}),
    "inner.zip": lambda: made.archive({"b.zip": made.archive({"a.txt": ZEROS})}),
    "a.txt.gz": lambda: gzip.compress(b"0" * (200 << 20), 1),
    "a.warc.gz": lambda: gzip.compress(RECORD + ZEROS),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_stopped(name: str) -> None:
    data = BOMBS[name]()
    started = time.process_time()
    assert codes(data, name) == [("bomb", True)]
    assert uris(data, name) == []
    assert time.process_time() - started < 2


def test_sizes_that_lie_are_found_out() -> None:
    data = bytearray(made.archive({"a.txt": b"1" * 100_000}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    assert codes(bytes(data)) == [("damaged", True)]


def test_two_levels_are_opened_and_a_third_is_not() -> None:
    third = made.archive({"c.txt": REPORT})
    second = made.archive({"b.txt": REPORT, "third.zip": third})
    assert uris(made.archive({"second.zip": second})) == ["a.zip!second.zip!b.txt"]
    assert codes(made.archive({"second.zip": second})) == [("nested", True)]


@pytest.mark.parametrize("cut", [10, 60, -30])
def test_a_damaged_archive_is_rejected(cut: int) -> None:
    assert codes(made.archive({"a.txt": REPORT})[:cut]) == [("damaged", True)]


def test_gzip_gives_its_file() -> None:
    assert uris(gzip.compress(REPORT) + gzip.compress(REPORT), "报告.txt.gz") == ["报告.txt.gz!报告.txt"]
    assert codes(gzip.compress(REPORT)[:-9], "报告.txt.gz") == [("damaged", True)]


def test_a_saved_page_gives_its_pages_in_order() -> None:
    data = made.mhtml(
        [
            ("https://www.example.gov.cn/t1.html", PAGE),
            ("cid:frame-1@mhtml.blink", "<html></html>"),
            ("https://www.example.gov.cn/附件.html", "<p>" + "重点任务落实情况" * 5 + "</p>"),
        ]
    )
    page, blank, frame = opened(data, "通报.mhtml")
    assert isinstance(page, RawDocument)
    assert isinstance(frame, RawDocument)
    assert isinstance(blank, Skipped)
    assert (page.uri, page.name) == ("通报.mhtml!https://www.example.gov.cn/t1.html", "通报.html")
    assert (page.data.decode(), page.media_type, page.charset) == (PAGE, "text/html", "utf-8")
    assert (blank.code, blank.rejected, frame.name) == ("frame", False, "附件.html")
