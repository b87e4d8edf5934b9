"""Saved pages (.mht, .mhtml) → the HTML parts in them; styles, scripts and pictures are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from pathlib import PurePath
from typing import Final
from urllib.parse import unquote, urlsplit

from ingest.decode import decode
from ingest.formats.budget import Budget
from ingest.formats.names import safe, visible
from ingest.origins import address
from ingest.skipped import Skipped
from schema.errors import Rejected
from schema.page import Origin, RawDocument

_HTML: Final = ("text/html", "application/xhtml+xml")
_TAG: Final = re.compile(r"<script\b.*?</script|<style\b.*?</style|<[^<>]*>", re.IGNORECASE | re.DOTALL)
# a long address is folded over lines
_WRAPPED: Final = re.compile(r"[\r\n]+[ \t]*")
_WIDE: Final = re.compile("[\u3400-\u9fff]")
_SAYS_SOMETHING: Final = 20


def members(raw: RawDocument, budget: Budget, max_bytes: int) -> Iterator[RawDocument | Skipped]:
    """The saved page, then its frames as documents of their own; a frame that says nothing as Skipped.

    A part's identity is the SHA-256 of its bytes with the transfer encoding taken off.
    Raises Rejected (``read``, ``damaged``) when no HTML part is found.
    """
    try:
        message = message_from_bytes(raw.data, policy=policy.compat32)
        parts = [part for part in message.walk() if part.get_content_type() in _HTML]
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise Rejected("read", "damaged", f"the saved page is damaged: {error}") from None
    if not parts:
        raise Rejected("read", "damaged", "the saved page holds no HTML")
    for index, part in enumerate(parts):
        yield _member(raw, part, index, budget)


def _member(raw: RawDocument, part: Message, index: int, budget: Budget) -> RawDocument | Skipped:
    data = part.get_payload(decode=True)
    payload = data if isinstance(data, bytes) else b""
    budget.take(len(payload), len(raw.data))
    uri = f"{raw.uri}!{_address(part, index)}"
    charset = part.get_content_charset()
    if index and not _says_something(payload, charset):
        return Skipped(uri, "frame", "a frame without text", False)
    origin = _origin(raw, uri) if not index else None
    return RawDocument(uri, _name(raw, uri, index), payload, part.get_content_type(), charset, origin)


def _origin(raw: RawDocument, uri: str) -> Origin | None:
    """Where the browser saved the page from; when, is in the words of its clock and left out."""
    url = address(uri.removeprefix(f"{raw.uri}!"))
    return Origin(url) if url else None


def _address(part: Message, index: int) -> str:
    """Where the part was saved from: its URL, a cleaned name for anything else."""
    given = part.get("Content-Location") or part.get("Content-ID") or f"part{index + 1}.html"
    location = _WRAPPED.sub("", str(make_header(decode_header(str(given))))).strip()
    return visible(location) if location.startswith(("http://", "https://")) else safe(location)


def _name(raw: RawDocument, uri: str, index: int) -> str:
    """The page is called as the file is; a frame as its address ends."""
    if not index:
        return PurePath(raw.name).stem + ".html"
    path = unquote(urlsplit(uri.rpartition("!")[2]).path)
    return safe(path).rpartition("/")[2]


def _says_something(data: bytes, charset: str | None) -> bool:
    try:
        text = decode(data, charset).text
    except Rejected:
        return False
    return len(_WIDE.findall(_TAG.sub("", text[:500_000]))) >= _SAYS_SOMETHING
