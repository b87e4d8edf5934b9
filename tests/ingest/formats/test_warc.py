"""Web archives: which responses are documents, and what their headers say about them."""

from __future__ import annotations

import gzip
import io
import os
import tracemalloc
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.containers import expanded
from ingest.skipped import Skipped
from ingest.sources import MAX_BYTES, find
from schema.page import RawDocument
from tests.ingest.formats import made

SITE = "http://www.example.gov.cn"
PAGE = "<p>重点任务落实情况</p>"
Answer = tuple[str, str, str, bytes]


def warc(answers: Sequence[Answer], packed: bool = True) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    for path, content_type, status, body in answers:
        fields = [("Content-Type", content_type)]
        if body.startswith(b"\x1f\x8b"):
            fields.append(("Content-Encoding", "gzip"))
        headers = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(SITE + path, "response", payload=io.BytesIO(body), http_headers=headers)
        )
    return buffer.getvalue()


ANSWERS: list[Answer] = [
    ("/1.html", "text/html; charset=gbk", "200 OK", PAGE.encode("gbk")),
    ("/附件.docx", "application/octet-stream", "200 OK", made.docx([["序号", "任务"], ["1", "修路"]])),
    ("/", "text/html", "200 OK", gzip.compress(PAGE.encode())),
    ("/style.css", "text/css", "200 OK", b"p {}"),
    ("/robots.txt", "text/plain", "200 OK", b"User-agent: *"),
    ("/gone.html", "text/html", "404 Not Found", b"<p>404</p>"),
]


@pytest.mark.parametrize("form", ["records", "plain", "whole"])
def test_reports_come_out_as_they_were_served(form: str) -> None:
    data = warc(ANSWERS, packed=form == "records")
    data = gzip.compress(data) if form == "whole" else data
    found = list(expanded(RawDocument("a.warc", "a.warc", data), 1 << 25))
    pages = [item for item in found if isinstance(item, RawDocument)]
    assert [page.uri for page in pages] == [f"a.warc!{SITE}{path}" for path in ("/1.html", "/附件.docx", "/")]
    assert [page.name for page in pages] == ["1.html", "附件.docx", "index.html"]
    assert (pages[0].media_type, pages[0].charset, pages[2].data.decode()) == ("text/html", "gbk", PAGE)
    left = [(item.code, item.rejected) for item in found if isinstance(item, Skipped)]
    assert left == [("other_kind", False), ("other_kind", False), ("http_status", False)]


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_ends_too_early_is_told(packed: bool) -> None:
    data = warc(ANSWERS[:1] * 2, packed)
    found = list(expanded(RawDocument("a.warc", "a.warc", data[:-12]), 1 << 25))
    assert isinstance(found[0], RawDocument)
    assert [(item.code, item.rejected) for item in found if isinstance(item, Skipped)] == [("damaged", True)]


def test_a_large_answer_is_left_out_and_the_next_one_read() -> None:
    answers: list[Answer] = [
        ("/big.html", "text/html", "200 OK", b"<p>" + bytes(range(256)) * 80),
        ANSWERS[0],
    ]
    found = list(expanded(RawDocument("a.warc", "a.warc", warc(answers)), 10_000))
    assert [getattr(item, "code", "read") for item in found] == ["too_large", "read"]


def test_the_address_and_the_time_come_from_the_record() -> None:
    (page,) = expanded(RawDocument("a.warc", "a.warc", warc(ANSWERS[:1])), 1 << 25)
    assert isinstance(page, RawDocument)
    assert page.origin
    assert (page.origin.url, page.origin.attached_to) == (f"{SITE}/1.html", ())
    assert page.origin.fetched_at is not None


def record(path: str, body: bytes, level: int | None = None, encoding: str = "") -> bytes:
    """A response as its bytes, quicker to make than by the library; packed at this level of gzip."""
    said = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{said}\r\n".encode() + body
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {SITE}{path}\r\n"
    head += "Content-Type: application/http; msgtype=response\r\nWARC-Date: 2026-11-22T08:00:00Z\r\n"
    data = f"{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"
    return data if level is None else zlib.compress(data, level, wbits=31)


def found_in(path: Path, max_bytes: int = MAX_BYTES) -> list[str]:
    """The end of each document's address, and the codes of what was left out."""
    items = find([str(path)], max_bytes=max_bytes)
    return [one.code if isinstance(one, Skipped) else one.uri.rpartition("/")[2] for one in items]


@pytest.mark.parametrize("level", [None, 0])
def test_a_crawl_of_sixty_megabytes_is_read(tmp_path: Path, level: int | None) -> None:
    path, noise = tmp_path / "crawl.warc.gz", os.urandom(1 << 20)
    with path.open("wb") as stream:
        for number in range(60):
            stream.write(record(f"/{number}.css", noise, level))
        stream.write(record("/1.html", PAGE.encode(), level))
    assert path.stat().st_size > MAX_BYTES * 3 // 2
    assert found_in(path)[-1] == "1.html"


@pytest.mark.parametrize("level", [None, 1])
def test_memory_does_not_grow_with_the_archive(tmp_path: Path, level: int | None) -> None:
    limit, noise = 100_000, os.urandom(90_000)
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(record(f"/{number}.html", noise, level) for number in range(200)))
    tracemalloc.start()
    codes = {one.code for one in find([str(path)], max_bytes=limit) if isinstance(one, Skipped)}
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 150 * limit
    assert codes == set()
    assert peak < 20 * limit


@pytest.mark.parametrize("level", [None, 1])
def test_a_large_archive_on_standard_input(level: int | None) -> None:
    data = b"".join(record(f"/{number}.html", os.urandom(900), level) for number in range(100))
    found = find(["-"], stdin=io.BytesIO(data), max_bytes=2000)
    assert [one.uri for one in found] == [f"-!{SITE}/{number}.html" for number in range(100)]


def test_a_large_archive_is_read_to_the_place_where_it_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    data = record("/1.html", PAGE.encode(), 6)
    for broken in (data[:-60], data[:40] + b"\x00" * 40, record("/b.html", b"a" * (4 << 20), 9)):
        path.write_bytes(data * 20 + broken)
        assert found_in(path, 1000)[:20] == ["1.html"] * 20
        assert found_in(path, 1000)[-1] in ("damaged", "bomb")
        assert len(found_in(path, 1000)) <= 22


@pytest.mark.parametrize("level", [None, 1])
def test_a_large_record_in_a_large_archive_is_left_out(tmp_path: Path, level: int | None) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(record("/big.html", os.urandom(50_000), level) + record("/1.html", PAGE.encode(), level))
    assert found_in(path, 20_000) == ["too_large", "1.html"]


def test_headers_without_end_are_not_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    for headers in (b"X: " + b"y" * (3 << 20), b"X: y\r\n" * (3 << 18)):
        path.write_bytes(b"WARC/1.1\r\n" + headers + b"\r\n\r\n")
        assert found_in(path, 1000) == ["damaged"]


def test_a_compression_that_is_not_read_is_named() -> None:
    data = record("/1.html", b"(\xb5/\xfd", encoding="zstd") + record("/2.html", PAGE.encode())
    found = list(expanded(RawDocument("a.warc", "a.warc", data), 1 << 25))
    assert [getattr(item, "code", "read") for item in found] == ["compression", "read"]


def test_many_small_bombs_are_one(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(record("/1.css", b"a" * 1_000_000, 9) * 40)
    assert found_in(path, 10_000)[-1] == "bomb"
