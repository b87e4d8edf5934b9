"""Headings right above a table: an office or a chapter that holds for all its rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extract.body import Body
from extract.layouts.prose.section import Path, headings
from extract.numbering import head
from schema.text import Text


def above(body: Body) -> dict[int, tuple[Text, ...]]:
    """The headings that hold for each table with some right above it, by where its block begins."""
    cells = [line.start for line in body.lines if line.cell]
    first = {_first(cells, block.start, block.end): block.start for block, _ in body.tables}
    starting = [line.cell and line.start in first for line in body.lines]
    titles = headings(body.lines, starting)
    path, found, fresh = Path(), {}, False
    for index, line in enumerate(body.lines):
        if index in titles:
            path.open(line.text, head(line.value))
            fresh = True
        elif starting[index] and fresh:
            found[first[line.start]] = path.texts
            fresh = False
    return found


def _first(starts: Sequence[int], start: int, end: int) -> int:
    """The first of ordered places in a stretch; -1 for a stretch without any."""
    index = bisect_left(starts, start)
    return starts[index] if index < len(starts) and starts[index] < end else -1
