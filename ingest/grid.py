"""Table grids: cells that span rows and columns are resolved into a rectangle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from schema.page import Cell, Table

MAX_COLUMNS: Final = 200
"""No report has a wider table; ``colspan="1000"`` is a slip of the author or an attack."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell as written: its interval of the page's text and how many columns and rows it spans.

    ``rows`` 0 means down to the last row, as in HTML.
    """

    start: int
    end: int
    header: bool = False
    columns: int = 1
    rows: int = 1


def resolve(rows: Sequence[Sequence[Slot]]) -> Table:
    """The rectangle: every row as wide as the widest, spanned positions repeat the spanning cell.

    A repeated position is a ``filled`` Cell with the interval of the cell that spans it.
    Short rows end in empty cells; a column in which no cell begins (a title that spans
    more columns than there are) is left out.

    >>> table = resolve([[Slot(0, 2, rows=2), Slot(3, 5)], [Slot(6, 8)]])
    >>> [[("任务进展落实"[c.start // 3 * 2 :][:2], c.filled) for c in row] for row in table.rows]
    [[('任务', False), ('进展', False)], [('任务', True), ('落实', False)]]
    """
    grid: list[list[Cell | None]] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    for index, row in enumerate(rows):
        line, hanging = _lay(row, hanging, len(rows) - index)
        grid.append(line)
    kept = _columns_begun(grid)
    ends = [max((slot.end for slot in row), default=0) for row in rows]
    return Table(tuple(_square(line, kept, end) for line, end in zip(grid, ends, strict=True)))


def _lay(
    row: Sequence[Slot], hanging: dict[int, tuple[Cell, int]], left: int
) -> tuple[list[Cell | None], dict[int, tuple[Cell, int]]]:
    """One row's cells by column, and the cells that hang into the rows below with rows to go."""
    line: list[Cell | None] = []
    below: dict[int, tuple[Cell, int]] = {}
    for slot in row:
        _hang(line, hanging, below)
        if len(line) >= MAX_COLUMNS:
            line[-1] = _melted(line[-1], slot)
            continue
        cell = Cell(slot.start, slot.end, slot.header)
        copy = Cell(slot.start, slot.end, slot.header, filled=True)
        columns = _columns(slot, line, hanging)
        depth = min(slot.rows or left, left)
        if depth > 1:
            below.update((len(line) + step, (copy, depth - 1)) for step in range(columns))
        line.extend([cell] + [copy] * (columns - 1))
    _hang(line, hanging, below, to_the_end=True)
    return line, below


def _melted(last: Cell | None, slot: Slot) -> Cell:
    """What is beyond the last column becomes part of that column's cell."""
    start = slot.start if last is None or last.filled else last.start
    return Cell(start, slot.end, slot.header)


def _columns(slot: Slot, line: list[Cell | None], hanging: dict[int, tuple[Cell, int]]) -> int:
    """How many columns the slot takes: what it says, short of the next hanging cell and the cap."""
    wanted = max(1, min(slot.columns, MAX_COLUMNS - len(line)))
    at = len(line)
    return next((step for step in range(1, wanted) if at + step in hanging), wanted)


def _hang(
    line: list[Cell | None],
    hanging: dict[int, tuple[Cell, int]],
    below: dict[int, tuple[Cell, int]],
    to_the_end: bool = False,
) -> None:
    """Put the cells of rows above into their columns, up to the next free one (or all)."""
    last = max(hanging, default=-1) if to_the_end else -1
    while len(line) in hanging or len(line) <= last:
        column = len(line)
        cell, depth = hanging.get(column, (None, 0))
        line.append(cell)
        if cell is not None and depth > 1:
            below[column] = (cell, depth - 1)


def _columns_begun(grid: list[list[Cell | None]]) -> list[int]:
    """The columns in which at least one cell begins."""
    begun = {i for line in grid for i, cell in enumerate(line) if cell is not None and not cell.filled}
    return sorted(begun)


def _square(line: list[Cell | None], kept: list[int], end: int) -> tuple[Cell, ...]:
    """The kept columns of a row; where it has no cell, an empty one at the row's end."""
    empty = Cell(end, end)
    size = len(line)
    return tuple((line[i] if i < size else None) or empty for i in kept)
