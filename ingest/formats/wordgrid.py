"""The tables of a docx: `w:gridSpan` and `w:vMerge` → rows of boxes that span columns and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.formats.manuscript import Box
from ingest.formats.wordml import child, children, is_on, name, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(slots=True)
class _Cell:
    """A cell that may yet grow downwards."""

    paragraphs: list[str]
    header: bool
    columns: int
    rows: int = 1


def boxes(table: _Element, read: Callable[[_Element], Iterator[str]]) -> list[list[Box]]:
    """The rows of a table; ``read`` gives the paragraphs of a cell.

    A cell that continues the one above has no box of its own: the upper one spans it.
    """
    rows: list[list[_Cell]] = []
    above: dict[int, _Cell] = {}
    for row in _rows(table):
        line, above = _row(row, above, read)
        rows.append(line)
    return [[Box(tuple(c.paragraphs), c.header, c.columns, c.rows) for c in row] for row in rows]


def _row(
    row: _Element, above: dict[int, _Cell], read: Callable[[_Element], Iterator[str]]
) -> tuple[list[_Cell], dict[int, _Cell]]:
    """The cells that begin in a row, and all that stand in it by their first column."""
    properties = child(row, "trPr")
    header = is_on(child(properties, "tblHeader"))
    line: list[_Cell] = []
    standing: dict[int, _Cell] = {}
    column = 0
    for _ in range(number(child(properties, "gridBefore"), 0)):
        line.append(_Cell([], header, 1))
        column += 1
    for element in _cells(row):
        columns = max(1, number(child(element, "tcPr", "gridSpan"), 1))
        upper = above.get(column)
        if upper is not None and _continues(element) and upper.columns == columns:
            upper.rows += 1
            upper.paragraphs.extend(text for text in read(element) if text.strip())
            standing[column] = upper
        else:
            cell = _Cell(list(read(element)), header, columns)
            line.append(cell)
            standing[column] = cell
        column += columns
    return line, standing


def _continues(cell: _Element) -> bool:
    """`<w:vMerge/>` without a value continues; `restart` begins."""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and value(merge) != "restart"


def _rows(element: _Element) -> Iterator[_Element]:
    for inner in children(element):
        if name(inner) == "tr" and child(inner, "trPr", "del") is None:
            yield inner
        elif name(inner) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _rows(inner)


def _cells(element: _Element) -> Iterator[_Element]:
    for inner in children(element):
        if name(inner) == "tc":
            yield inner
        elif name(inner) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _cells(inner)
