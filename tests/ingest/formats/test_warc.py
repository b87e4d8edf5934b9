"""Web archives: which responses are documents, and what their headers say about them."""

from __future__ import annotations

import gzip
import io
from collections.abc import Sequence

import pytest

from ingest.containers import expanded
from ingest.skipped import Skipped
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
