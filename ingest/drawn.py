"""Tables drawn with boxes: <div class="tr"> holding <div class="td">, or the roles row and cell."""

from __future__ import annotations

import re
from typing import Final

from ingest.markup import Token
from ingest.tree import Element

_LEAST: Final = 3
"""Rows, and cells of a row, from which on boxes are a table."""
_HOLDERS: Final = frozenset({"div", "section", "ul", "dl"})
_SAID: Final = r"""\b(?:class|role|style)\s*=\s*["']?[^"'>]*(?<![\w-])"""
# class="tr th"   role="row"   style="display:table-row"; a bare class="row" holds columns of a page's layout
_ROW: Final = re.compile(rf"{_SAID}(?:tr|row|table-row|tbl-row|t-row)(?![\w-])", re.IGNORECASE)
_CELL: Final = re.compile(
    rf"{_SAID}(?:td|th|cell|table-cell|tbl-cell|t-cell|gridcell|columnheader|rowheader)(?![\w-])",
    re.IGNORECASE,
)


def drawn_rows(source: str, box: Element) -> list[list[Element]]:
    """The cells of a table drawn with boxes, row by row; [] for any other element.

    Every child has to be a row by its class, role or style, every child of a row a cell, and all rows
    have as many cells.
    """
    if box.name not in _HOLDERS or len(box.children) < _LEAST:
        return []
    rows = _elements(source, box)
    if rows is None or len(rows) < _LEAST or not all(_says(source, row, _ROW) for row in rows):
        return []
    found = [_elements(source, row) for row in rows]
    cells = [row for row in found if row and all(_says(source, cell, _CELL) for cell in row)]
    even = len(cells) == len(rows) and len(set(map(len, cells))) == 1
    return cells if even and len(cells[0]) >= _LEAST else []


def _elements(source: str, element: Element) -> list[Element] | None:
    """The children without blanks between them; None when text stands between them."""
    found: list[Element] = []
    for child in element.children:
        if isinstance(child, Element):
            found.append(child)
        elif not source[child.start : child.end].isspace():
            return None
    return found


def _says(source: str, element: Element, pattern: re.Pattern[str]) -> bool:
    token: Token | None = element.token
    return token is not None and pattern.search(source, token.start, token.end) is not None
