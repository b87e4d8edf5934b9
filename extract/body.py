"""The body of a page: its lines and tables without furniture, title and metadata."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from extract.unbroken import breaks, is_unbroken
from schema.page import Block, Cell, Page, Table
from schema.records import Label
from schema.text import Interval, Text

# what no line begins with: 。 ， ： of a line cut by its length, but not the ::: in front of a page
_CLOSING: Final = re.compile(r"[，。、；：！？）”》](?![：:])")


class Line:
    """One line of the body: a half-open interval of the page's text without outer blanks.

    ``level`` is the heading level that the markup declares (0: none); ``cell`` tells lines
    that stand in a table. Never changed once made.
    """

    __slots__ = ("cell", "end", "level", "start", "text", "value")

    def __init__(self, text: Text, level: int = 0, cell: bool = False) -> None:
        self.text = text
        self.value = text.value
        self.start, self.end = text.bounds()
        self.level = level
        self.cell = cell

    def __repr__(self) -> str:
        return f"Line({self.text!r}, {self.level}, {self.cell})"


@dataclass(frozen=True)
class Body:
    """The page's text less what ``labels`` already account for.

    ``header_words`` and ``label_words`` are what the issuer's form adds to the lexicon, for this page only.
    """

    page: Page
    labels: tuple[Label, ...] = ()
    title: str | None = None
    report_year: int | None = None
    header_words: tuple[tuple[str, str], ...] = ()
    label_words: tuple[tuple[str, str], ...] = ()
    whole: Body | None = field(default=None, compare=False, repr=False)
    """The same page without labels, whose lines needn't be made again."""

    def less(self, labels: Iterable[Label]) -> Body:
        """The body without what these labels account for too."""
        whole = self.whole or (None if self.labels else self)
        return replace(self, labels=(*self.labels, *labels), whole=whole)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines in order; table cells give a line a paragraph.

        A line that begins with a closing mark goes on with the one above: 状态 / ：已完成 was set too narrow.
        """
        found: list[Line] = []
        for line in self._cut:
            if found and _CLOSING.match(line.value) and self._next(found[-1], line):
                found.append(Line(Text.join((found.pop().text, line.text))))
            else:
                found.append(line)
        return tuple(found)

    @cached_property
    def _cut(self) -> list[Line]:
        """The lines as they are printed; those that no label touches are the whole page's."""
        if self.whole is None:
            return [line for block in self.page.blocks for line in self._lines_of(block)]
        found: list[Line] = []
        for line in self.whole._cut:
            if self._touched(line):
                found += self._split(line.start, line.end, line.level, cell=line.cell)
            else:
                found.append(line)
        return found

    def _touched(self, line: Line) -> bool:
        behind = bisect_left(self._starts, line.end) - 1
        return behind >= 0 and self._taken[behind][1] > line.start

    def _next(self, before: Line, line: Line) -> bool:
        """Whether a line stands right under another one, outside tables."""
        between = self.page.text.value[before.end : line.start]
        return not before.cell and not line.cell and between.count("\n") == 1 and not between.strip()

    @cached_property
    def tables(self) -> tuple[tuple[Block, Table], ...]:
        return tuple((block, block.table) for block in self.page.blocks if block.table)

    @cached_property
    def size(self) -> int:
        """Characters of the body, white space not counted."""
        return sum(len(line.value) for line in self.lines)

    def cell(self, cell: Cell) -> Text:
        """A cell's text, stripped."""
        return self.page.cut(cell.start, cell.end).strip()

    def _lines_of(self, block: Block) -> Iterator[Line]:
        if block.kind == "furniture":
            return
        if block.table is None:
            yield from self._split(block.start, block.end, block.level, cell=False)
            return
        seen: set[Interval] = set()
        for row in block.table.rows:
            for cell in row:
                place = (cell.start, cell.end)
                if place not in seen:
                    seen.add(place)
                    yield from self._split(cell.start, cell.end, 0, cell=True)

    def _split(self, start: int, end: int, level: int, *, cell: bool) -> Iterator[Line]:
        for low, high in self.free(start, end):
            at = low
            for part in self.page.text.value[low:high].split("\n"):
                begins = [] if cell or not is_unbroken(part, len(self.page.text)) else breaks(part)
                for first, last in zip([0, *begins], [*begins, len(part)], strict=True):
                    text = self.page.cut(at + first, at + last).strip()
                    if text:
                        yield Line(text, level, cell)
                at += len(part) + 1

    def free(self, start: int, end: int) -> Iterator[Interval]:
        """The parts of start … end that no label covers."""
        first = max(0, bisect_right(self._starts, start) - 1)
        for at in range(first, len(self._taken)):
            low, high = self._taken[at]
            if low >= end:
                break
            if high <= start:
                continue
            if low > start:
                yield (start, low)
            start = max(start, high)
        if start < end:
            yield (start, end)

    @cached_property
    def _taken(self) -> list[Interval]:
        return merged([(label.start, label.end) for label in self.labels])

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._taken]


def merged(intervals: Sequence[Interval]) -> list[Interval]:
    """Overlapping and touching intervals united, in order.

    >>> merged([(5, 8), (0, 2), (2, 3), (6, 9)])
    [(0, 3), (5, 9)]
    """
    united: list[Interval] = []
    for start, end in sorted(intervals):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        elif start < end:
            united.append((start, end))
    return united
