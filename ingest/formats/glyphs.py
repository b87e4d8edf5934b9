"""Characters with places on a page → lines. Order is by position, never by drawing.

Lengths are points, y grows downwards. Curly quotes are drawn out of order by many producers
(`十四五发展“”` for `“十四五”发展`); their places are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character, its box and its size."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one height, from left to right, on a page counted from 0.

    Blanks at its ends count for the text, when lines are joined, and not for the places. ``column`` says
    from where to where its column goes, on a page that is set in several.
    """

    glyphs: tuple[Glyph, ...]
    page: int = 0
    column: tuple[float, float] | None = None

    @property
    def ink(self) -> tuple[Glyph, ...]:
        """The characters without blanks at the ends."""
        seen = [index for index, glyph in enumerate(self.glyphs) if not glyph.text.isspace()]
        return self.glyphs[seen[0] : seen[-1] + 1]

    @property
    def x0(self) -> float:
        return self.ink[0].x0

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.ink[-3:])

    @property
    def top(self) -> float:
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def size(self) -> float:
        sizes = sorted(glyph.size for glyph in self.glyphs)
        return sizes[len(sizes) // 2]

    @property
    def text(self) -> str:
        """The characters, with a blank where words or columns stand apart."""
        parts: list[str] = []
        before: Glyph | None = None
        for glyph in self.glyphs:
            parts.append(" " + glyph.text if before and _apart(before, glyph) else glyph.text)
            before = glyph
        return "".join(parts)


def lines_of(glyphs: Iterable[Glyph], page: int = 0) -> list[Line]:
    """The lines from top to bottom; characters drawn twice (as bold type) count once.

    >>> drawn = [Glyph("十", 10, 20, 0, 10, 10), Glyph("发", 40, 50, 0, 10, 10), Glyph("“", 0, 10, 0, 10, 10)]
    >>> [line.text for line in lines_of([*drawn, Glyph("”", 20, 30, 1, 11, 10)])]
    ['“十”发']
    """
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom, g.x0)):
        if rows and _level(rows[-1][0], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    found = (_line(row, page) for row in rows)
    return [line for line in found if line is not None]


def _level(first: Glyph, glyph: Glyph) -> bool:
    """Whether two characters stand on one line: most of the smaller one's height is shared."""
    shared = min(first.bottom, glyph.bottom) - max(first.top, glyph.top)
    return shared > 0.5 * min(first.bottom - first.top, glyph.bottom - glyph.top)


def _line(row: Sequence[Glyph], page: int) -> Line | None:
    kept: list[Glyph] = []
    for glyph in sorted(row, key=lambda g: (g.x0, g.x1)):
        twice = kept and kept[-1].text == glyph.text and abs(glyph.x0 - kept[-1].x0) < 0.2 * glyph.size
        if not twice:
            kept.append(glyph)
    return None if all(glyph.text.isspace() for glyph in kept) else Line(tuple(kept), page)


def _apart(before: Glyph, glyph: Glyph) -> bool:
    """Whether a blank belongs between: a gap between two letters, or one as wide as characters."""
    gap = glyph.x0 - before.x1
    if before.text.isspace() or glyph.text.isspace():
        return False
    narrow = before.text.isascii() and glyph.text.isascii() and before.text.isalnum() and glyph.text.isalnum()
    return gap > (0.25 if narrow else 1.5) * glyph.size
