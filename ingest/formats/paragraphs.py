"""Lines → paragraphs: what went on from one line into the next, and where a point or a sentence begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.formats.glyphs import Line

_TERMINAL: Final = "。；！？;!?"
_ANNOUNCING: Final = "：:"
_CLOSING: Final = "[，。、；：？！）】》〉」』”’％%,.;:?!)}\\]]"
_OPENING: Final = "[（【《〈「『“‘({\\[]"
# `“2021`, `5.64%`, `（中），`: a word processor breaks no line inside
_WORD: Final = re.compile(rf"{_OPENING}*+(?:[A-Za-z0-9.,%/+-]{{1,30}}|.)?{_CLOSING}*+", re.DOTALL)
# `2.`, `（三）`, `②`, `四是`, `五、`; 2.5 is none
_POINT: Final = re.compile(
    r"\s*+(?:[0-9]{1,2}[.．、](?![0-9])|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[①-⑳]|[一二三四五六七八九十]{1,3}[、是])"
)
_POINT_INSIDE: Final = re.compile(rf"(?<=[{_TERMINAL}{_ANNOUNCING}])({_POINT.pattern})")
# `1.`, `（一）`, `①`, and no `10.`
_FIRST: Final = re.compile(r"\s*+[（(]?(?:1(?![0-9])|一(?![二三四五六七八九十])|①)")
_NUMBER: Final = re.compile("[一二三四五六七八九十0-9①-⑳]+")
_INDENT: Final = 1.4
_SLACK: Final = 0.6
_NEAR: Final = 2.5


def paragraphs_of(lines: Sequence[Line], left: float, right: float) -> list[list[Line]]:
    """The paragraphs that the lines between two edges make: a line that is full goes on in the next.

    Where a full line ends a sentence, the next begins a paragraph all the same if it begins a point as
    earlier paragraphs do (`1.` … `2.`), or the first one where later paragraphs do. Points that begin
    inside of lines begin inside of paragraphs.
    """
    opens = [at == 0 or not goes_on(lines[at - 1], line, left, right) for at, line in enumerate(lines)]
    inside = shapes_inside(lines)
    earlier: set[str] = set()
    later = {shape_of(line.text) for line, begins in zip(lines, opens, strict=True) if begins}
    groups: list[list[Line]] = []
    for line, begins in zip(lines, opens, strict=True):
        shape = shape_of(line.text)
        known = shape in (later if _FIRST.match(line.text) else earlier)
        if begins or (shape and known and shape not in inside and _may_end(groups[-1][-1])):
            groups.append([line])
            earlier.add(shape)
        else:
            groups[-1].append(line)
    return groups


def _may_end(line: Line) -> bool:
    """Whether a paragraph may end with the line: a sentence does, or points are announced."""
    return line.ink[-1].text[-1:] in _TERMINAL + _ANNOUNCING


def shapes_inside(lines: Sequence[Line]) -> set[str]:
    """The forms of points that begin in the middle of lines."""
    return {shape_of(found[1]) for line in lines for found in _POINT_INSIDE.finditer(line.text)}


def shape_of(text: str) -> str:
    """The form of the point that a text begins with (`1.`, `（1）`, `1是`), empty for none."""
    found = _POINT.match(text)
    return _NUMBER.sub("1", found[0]).strip() if found else ""


def goes_on(line: Line, following: Line, left: float, right: float, begins: float | None = None) -> bool:
    """Whether the next line belongs to the same paragraph: no room was left for its first word.

    ``begins`` is where the next line would begin if it stood in the column of the first.
    """
    x0 = following.x0 if begins is None else begins
    if x0 - left > _INDENT * following.size and x0 - line.x0 > _SLACK * line.size:
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


def parted(text: str, following: str) -> bool:
    """Whether a blank stands between two lines of one paragraph: between words of letters only.

    >>> parted("科技委员", "会"), parted("of the", "year")
    (False, True)
    """
    return text[-1:].isascii() and text[-1:].isalpha() and following[:1].isascii() and following[:1].isalpha()


def _first_word(line: Line) -> float:
    """The width of what could not have been parted at the line's beginning: `中，`, `“十`, `2021`."""
    ink = line.ink
    text = "".join(glyph.text[:1] for glyph in ink)
    found = _WORD.match(text)
    return ink[(found.end() if found else 1) - 1].x1 - ink[0].x0
