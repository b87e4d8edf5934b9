"""Zip archives → their documents. Names are never paths here, and sizes are counted, not believed."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final

from ingest.formats.budget import Budget
from ingest.formats.names import member_name, safe
from ingest.skipped import Skipped
from ingest.suffixes import media_type_of, page_folders
from schema.errors import Rejected
from schema.page import RawDocument

_MAX_MEMBERS: Final = 20_000
_READ: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAULTS: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)


def members(raw: RawDocument, budget: Budget, max_bytes: int) -> Iterator[RawDocument | Skipped]:
    """The files of known suffixes in the archive's order; everything else as Skipped.

    Raises Rejected (``read``: ``bomb``, ``damaged``) before the first one is given out when the
    archive as a whole can't be opened or says that it unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw.data))
    except (*_FAULTS, NotImplementedError) as error:
        raise Rejected("read", "damaged", f"the archive is damaged: {error}") from None
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _MAX_MEMBERS:
        raise Rejected("read", "bomb", f"holds more than {_MAX_MEMBERS} files")
    named = [(info, member_name(info)) for info in infos]
    folders = page_folders(name for _, name in named)
    found = [(info, name, _objection(info, name, folders, max_bytes)) for info, name in named]
    _measure([info for info, _, objection in found if objection is None], budget)
    for info, name, objection in found:
        uri = f"{raw.uri}!{safe(name)}"
        yield Skipped(uri, *objection) if objection else _member(archive, info, uri, budget)


def _objection(
    info: zipfile.ZipInfo, name: str, folders: frozenset[str], max_bytes: int
) -> tuple[str, str, bool] | None:
    """Why a member isn't read: code, message, whether it should have been; None for one that is."""
    kind = info.external_attr >> 16
    if stat.S_IFMT(kind) not in (0, stat.S_IFREG):
        return ("special", "a link or a device, no file", True)
    if any(str(parent) in folders for parent in PurePosixPath(name).parents):
        return ("page_files", "belongs to a saved page", False)
    hidden = any(step.startswith((".", "__MACOSX")) and step.strip(".") for step in safe(name).split("/"))
    if hidden or media_type_of(name) is None:
        return ("other_kind", "not a kind of file that is read", False)
    if info.flag_bits & 1:
        return ("encrypted", "the member is protected by a password", True)
    if info.compress_type not in _READ:
        return ("compression", "packed by a method that isn't read: pack it again as plain zip", True)
    if info.file_size > max_bytes:
        return ("too_large", f"larger than {max_bytes} bytes", True)
    return None


def _measure(infos: Sequence[zipfile.ZipInfo], budget: Budget) -> None:
    for info in infos:
        budget.check(info.file_size, info.compress_size)
    budget.check(sum(info.file_size for info in infos), sum(info.compress_size for info in infos))


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, uri: str, budget: Budget
) -> RawDocument | Skipped:
    try:
        with archive.open(info) as stream:
            data = budget.drain(stream.read, info.compress_size)
    except (*_FAULTS, NotImplementedError) as error:
        return Skipped(uri, "damaged", f"the member is damaged: {error}", True)
    name = PurePosixPath(uri.rpartition("!")[2]).name
    return RawDocument(uri, name, data, media_type_of(name))
