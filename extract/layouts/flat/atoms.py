"""The pieces of a table whose borders are lost: whole lines, or what blanks set apart within them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from extract.body import Line
from extract.layouts.flat.cells import BORDER
from extract.numbering import head
from schema.text import Text

Gap = Literal["blank", "wide", "line", "paragraph"]
"""What stands before a piece: a blank, a tab or several blanks, a line's end, an empty line."""

_WIDE: Final = re.compile(r"\t|[ \u3000]{2,}")
_STOPS: Final = "。；;！!？?"
_OPEN: Final = "、，,：:（(“《"
_BLANKS: Final = re.compile(r"\s+")
# Lines as long as their column is wide go on in the next: so many lines are, so many of these a bit longer.
_FULL_SHARE: Final = 0.06
_LONGER: Final = 0.35


@dataclass(frozen=True)
class Atom:
    """A piece and the border before it; ``full`` tells a line that its column's width may have broken."""

    line: Line
    start: int
    end: int
    gap: Gap
    full: bool = False

    @cached_property
    def value(self) -> str:
        return self.line.value[self.start : self.end]

    @cached_property
    def size(self) -> int:
        return len(_BLANKS.sub("", self.value))

    @cached_property
    def stopped(self) -> bool:
        """Whether a sentence ends with the piece."""
        return self.value[-1:] in _STOPS

    @cached_property
    def open(self) -> bool:
        """Whether the piece breaks off inside a sentence: 建设、"""
        return self.value[-1:] in _OPEN

    @cached_property
    def listed(self) -> bool:
        """Whether the piece begins with a number of its own: 2.补植1万株。"""
        return head(self.value) is not None

    @property
    def opens_line(self) -> bool:
        return self.gap in {"line", "paragraph"}


def whole_lines(lines: Sequence[Line], gaps: Sequence[int]) -> list[Atom]:
    """A piece a line; ``gaps`` are the characters of the source before each."""
    full = _full_sizes(lines)
    least = _single(gaps)
    atoms = []
    for line, gap in zip(lines, gaps, strict=True):
        border: Gap = "paragraph" if least and gap > least else "line"
        atoms.append(Atom(line, 0, len(line.value), border, len(line.value) in full))
    return atoms


def blank_parts(lines: Iterable[Line]) -> list[Atom]:
    """The parts of each line between blanks; a blank behind a list number or in Latin words is none."""
    atoms: list[Atom] = []
    for line in lines:
        start, gap = 0, "line"
        for match in BORDER.finditer(line.value):
            if start < match.start():
                atoms.append(Atom(line, start, match.start(), gap))  # type: ignore[arg-type]
            start, gap = match.end(), "wide" if _WIDE.search(match.group()) else "blank"
        atoms.append(Atom(line, start, len(line.value), gap))  # type: ignore[arg-type]
    return atoms


def text_of(atoms: Sequence[Atom]) -> Text:
    """The pieces as one text, as they stand: blanks between those of a line, line ends between lines."""
    parts: list[Text] = []
    first = atoms[0]
    for before, atom in zip(atoms, [*atoms[1:], None], strict=True):
        if atom is None or atom.line is not before.line:
            parts.append(first.line.text.cut(first.start, before.end))
            first = atom or first
    return Text.join(parts, "\n")


def _full_sizes(lines: Sequence[Line]) -> frozenset[int]:
    """Lengths that many lines have, to a character, and hardly any a little longer one: a column's width."""
    sizes = Counter(len(line.value) for line in lines)
    least = max(4.0, _FULL_SHARE * len(lines))
    full: set[int] = set()
    for size in sizes:
        shared = sizes[size] + sizes[size - 1]
        longer = sum(sizes[size + more] for more in (1, 2))
        if size > 4 and shared >= least and longer <= _LONGER * shared:
            full |= {size, size - 1}
    return frozenset(full)


def _single(gaps: Sequence[int]) -> int:
    """The gap of a plain line end where some, but not most, borders are plain; else 0."""
    counted = Counter(gaps[1:])
    if not counted:
        return 0
    least = min(counted)
    return least if least <= 2 and counted[least] * 2 < len(gaps) else 0
