"""Lines that stand in rows of several cells: whatever they say, they are no title of the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from extract.body import Line, merged
from schema.page import Page

_LEAST: Final = 3
"""Filled cells of a row; with two of them a form has a label and its value."""


def outside_rows(page: Page, lines: Sequence[Line]) -> list[Line]:
    """The lines of a page without those in rows of three filled cells and more."""
    cells = [
        (cell.start, cell.end)
        for block in page.blocks
        if block.table
        for row in block.table.rows
        if len({(each.start, each.end) for each in row if each.end > each.start}) >= _LEAST
        for cell in row
    ]
    taken = merged(cells)
    starts = [start for start, _ in taken]

    def inside(at: int) -> bool:
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < taken[index][1]

    return [line for line in lines if not line.cell or not inside(line.start)]
