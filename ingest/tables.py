"""Which tables are grids of data and which only lay out a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ingest.tree import Element

_SECTIONS: Final = frozenset({"tbody", "thead", "tfoot"})
_LABEL: Final = 20
"""Characters of the longest column header: `市科委、中关村管委会全年落实情况` has 16."""
_FEW: Final = 5
"""Paragraphs of a cell in a table of one row; the column of a laid-out page has more."""
_MANY: Final = 8


def rows_of(table: Element) -> Iterator[tuple[Element, bool]]:
    """The rows of the table itself, each with whether it stands in the table's head."""
    for child in table.children:
        if not isinstance(child, Element):
            continue
        if child.name == "tr":
            yield child, False
        elif child.name in _SECTIONS:
            for row in child.children:
                if isinstance(row, Element) and row.name == "tr":
                    yield row, child.name == "thead"


def outside(table: Element) -> Iterator[Element]:
    """The caption and whatever else stands in a table outside its cells, in order.

    Browsers show such text before the table.
    """
    holders = [table, *(e for e in table.children if isinstance(e, Element) and e.name in _SECTIONS)]
    holders += [row for row, _ in rows_of(table)]
    for holder in holders:
        stray = [child for child in holder.children if not _is_part(child)]
        if stray:
            yield Element("div", children=stray)


def _is_part(child: object) -> bool:
    return isinstance(child, Element) and child.name in _SECTIONS | {"tr", "td", "th"}


def is_grid(table: Element) -> bool:
    """Whether the table holds data in rows and columns.

    A table lays out a page when most of its text stands in tables inside it, when it
    holds navigation or an article, when no two rows have two filled cells, or when one
    cell among unlabelled ones holds nearly all of the text.
    """
    if table.structured or table.nested * 2 > table.size:
        return False
    filled = [cells for row, _ in rows_of(table) if len(cells := _filled(row)) >= 2]
    if len(filled) < 2:
        return bool(filled) and max(cell.parts for cell in filled[0]) <= _FEW
    return not _is_dominated(table, filled)


def _filled(row: Element) -> list[Element]:
    return [cell for cell in row.children if isinstance(cell, Element) and cell.size]


def _is_dominated(table: Element, filled: list[list[Element]]) -> bool:
    if all(cell.size <= _LABEL for cell in filled[0]):
        return False
    largest = max((cell for row in filled for cell in row), key=lambda cell: cell.size)
    return largest.size * 5 > table.size * 4 and largest.parts >= _MANY
