"""Ruled tables of a page: cells drawn by lines → cells with columns, rows and their characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.formats.glyphs import Glyph, Line, lines_of

NEAR: Final = 4.0
"""Edges closer than this many points are one."""

Rectangle = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


@dataclass(slots=True)
class Area:
    """A table cell: its side edges, the rows it covers (last one included), and its lines."""

    x0: float
    x1: float
    first: int
    last: int
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


@dataclass(slots=True)
class Grid:
    """A table: its outline, its cells in reading order, how many rows it has.

    One without ruled lines has the clear strips between its columns instead, from left to right.
    """

    outline: Rectangle
    areas: list[Area]
    height: int
    gutters: tuple[tuple[float, float], ...] = ()

    def edges(self) -> list[float]:
        """The distinct vertical edges from left to right."""
        return merged([edge for area in self.areas for edge in (area.x0, area.x1)])

    def row(self, index: int) -> list[Area]:
        """The cells that cover a row, from left to right."""
        return sorted((a for a in self.areas if a.first <= index <= a.last), key=lambda area: area.x0)


def grid_of(cells: Sequence[Rectangle], glyphs: Iterable[Glyph], page: int) -> Grid:
    """The table that the cells make, each with the characters whose middle lies in it."""
    rows = merged([edge for cell in cells for edge in (cell[1], cell[3])])
    columns = merged([edge for cell in cells for edge in (cell[0], cell[2])])
    areas: dict[int, Area] = {}
    owners: dict[tuple[int, int], int] = {}
    for index, (x0, top, x1, bottom) in enumerate(cells):
        first, last = place(rows, top), max(place(rows, top), place(rows, bottom) - 1)
        areas[index] = Area(x0, x1, first, last)
        for row in range(first, last + 1):
            for column in range(place(columns, x0), place(columns, x1)):
                owners.setdefault((row, column), index)
    held: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        at = (_within(rows, (glyph.top + glyph.bottom) / 2), _within(columns, (glyph.x0 + glyph.x1) / 2))
        held.setdefault(owners.get(at, -1), []).append(glyph)
    for index, found in held.items():
        if index >= 0:
            areas[index].lines = lines_of(found, page)
    ordered = sorted(areas.values(), key=lambda area: (area.first, area.x0))
    return Grid((columns[0], rows[0], columns[-1], rows[-1]), ordered, len(rows) - 1)


def merged(edges: Iterable[float]) -> list[float]:
    """The edges in order, those that lie close together as one.

    >>> merged([50.0, 10.2, 10.0, 90.0, 51.0])
    [10.0, 50.0, 90.0]
    """
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > NEAR:
            found.append(edge)
    return found


def place(edges: Sequence[float], edge: float) -> int:
    """The index of the edge that stands for this one."""
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))


def _within(edges: Sequence[float], value: float) -> int:
    return bisect_right(edges, value) - 1
