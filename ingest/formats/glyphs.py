"""Characters with places on a page → lines → paragraphs. Order is by position, never by drawing.

Lengths are points, y grows downwards. Curly quotes are drawn out of order by many producers
(`十四五发展“”` for `“十四五”发展`); their places are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

_TERMINAL: Final = "。；！？;!?"
_CLOSING: Final = "[，。、；：？！）】》〉」』”’％%,.;:?!)}\\]]"
_OPENING: Final = "[（【《〈「『“‘({\\[]"
# `“2021`, `5.64%`, `（中），`: a word processor breaks no line inside
_WORD: Final = re.compile(rf"{_OPENING}*+(?:[A-Za-z0-9.,%/+-]{{1,30}}|.)?{_CLOSING}*+", re.DOTALL)
# `2.`, `（三）`, `②`, `四是`, `五、`; 2.5 is none
_POINT: Final = re.compile(
    r"\s*+(?:[0-9]{1,2}[.．、](?![0-9])|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[①-⑳]|[一二三四五六七八九十]{1,3}[、是])"
)
_POINT_INSIDE: Final = re.compile(rf"(?<=[{_TERMINAL}])({_POINT.pattern})")
_NUMBER: Final = re.compile("[一二三四五六七八九十0-9①-⑳]+")
_INDENT: Final = 1.4
_SLACK: Final = 0.6
_NEAR: Final = 2.5


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

    Blanks at its ends count for the text, when lines are joined, and not for the places.
    """

    glyphs: tuple[Glyph, ...]
    page: int = 0

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


def paragraphs_of(lines: Sequence[Line], left: float, right: float) -> list[str]:
    """The paragraphs that the lines between two edges make: a line that is full goes on in the next."""
    texts: list[str] = []
    inside = shapes_inside(lines)
    for index, line in enumerate(lines):
        begins = index and shape_of(line.text) not in inside and _next_point(texts, line.text)
        if not index or begins or not goes_on(lines[index - 1], line, left, right):
            texts.append(line.text)
        else:
            texts[-1] = joined(texts[-1], line.text)
    return texts


def _next_point(texts: Sequence[str], line: str) -> bool:
    """Whether a line after a sentence's end begins a point as an earlier paragraph did: `1.` … `2.`.

    Points that begin inside of lines begin inside of paragraphs.
    """
    shape = shape_of(line) if texts[-1][-1:] in _TERMINAL else ""
    return bool(shape) and any(shape_of(text) == shape for text in texts)


def shapes_inside(lines: Sequence[Line]) -> set[str]:
    """The forms of points that begin in the middle of lines."""
    return {shape_of(found[1]) for line in lines for found in _POINT_INSIDE.finditer(line.text)}


def shape_of(text: str) -> str:
    """The form of the point that a text begins with (`1.`, `（1）`, `1是`), empty for none."""
    found = _POINT.match(text)
    return _NUMBER.sub("1", found[0]) if found else ""


def goes_on(line: Line, following: Line, left: float, right: float) -> bool:
    """Whether the next line belongs to the same paragraph: no room was left for its first word."""
    if following.x0 - left > _INDENT * following.size and following.x0 - line.x0 > _SLACK * line.size:
        return False
    return right - line.x1 < _first_word(following) + _SLACK * line.size


def reach(lines: Sequence[Line]) -> float:
    """How far full lines reach: the median of those that end near the farthest.

    The farthest itself may end in a mark that hangs over the edge.
    """
    farthest = max((line.x1 for line in lines), default=0.0)
    near = sorted(line.x1 for line in lines if farthest - line.x1 < _NEAR * line.size)
    return near[len(near) // 2] if near else farthest


def is_open(line: Line, right: float) -> bool:
    """Whether a line at the foot of a page asks for more: full, and no end of a sentence."""
    return right - line.x1 < 2 * line.size and not ends_sentence(line)


def ends_sentence(line: Line) -> bool:
    """Whether the line's last character ends a sentence."""
    return line.ink[-1].text[-1:] in _TERMINAL


def joined(text: str, following: str) -> str:
    """Two lines of one paragraph: a blank only between words of letters.

    >>> joined("科技委员", "会"), joined("of the", "year")
    ('科技委员会', 'of the year')
    """
    letters = (
        text[-1:].isascii() and text[-1:].isalpha() and following[:1].isascii() and following[:1].isalpha()
    )
    return f"{text} {following}" if letters else text + following


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


def _first_word(line: Line) -> float:
    """The width of what could not have been parted at the line's beginning: `中，`, `“十`, `2021`."""
    ink = line.ink
    text = "".join(glyph.text[:1] for glyph in ink)
    found = _WORD.match(text)
    return ink[(found.end() if found else 1) - 1].x1 - ink[0].x0
