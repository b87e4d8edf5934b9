"""Which reader a kind of document has, and what to do about kinds that have none."""

from __future__ import annotations

from importlib import import_module
from typing import Final, Protocol, cast

from ingest.formats.kinds import Kind, kind_of
from schema.errors import Rejected
from schema.page import Page, RawDocument


class Reader(Protocol):
    """Makes a page of a document's bytes. Raises Rejected when it can't."""

    def __call__(self, raw: RawDocument) -> Page: ...


_MODULES: Final[dict[Kind, str]] = {
    "docx": "docx",
    "xlsx": "spreadsheet",
    "xls": "spreadsheet",
    "pdf": "pdf",
    "doc": "legacy",
    "rtf": "rtf",
    "ofd": "ofd",
    "odf": "opendocument",
}
_REFUSED: Final[dict[Kind, tuple[str, str]]] = {
    "encrypted": ("encrypted", "the document is protected by a password: save it without one"),
    "foreign": (
        "no_reader",
        "no reader for it: unpack rar, 7z, tar; save presentations as PDF",
    ),
    "zip": ("container", "an archive inside a document's place: ingest the file itself"),
    "gzip": ("container", "a packed file inside a document's place: ingest the file itself"),
    "warc": ("container", "a web archive inside a document's place: ingest the file itself"),
    "mhtml": ("container", "a saved page inside a document's place: ingest the file itself"),
}


def reader_of(raw: RawDocument) -> Reader | None:
    """The reader for a document that isn't text or a page, None for those.

    Raises Rejected (stage ``parse``) for a kind that none reads, saying what to do about it.
    """
    kind = kind_of(raw.data, raw.name)
    if kind is None:
        return None
    if kind in _REFUSED:
        raise Rejected("parse", *_REFUSED[kind])
    return cast("Reader", import_module(f"ingest.formats.{_MODULES[kind]}").read)
