"""Web archives (.warc, .warc.gz) → the reports among their responses."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from ingest.formats.budget import MAX_RATIO, Budget
from ingest.formats.names import safe, visible
from ingest.skipped import Skipped
from ingest.suffixes import MEDIA_TYPES, media_type_of
from schema.errors import Rejected
from schema.page import RawDocument

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_MAX_OUT: Final = 512 * 1024 * 1024
"""A whole crawl unpacks to more than one report does; each record has the cap of a file."""
_SMALL: Final = 1024 * 1024
_CHUNK: Final = 64 * 1024
_KNOWN: Final = frozenset(MEDIA_TYPES.values())
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# fetched along with the reports, and never one
_OF_THE_SITE: Final = ("/robots.txt", "/sitemap.txt", "/llms.txt")


class _Inflated(io.RawIOBase):
    """The content of a gzip file, all its members, read as a stream that stops at bombs."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0
        self._out = 0
        self._machine = zlib.decompressobj(wbits=31)
        self._rest = b""
        self._inside = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        limit = size if 0 < size <= _CHUNK else _CHUNK
        while True:
            if not self._rest:
                self._rest = bytes(self._data[self._at : self._at + _CHUNK])
                self._at += len(self._rest)
            if not self._rest and self._inside:
                raise Rejected("read", "damaged", "the web archive ends inside a record")
            if not self._rest:
                return b""
            self._inside = True
            chunk = self._machine.decompress(self._rest, limit)
            self._rest = self._machine.unconsumed_tail
            if self._machine.eof:
                self._inside = False
                self._rest = self._machine.unused_data
                self._machine = zlib.decompressobj(wbits=31)
            if chunk:
                return self._counted(chunk)

    def _counted(self, chunk: bytes) -> bytes:
        self._out += len(chunk)
        if self._out > _MAX_OUT or self._out > max(_SMALL, (self._at - len(self._rest)) * MAX_RATIO):
            raise Rejected("read", "bomb", f"unpacks to more than {MAX_RATIO} times its size or too much")
        return chunk


def members(raw: RawDocument, budget: Budget, max_bytes: int) -> Iterator[RawDocument | Skipped]:
    """The responses with status 200 and a type that is read, as they were served; others as Skipped.

    Raises Rejected (``read``: ``bomb``, ``damaged``) at the place where the archive can't be read on.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - loaded for web archives only

    stream = _Inflated(raw.data) if raw.data.startswith(b"\x1f\x8b") else io.BytesIO(raw.data)
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type in ("response", "resource"):
                yield _member(raw, record, max_bytes)
    except Rejected:
        raise
    except Exception as error:  # the library checks little: a missing field is an AttributeError
        raise Rejected("read", "damaged", f"the web archive is damaged: {error}") from None


def _member(raw: RawDocument, record: ArcWarcRecord, max_bytes: int) -> RawDocument | Skipped:
    url = record.rec_headers.get_header("WARC-Target-URI") or "_"
    uri = f"{raw.uri}!{visible(url.strip('<>'))}"
    path = urlsplit(url.strip("<>")).path
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return Skipped(uri, "http_status", f"the server answered {status}", False)
    declared = _header(record)
    media_type = declared.partition(";")[0].strip().lower()
    if media_type not in _KNOWN:
        media_type = media_type_of(path) or ""
    if not media_type or path in _OF_THE_SITE:
        return Skipped(uri, "other_kind", "not a kind of file that is read", False)
    data = _content(record, max_bytes)
    if data is None:
        return Skipped(uri, "too_large", f"larger than {max_bytes} bytes", True)
    if getattr(record.raw_stream, "limit", 0) > 0:
        return Skipped(uri, "damaged", "the record ends too early", True)
    charset = _CHARSET.search(declared)
    name = safe(unquote(path)).rpartition("/")[2]
    return RawDocument(
        uri, name if name != "_" else "index.html", data, media_type, charset[1] if charset else None
    )


def _header(record: ArcWarcRecord) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _content(record: ArcWarcRecord, max_bytes: int) -> bytes | None:
    """The body with chunking and compression taken off, None when it is too large."""
    stream = record.content_stream()
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > max_bytes:
            return None
    return b"".join(parts)
