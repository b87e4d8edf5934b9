"""What a file is, told by its bytes; its name decides only where bytes can't."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePath
from typing import Final, Literal

Kind = Literal[
    "docx",
    "xlsx",
    "xls",
    "doc",
    "pdf",
    "rtf",
    "ofd",
    "odf",
    "mhtml",
    "zip",
    "gzip",
    "warc",
    "encrypted",
    "foreign",
]

CONTAINERS: Final = ("mhtml", "zip", "gzip", "warc")

MEDIA_TYPES: Final[dict[str, str]] = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xls": "application/vnd.ms-excel",
    ".et": "application/vnd.ms-excel",
    ".doc": "application/msword",
    ".wps": "application/vnd.ms-works",
    ".rtf": "application/rtf",
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".warc": "application/warc",
}
"""The media types by suffix: what a folder is searched for, beside text and pages."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD: Final = 2048
# the parts that make a zip an office document
_PARTS: Final[tuple[tuple[str, Kind], ...]] = (
    ("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "foreign"),
    ("ofd.xml", "ofd"), ("ppt/presentation.xml", "foreign"), ("mimetype", "foreign"),
)  # fmt: skip
# streams of the old office formats, as their directory of UTF-16 names has them
_STREAMS: Final[tuple[tuple[str, Kind], ...]] = (
    ("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"),
)  # fmt: skip
_ODF: Final = tuple(MEDIA_TYPES[suffix].encode() for suffix in (".odt", ".ods"))
_FOREIGN: Final = (b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"BZh9", b"\xfd7zXZ")


def kind_of(data: bytes, name: str = "") -> Kind | None:
    """The kind of a file that isn't plain text or a page; None for those.

    ``foreign`` is a container that no reader here opens: rar, 7z, presentations.

    >>> kind_of(b"%PDF-1.7"), kind_of("任务落实情况".encode())
    ('pdf', None)
    """
    head = data[:_HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if head.startswith(_OLE):
        return next((kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in data), "foreign")
    if b"%PDF-" in head[:1024] and not head.lstrip().startswith(b"<"):
        return "pdf"
    if head.startswith(b"\x1f\x8b"):
        return "warc" if _begins(data).startswith(b"WARC/") else "gzip"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_FOREIGN) or _is_tar(data):
        return "foreign"
    return "mhtml" if _is_mhtml(head, name) else None


def _zipped(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
            if _is_odf(archive):
                return "odf"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "zip"
    return next((kind for part, kind in _PARTS if part in names), "zip")


def _is_odf(archive: zipfile.ZipFile) -> bool:
    """Whether the archive calls itself an OpenDocument text or workbook."""
    if "mimetype" not in archive.namelist() or archive.getinfo("mimetype").file_size > _HEAD:
        return False
    try:
        return archive.read("mimetype").strip() in _ODF
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError):
        return False


def _begins(data: bytes) -> bytes:
    """The first bytes inside a gzip file."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data[:_HEAD], 16)
    except zlib.error:
        return b""


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _is_mhtml(head: bytes, name: str) -> bool:
    """A mail header at the start that says what browsers save: `MIME-Version: 1.0`, `multipart/related`."""
    start = head.lstrip().lower()
    suffix = PurePath(name).suffix.lower() in (".mht", ".mhtml")
    if not start.startswith(
        (b"from:", b"mime-version:", b"content-type: multipart", b"subject:", b"date:", b"x-")
    ):
        return False
    return suffix or (b"mime-version:" in start and b"multipart/related" in start)
