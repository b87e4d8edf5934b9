"""Where the rows of a table without ruled lines begin, told by spacing, numbers and what goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from ingest.formats.glyphs import Line
from ingest.formats.numbering import is_marker
from ingest.formats.paragraphs import ends_sentence, goes_on

_WIDER: Final = 1.3
"""The space between rows, if there is any, is this many times that inside of them."""
_WIDE: Final = 6
"""Characters of a column in which text runs on from line to line; words stand in narrower ones."""
_MOSTLY: Final = 0.7
_FEW: Final = 0.3


class Edge(NamedTuple):
    """From where to where a column goes, and how many of its lines go to its end."""

    left: float
    right: float
    full: int


Edges = dict[int, Edge]


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of a table: what stands in it by column, or that it crosses the columns."""

    line: Line
    cells: dict[int, Line] = field(default_factory=dict)
    across: bool = False


def starts(strips: Sequence[Strip], rules: Sequence[float]) -> list[int]:
    """The lines that begin rows, the first one included; empty when they can't be told.

    Lines drawn between rows tell, or more space between them; a column of numbers; else what the cells
    say: a row begins where no column goes on from the line above and at least two say something.
    """
    edges = edges_of(strips)
    own = [at for at, strip in enumerate(strips) if strip.across or (at and strips[at - 1].across)]
    told = [at for at in range(1, len(strips)) if _begins(strips, at, edges)]
    for parted in (_ruled(strips, rules), _spaced(strips)):
        if len(parted) > 1 and 2 * len(parted) >= len(told):
            return sorted({0, *parted, *own})
    numbered = _numbered(strips)
    if numbered:
        cut = sum(1 for at in numbered if at and runs_on(strips, at, edges))
        return [] if cut > _FEW * len(numbered) else sorted({0, *numbered, *own})
    return sorted({0, *told, *own})


def _ruled(strips: Sequence[Strip], rules: Sequence[float]) -> list[int]:
    """The lines above which a line is drawn."""
    middles = [(strip.line.top + strip.line.bottom) / 2 for strip in strips]
    return [
        at for at, (upper, lower) in enumerate(pairwise(middles), 1) if any(upper < y < lower for y in rules)
    ]


def _spaced(strips: Sequence[Strip]) -> list[int]:
    """The lines with more space above them than lines have."""
    steps = [below.line.bottom - above.line.bottom for above, below in pairwise(strips)]
    close = min(steps, default=0.0)
    return [at for at, step in enumerate(steps, 1) if step > _WIDER * close]


def _numbered(strips: Sequence[Strip]) -> list[int]:
    """The lines with a number in the first column, if that is what it holds."""
    filled = [at for at, strip in enumerate(strips) if 0 in strip.cells]
    found = [at for at in filled if is_marker(strips[at].cells[0].text)]
    return found if len(found) > 1 and len(found) >= _MOSTLY * (len(filled) - 1) else []


def _begins(strips: Sequence[Strip], at: int, edges: Edges) -> bool:
    """Whether the line may begin a row by what it and the line above it say."""
    cells, above = strips[at].cells, strips[at - 1].cells
    if len(cells) < 2:
        return False
    if any(column not in above for column in cells):
        return True
    return 0 in cells and not runs_on(strips, at, edges)


def edges_of(strips: Sequence[Strip]) -> Edges:
    """How far what stands in each column reaches."""
    held: dict[int, list[Line]] = {}
    for strip in strips:
        for column, line in strip.cells.items():
            held.setdefault(column, []).append(line)
    return {column: _edge(lines) for column, lines in held.items()}


def _edge(lines: Sequence[Line]) -> Edge:
    ends = [line.x1 for line in lines]
    full = sum(1 for end in ends if max(ends) - end < lines[0].size)
    return Edge(min(line.x0 for line in lines), max(ends), full)


def runs_on(strips: Sequence[Strip], at: int, edges: Edges) -> bool:
    """Whether a wide column goes on from the line above in the middle of a sentence."""
    above, below = strips[at - 1].cells, strips[at].cells
    return any(
        edges[column].right - edges[column].left > _WIDE * above[column].size
        and edges[column].full > 1
        and not ends_sentence(above[column])
        and goes_on(above[column], below[column], *edges[column][:2])
        for column in above.keys() & below.keys()
    )


def parallel(strips: Sequence[Strip], edges: Edges) -> bool:
    """Whether the columns begin together: where text of the first does, the others don't go on."""
    begun = [at for at in range(1, len(strips)) if 0 in strips[at].cells and _opens(strips, at, 0, edges)]
    agreed = sum(1 for at in begun if all(_opens(strips, at, column, edges) for column in strips[at].cells))
    return len(begun) > 1 and agreed >= _MOSTLY * len(begun)


def _opens(strips: Sequence[Strip], at: int, column: int, edges: Edges) -> bool:
    """Whether a column's text begins on the line: nothing stands above it there, or it doesn't go on."""
    above = strips[at - 1].cells.get(column)
    return above is None or not goes_on(above, strips[at].cells[column], *edges[column][:2])
