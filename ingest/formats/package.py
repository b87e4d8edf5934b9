"""Office documents that are zip files of XML parts: opened in memory, nothing in them is trusted."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from ingest.formats.budget import Budget
from schema.errors import Rejected

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_PARTS: Final = 20_000
_READ: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


class Package:
    """The parts of one file by their names. Raises Rejected (``parse``) for what can't be opened."""

    def __init__(self, data: bytes, budget: Budget | None = None) -> None:
        self._budget = budget or Budget()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS as error:
            raise Rejected("parse", "damaged", f"the zip container is damaged: {error}") from None
        found = self._zip.infolist()
        if len(found) > _MAX_PARTS:
            raise Rejected("read", "bomb", f"holds more than {_MAX_PARTS} parts")
        self._parts = {info.filename.lower(): info for info in found}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def names(self) -> list[str]:
        """The names of all parts in lower case, sorted."""
        return sorted(self._parts)

    def check(self) -> None:
        """Raises Rejected (``bomb``) when the parts together say they unpack to too much."""
        out = sum(info.file_size for info in self._parts.values())
        self._budget.check(out, sum(info.compress_size for info in self._parts.values()))
        for info in self._parts.values():
            self._budget.check(info.file_size, info.compress_size)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is no such part."""
        info = self._parts.get(name.lower())
        if info is None:
            return None
        if info.flag_bits & 1:
            raise Rejected("parse", "encrypted", "the document is protected by a password")
        if info.compress_type not in _READ:
            raise Rejected("parse", "damaged", "the container is packed in a way that office files never are")
        self._budget.check(info.file_size, info.compress_size)
        try:
            with self._zip.open(info) as stream:
                return self._budget.drain(stream.read, info.compress_size)
        except _FAULTS as error:
            raise Rejected("parse", "damaged", f"the part {info.filename!r} is damaged: {error}") from None

    def xml(self, name: str) -> _Element | None:
        """The root of an XML part, None when there is no such part."""
        data = self.read(name)
        return None if data is None else parsed(data, name)


def parsed(data: bytes, name: str) -> _Element:
    """The root of a document that comes from outside: no entity is resolved, nothing is loaded.

    Raises Rejected (``parse``): ``entities`` for a document type declaration, which office
    files must not have, and ``damaged`` for what is no XML.
    """
    from lxml import etree  # noqa: PLC0415 - loaded for office documents only

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    # whatever the encoding, a declaration can't be written without this word
    if b"<!DOCTYPE" in data[:4096].replace(b"\0", b""):
        raise Rejected("parse", "entities", f"{name} declares a document type, which office files never do")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Rejected("parse", "damaged", f"{name} is no valid XML: {error}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Rejected("parse", "entities", f"{name} declares a document type, which office files never do")
    return root
