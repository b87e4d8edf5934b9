"""What stands below the last row of a table whose borders are lost: its sums, notes, who filled it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from extract.body import Line
from extract.layouts.flat.cells import BORDER, is_cell
from extract.layouts.grid.rowkind import is_note, is_total
from schema.page import Page
from schema.text import Text

_PLAIN: Final = "text/plain"
_LEAST: Final = 3
"""Borders between lines of the table that tell how far its lines are apart."""


def below(page: Page, lines: Sequence[Line], last: int) -> tuple[Line, ...]:
    """The lines behind a table's last row, which begins at ``last``, an offset of the page's text.

    ``lines`` are those behind the header, without page numbers and headers printed again. Sums (合计) and
    notes stand there, in the forms that notes have (注：… （数据截至8月底）), and all behind the first; in
    plain text what an empty line sets apart where none parts two lines above it (共16项，完成13项), too.
    """
    rows = [line for line in lines if line.start <= last]
    behind = [line for line in lines if line.start > last]
    if page.media_type == _PLAIN:
        gaps = [gap for a, b in pairwise(rows) if (gap := _gap(page, a, b))]
        for index, (before, line) in enumerate(pairwise([*rows[-1:], *behind])):
            if len(gaps) >= _LEAST and _gap(page, before, line) > max(gaps):
                return tuple(behind[index:])
    if any(is_note(line.value) for line in rows):
        return ()
    ends = (index for index, line in enumerate(behind) if is_note(line.value) or is_total({0: line.text}))
    first = next(ends, len(behind))
    return tuple(behind[first:])


def row_end(rows: Sequence[Text], column: str) -> int:
    """Where the last row ends: behind its last state or date, when all rows but it end with one.

    ``column`` is the last of the table. What goes on behind a blank there closes the text.

    >>> cells = ("修路 已通车。 已办结", "架桥 在建。 办理中", "建校 已封顶。 已办结 下月将继续督办。")
    >>> cells[2][row_end([Text.of(cell) for cell in cells], "status"):]
    ' 下月将继续督办。'
    """
    last = rows[-1]
    if column not in {"status", "deadline"} or len(rows) < _LEAST:
        return len(last)
    pieces = [list(_pieces(row)) for row in rows]
    if not all(
        is_cell(row.value[slice(*found[-1])], column) for row, found in zip(rows[:-1], pieces, strict=False)
    ):
        return len(last)
    return next(
        (end for start, end in reversed(pieces[-1]) if is_cell(last.value[start:end], column)), len(last)
    )


def _pieces(row: Text) -> Iterator[tuple[int, int]]:
    """The stretches between a row's blanks and line ends, half-open."""
    start = 0
    for border in BORDER.finditer(row.value):
        yield start, border.start()
        start = border.end()
    yield start, len(row)


def _gap(page: Page, before: Line, line: Line) -> int:
    """How many characters of the source part two lines; 0 when there is text between, as at a page's end."""
    if page.text.value[before.end : line.start].strip():
        return 0
    return page.text.locate(line.start, line.end)[0] - page.text.locate(before.start, before.end)[1]
