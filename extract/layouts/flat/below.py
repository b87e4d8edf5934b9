"""What stands below the last row of a table whose borders are lost: its sums, notes, who filled it in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extract.body import Line
from extract.layouts.grid.rowkind import is_note
from schema.page import Page

_PLAIN: Final = "text/plain"
_LEAST: Final = 3
"""Borders between lines of the table that tell how far its lines are apart."""


def below(page: Page, lines: Sequence[Line], last: int) -> tuple[Line, ...]:
    """The lines behind a table's last row, which begins at ``last``, an offset of the page's text.

    ``lines`` are those behind the header, without page numbers and headers printed again. Notes stand
    there, in the forms that notes have (注：… （数据截至8月底）), and all behind the first; in plain text
    what an empty line sets apart where none parts two lines above it (共16项，完成13项), too.
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
    first = next((index for index, line in enumerate(behind) if is_note(line.value)), len(behind))
    return tuple(behind[first:])


def _gap(page: Page, before: Line, line: Line) -> int:
    """How many characters of the source part two lines; 0 when there is text between, as at a page's end."""
    if page.text.value[before.end : line.start].strip():
        return 0
    return page.text.locate(line.start, line.end)[0] - page.text.locate(before.start, before.end)[1]
