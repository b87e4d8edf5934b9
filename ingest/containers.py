"""Containers → the documents in them, read in memory: no name in an archive ever reaches the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import BinaryIO, Final

from ingest.formats import warc, zips
from ingest.formats.budget import Budget, gunzipped
from ingest.formats.kinds import kind_of
from ingest.skipped import Skipped
from ingest.suffixes import media_type_of
from schema.errors import Rejected
from schema.page import RawDocument

MAX_DEPTH: Final = 2
"""A zip inside a zip is opened, a third level isn't."""


_HEAD: Final = 4096


@dataclass(frozen=True, slots=True)
class WebArchive:
    """A web archive that is too large to be held in memory; ``open`` gives its bytes from the start."""

    uri: str
    open: Callable[[], BinaryIO]


def is_web_archive(stream: BinaryIO) -> bool:
    """Whether a web archive begins here, as its first bytes tell."""
    return kind_of(stream.read(_HEAD)) == "warc"


def unrolled(archive: WebArchive, max_bytes: int) -> Iterator[RawDocument | Skipped]:
    """The documents in a web archive, as ``expanded`` gives them; one record is held at a time."""
    try:
        with archive.open() as stream:
            for found in warc.records(archive.uri, stream, max_bytes):
                yield from _record(found, max_bytes, 1)
    except Rejected as reason:
        yield Skipped(archive.uri, reason.code, reason.message, True)
    except OSError as error:
        yield Skipped(archive.uri, "unreadable", str(error.strerror or error), True)


def expanded(raw: RawDocument, max_bytes: int) -> Iterator[RawDocument | Skipped]:
    """The document itself, or the documents in the container it is, in the container's order.

    A member has the address ``outer!inner``, the identity of its own bytes, and the origin of the
    container unless it says one itself. What can't be opened, and members that are no documents,
    come as ``Skipped``.

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
            elif kind == "warc":
                yield from _record(found, max_bytes, depth + 1)
            else:
                yield from _opened(_placed(found, raw), max_bytes, budget, depth + 1)
    except Rejected as reason:
        yield Skipped(raw.uri, reason.code, reason.message, True)


def _record(found: RawDocument | Skipped, max_bytes: int, depth: int) -> Iterator[RawDocument | Skipped]:
    """What a record of a web archive gives: they were fetched one by one, and are counted so."""
    if isinstance(found, Skipped):
        yield found
    else:
        yield from _opened(found, max_bytes, Budget(), depth)


def _placed(found: RawDocument, outer: RawDocument) -> RawDocument:
    return replace(found, origin=outer.origin) if outer.origin and not found.origin else found


def _mhtml(raw: RawDocument, budget: Budget, max_bytes: int) -> Iterator[RawDocument | Skipped]:
    from ingest.formats import mhtml  # noqa: PLC0415 - parsers of mail, for saved pages only

    return mhtml.members(raw, budget, max_bytes)


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
    "mhtml": _mhtml,
    "warc": warc.members,
    "zip": zips.members,
    "gzip": _gzip,
}
