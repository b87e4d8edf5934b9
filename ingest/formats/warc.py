"""Web archives (.warc, .warc.gz) → the reports among their responses."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import unquote, urlsplit

from ingest.formats.budget import Budget
from ingest.formats.names import safe, visible
from ingest.formats.unrolling import opened
from ingest.origins import address, moment
from ingest.skipped import Skipped
from ingest.suffixes import MEDIA_TYPES, media_type_of
from schema.errors import Rejected
from schema.page import Origin, RawDocument

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_CHUNK: Final = 64 * 1024
_KNOWN: Final = frozenset(MEDIA_TYPES.values())
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# fetched along with the reports, and never one
_OF_THE_SITE: Final = ("/robots.txt", "/sitemap.txt", "/llms.txt")
_UNPACKED: Final = ("", "identity", "gzip", "x-gzip", "deflate", "br")


def members(raw: RawDocument, budget: Budget, max_bytes: int) -> Iterator[RawDocument | Skipped]:
    """What ``records`` gives for an archive in memory."""
    return records(raw.uri, io.BytesIO(raw.data), max_bytes)


def records(uri: str, stream: BinaryIO, max_bytes: int) -> Iterator[RawDocument | Skipped]:
    """The responses with status 200 and a type that is read, as they were served; others as Skipped.

    Holds one record at a time, and of each no more than ``max_bytes``. Raises Rejected (``read``:
    ``bomb``, ``damaged``) at the place where the archive can't be read on.
    """
    try:
        for record in opened(stream):
            if record.rec_type in ("response", "resource"):
                yield _member(uri, record, max_bytes)
    except (Rejected, OSError):
        raise
    except Exception as error:  # the library checks little: a missing field is an AttributeError
        raise Rejected("read", "damaged", f"the web archive is damaged: {error}") from None


def _member(outer: str, record: ArcWarcRecord, max_bytes: int) -> RawDocument | Skipped:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "_").strip("<>")
    uri, path = f"{outer}!{visible(url)}", urlsplit(url).path
    declared = _declared(record, "Content-Type")
    media_type = _media_type(declared, path)
    objection = _objection(record, media_type, path)
    if objection:
        return Skipped(uri, *objection)
    data = _content(record, max_bytes)
    if data is None:
        return Skipped(uri, "too_large", f"larger than {max_bytes} bytes", True)
    if getattr(record.raw_stream, "limit", 0) > 0:
        return Skipped(uri, "damaged", "the record ends too early", True)
    charset = _CHARSET.search(declared)
    name = safe(unquote(path)).rpartition("/")[2]
    return RawDocument(
        uri,
        name if name != "_" else "index.html",
        data,
        media_type,
        charset[1] if charset else None,
        _origin(record, url),
    )


def _objection(record: ArcWarcRecord, media_type: str, path: str) -> tuple[str, str, bool] | None:
    """Why a record isn't read: code, message, whether it should have been; None for one that is."""
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return ("http_status", f"the server answered {status}", False)
    if not media_type or path in _OF_THE_SITE:
        return ("other_kind", "not a kind of file that is read", False)
    packed = _declared(record, "Content-Encoding").strip().lower() if record.http_headers else ""
    if packed not in _UNPACKED:
        return ("compression", f"sent in a compression that isn't read: {visible(packed)[:40]}", True)
    return None


def _media_type(declared: str, path: str) -> str:
    media_type = declared.partition(";")[0].strip().lower()
    return media_type if media_type in _KNOWN else media_type_of(path) or ""


def _origin(record: ArcWarcRecord, url: str) -> Origin | None:
    found = address(url)
    return Origin(found, moment(record.rec_headers.get_header("WARC-Date"))) if found else None


def _declared(record: ArcWarcRecord, name: str) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header(name) or "")


def _content(record: ArcWarcRecord, max_bytes: int) -> bytes | None:
    """The body with chunking and compression taken off, None when it is too large."""
    # a chunk may say that it is as long as the record, and is read as a whole
    if (record.length or 0) > max_bytes:
        return None
    stream = record.content_stream()
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > max_bytes:
            return None
    return b"".join(parts)
