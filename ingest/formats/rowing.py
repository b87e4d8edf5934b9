"""Where the rows of a table without ruled lines begin, told by spacing, numbers and what goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from ingest.formats.glyphs import Line
from ingest.formats.numbering import is_marker
from ingest.formats.paragraphs import ends_sentence, goes_on

_WIDER: Final = 1.3
"""The space between rows, if there is any, is this many times that inside of them."""
_WIDE: Final = 6
"""Characters of a column in which text runs on from line to line; words stand in narrower ones."""
_MOSTLY: Final = 0.7
_FEW: Final = 0.3


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
    own = [at for at, strip in enumerate(strips) if strip.across or (at and strips[at - 1].across)]
    told = [at for at in range(1, len(strips)) if _begins(strips, at)]
    for parted in (_ruled(strips, rules), _spaced(strips)):
        if len(parted) > 1 and 2 * len(parted) >= len(told):
            return sorted({0, *parted, *own})
    numbered = _numbered(strips)
    if numbered:
        cut = sum(1 for at in numbered if at and runs_on(strips, at))
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


def _begins(strips: Sequence[Strip], at: int) -> bool:
    """Whether the line may begin a row by what it and the line above it say."""
    cells, above = strips[at].cells, strips[at - 1].cells
    if len(cells) < 2:
        return False
    if any(column not in above for column in cells):
        return True
    return 0 in cells and not runs_on(strips, at)


def runs_on(strips: Sequence[Strip], at: int) -> bool:
    """Whether a wide column goes on from the line above in the middle of a sentence."""
    return any(
        right - left > _WIDE * upper.size and not ends_sentence(upper) and goes_on(upper, lower, left, right)
        for upper, lower, left, right in _pairs(strips, at)
    )


def _pairs(strips: Sequence[Strip], at: int) -> Iterator[tuple[Line, Line, float, float]]:
    """What stands above one another in the columns that both lines fill, and the columns' edges."""
    above, below = strips[at - 1].cells, strips[at].cells
    for column in sorted(above.keys() & below.keys()):
        lines = [strip.cells[column] for strip in strips if column in strip.cells]
        yield above[column], below[column], min(line.x0 for line in lines), max(line.x1 for line in lines)
