"""Rich text (.rtf) → Page: striprtf reads the characters, marks set before it keep the cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from ingest.formats.manuscript import Box, Manuscript
from schema.errors import Rejected
from schema.issues import issue
from schema.page import Page, RawDocument

MEDIA_TYPE: Final = "application/rtf"

_BEGIN, _CELL, _ROW = "\x01", "\x02", "\x03"
# `\trowd` begins a row, `\cell` ends a cell, `\row` a row; a blank ends the control word
_WORD: Final = re.compile(r"\\(trowd|cell|row)(?![a-z])-?[0-9]* ?")
_MARKS: Final = {"trowd": _BEGIN, "cell": _CELL, "row": _ROW}
_CONTROL: Final = re.compile("[\x01-\x03]")
_CUT: Final = "the file ends in the middle, and what follows is missing"
_PIECE: Final = re.compile("([^\x01-\x03]*)([\x01-\x03]|$)")


def read(raw: RawDocument) -> Page:
    """The paragraphs and tables; a paragraph in a cell is one of the cell's. Merged cells stay blank.

    Raises Rejected (stage ``parse``): ``missing_extra`` without striprtf, ``damaged``.
    """
    try:
        from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - an extra
    except ImportError:
        raise Rejected(
            "parse", "missing_extra", "for .rtf: pip install 'ducha[rtf]', or save it as docx"
        ) from None
    to_text: Callable[..., str] = rtf_to_text
    source = _CONTROL.sub("", raw.data.decode("latin-1"))
    marked = _WORD.sub(lambda found: f"\\{found[1]} {_MARKS[found[1]]}", source)
    try:
        text = to_text(marked, encoding="gb18030", errors="replace")
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Rejected("parse", "damaged", f"the rich text can't be read: {error}") from None
    manuscript = Manuscript()
    for part in _parts(text):
        if isinstance(part, str):
            manuscript.line(part)
        else:
            manuscript.table([[Box((cell,)) for cell in row] for row in part])
    whole = raw.data.rstrip(b"\0\t\r\n ").endswith(b"}")
    return manuscript.page(raw, MEDIA_TYPE, "rtf", () if whole else (issue("text_damaged", _CUT),))


def _parts(text: str) -> Iterator[str | list[list[str]]]:
    """Text between tables, and tables as rows of cells."""
    table: list[list[str]] = []
    row: list[str] = []
    for piece, mark in _PIECE.findall(text):
        if mark == _CELL:
            row.append(_without(piece, "|"))
        elif mark == _ROW:
            # what striprtf writes for the row's end, and a second definition before it, say nothing
            table.append(row)
            row = []
        elif not row:
            if piece.strip() and table:
                yield table
                table = []
            yield piece
    if table:
        yield table


def _without(piece: str, mark: str) -> str:
    """The cell without the mark that striprtf writes for its end."""
    return piece.strip().removesuffix(mark).strip()
