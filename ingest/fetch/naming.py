"""Address → the path of its original in the folder: readable, safe on every file system."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

SUFFIXES: Final[dict[str, str]] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "application/vnd.rar": ".rar",
    "application/ofd": ".ofd",
}
"""The suffix that a media type asks for when the address ends in no other that is known."""
KNOWN: Final = frozenset(
    {*SUFFIXES.values(), ".htm", ".shtml", ".xhtml", ".wps", ".et", ".7z", ".md", ".tsv", ".xml", ".mht"}
)

UNKNOWN: Final = ".bin"
"""The suffix of a file of which nothing says what it is."""

# Windows keeps these for devices; a leading dot hides a name from a folder's search
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|\.", re.I)
_UNSAFE: Final = re.compile(r'[\x00-\x20\x7f<>:"|?*\\/]+')
# attachment; filename="附件.docx" and filename*=UTF-8''%E9%99%84.docx
_FILE_NAME: Final = re.compile(r"filename\*?\s*=\s*(?:UTF-8'[^']*')?\"?([^\";]+)", re.I)
# 72 characters of three bytes, a mark and a suffix stay below 255 bytes
_LONGEST: Final = 72


def path_of(url: str, media_type: str = "", disposition: str = "") -> PurePosixPath:
    """Where the original of an address goes: ``host/path``, with a suffix that says what it is.

    >>> str(path_of("http://www.example.cn/art/2024/%E8%90%BD%E5%AE%9E.html?id=3", "text/html"))
    'www.example.cn/art/2024/落实-id=3.html'
    >>> str(path_of("http://www.example.cn:8080/zwgk/", "text/html"))
    'www.example.cn_8080/zwgk/index.html'
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").replace(":", "-")
    names = [_unquoted(name) for name in parts.path.split("/") if name]
    last = names.pop() if names and not parts.path.endswith("/") else "index"
    stem, suffix = _split(_file_name(disposition) or last, media_type)
    query = _unquoted(parts.query)
    if suffix == UNKNOWN and PurePosixPath(query).suffix.lower() in KNOWN:
        query, suffix = _split(query, media_type)
    name = f"{stem}-{query}" if query else stem
    folder = f"{host}_{parts.port}" if parts.port else host
    return PurePosixPath(folder, *(_safe(one) for one in names), _safe(name) + suffix)


def marked(path: PurePosixPath, url: str) -> PurePosixPath:
    """The path with a mark made from the address, for when another address has the plain one."""
    return PurePosixPath(path.parts[0], f"{path.stem}-{digest(url)}{path.suffix}")


def digest(url: str) -> str:
    """Sixteen hexadecimal digits that stand for an address."""
    return sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _file_name(disposition: str) -> str:
    found = _FILE_NAME.search(disposition)
    return _unquoted(found.group(1)).rpartition("/")[2].strip() if found else ""


def _unquoted(name: str) -> str:
    """The name that percent signs stand for, in UTF-8 or GB 18030."""
    try:
        return unquote(name, errors="strict")
    except UnicodeDecodeError:
        return unquote(name, encoding="gb18030", errors="replace")


def _split(name: str, media_type: str) -> tuple[str, str]:
    """The name without its suffix, and the suffix: ``落实.jsp`` that sends HTML has ``.html``."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in KNOWN:
        return name[: -len(suffix)], suffix
    return name, SUFFIXES.get(media_type, UNKNOWN)


def _safe(name: str) -> str:
    """The name without what a file system refuses; a name that had to be cut keeps a mark of its whole."""
    clean = _UNSAFE.sub("_", name).rstrip(". ") or "_"
    clean = f"_{clean}" if _RESERVED.match(clean) else clean
    return clean if len(clean) <= _LONGEST else f"{clean[: _LONGEST - 17]}-{digest(name)}"
