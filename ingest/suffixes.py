"""What a file's name says about it: its media type, and whether it only belongs to a saved page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath, PurePosixPath
from typing import Final

from ingest.formats.kinds import MEDIA_TYPES as FORMATS

MEDIA_TYPES: Final[dict[str, str]] = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
    ".md": "text/markdown",
    **FORMATS,
}
"""What a folder is searched for, by suffix."""

_PAGES: Final = (".html", ".htm", ".shtml", ".xhtml")
# what browsers call the folder beside `通报.html`
_FOLDERS: Final = ("_files", ".files")


def media_type_of(name: str) -> str | None:
    """The media type that the suffix declares, None for an unknown one.

    >>> media_type_of("督查结果.HTML")
    'text/html'
    """
    return MEDIA_TYPES.get(PurePath(name).suffix.lower())


def page_folders(names: Iterable[str]) -> frozenset[str]:
    """The folders that saved pages among the names keep their styles, scripts and frames in.

    >>> sorted(page_folders(["报告/通报.html", "报告/通报_files/a.css", "说明_files/b.txt"]))
    ['报告/通报.files', '报告/通报_files']
    """
    pages = [PurePosixPath(name) for name in names if PurePath(name).suffix.lower() in _PAGES]
    return frozenset(str(page.with_name(page.stem + ending)) for page in pages for ending in _FOLDERS)
