"""Containers → the documents in them, read in memory: no name in an archive ever reaches the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Final

from ingest.formats import mhtml, warc, zips
from ingest.formats.budget import Budget, gunzipped
from ingest.formats.kinds import kind_of
from ingest.skipped import Skipped
from ingest.suffixes import media_type_of
from schema.errors import Rejected
from schema.page import RawDocument

MAX_DEPTH: Final = 2
"""A zip inside a zip is opened, a third level isn't."""


def expanded(raw: RawDocument, max_bytes: int) -> Iterator[RawDocument | Skipped]:
    """The document itself, or the documents in the container it is, in the container's order.

    A member has the address ``outer!inner`` and the identity of its own bytes. What can't be
    opened, and members that are no documents, come as ``Skipped``.

    >>> [found.uri for found in expanded(RawDocument("通报.txt", "通报.txt", b"..."), 100)]
    ['通报.txt']
    """
    return _opened(raw, max_bytes, Budget(), 0)


def _opened(raw: RawDocument, max_bytes: int, budget: Budget, depth: int) -> Iterator[RawDocument | Skipped]:
    kind = kind_of(raw.data, raw.name)
    members = _OPEN.get(kind or "")
    if members is None:
        yield raw
        return
    if depth == MAX_DEPTH:
        yield Skipped(raw.uri, "nested", f"an archive more than {MAX_DEPTH} levels deep", True)
        return
    try:
        for found in members(raw, budget, max_bytes):
            if isinstance(found, Skipped):
                yield found
            else:
                # the records of a web archive are fetched one by one, and counted so
                own = Budget() if kind == "warc" else budget
                yield from _opened(found, max_bytes, own, depth + 1)
    except Rejected as reason:
        yield Skipped(raw.uri, reason.code, reason.message, True)


def _gzip(raw: RawDocument, budget: Budget, max_bytes: int) -> Iterator[RawDocument | Skipped]:
    """The one file in a gzip file, called as that is without `.gz`."""
    path = PurePath(raw.name)
    name = path.stem if path.suffix.lower() == ".gz" else path.name
    uri = f"{raw.uri}!{name}"
    data = gunzipped(raw.data, budget)
    if len(data) > max_bytes:
        yield Skipped(uri, "too_large", f"larger than {max_bytes} bytes", True)
    else:
        yield RawDocument(uri, name, data, media_type_of(name))


_OPEN: Final[dict[str, Callable[[RawDocument, Budget, int], Iterator[RawDocument | Skipped]]]] = {
    "mhtml": mhtml.members,
    "warc": warc.members,
    "zip": zips.members,
    "gzip": _gzip,
}
