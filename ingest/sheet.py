"""The page under construction: lines and tables in reading order become text and blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.grid import Slot, resolve
from schema.page import Block, BlockKind, Table
from schema.text import Text

_NEWLINE: Final = "\n"
_TAB: Final = "\t"


@dataclass(frozen=True, slots=True)
class Entry:
    """A table cell to be laid down: its paragraphs, and how many columns and rows it spans."""

    lines: tuple[Text, ...]
    header: bool = False
    columns: int = 1
    rows: int = 1


class Sheet:
    """Collects lines and tables in order; ``finish`` gives the page's text and its blocks.

    >>> sheet = Sheet()
    >>> sheet.line(Text.of("重点任务"), "heading", 1)
    >>> sheet.table([[Entry((Text.of("任务"),)), Entry((Text.of("进展"),))]])
    >>> text, blocks = sheet.finish()
    >>> text.value, [(b.kind, b.start, b.end) for b in blocks]
    ('重点任务\\n任务\\t进展', [('heading', 0, 4), ('table', 5, 10)])
    """

    def __init__(self) -> None:
        self._parts: list[Text] = []
        self._blocks: list[Block] = []
        self._size = 0
        self._place = 0

    def line(self, text: Text, kind: BlockKind = "paragraph", level: int = 0) -> None:
        """Lay down one line; a blank one leaves no trace."""
        if not text:
            return
        start = self._begin()
        self._add(text)
        self._blocks.append(Block(kind, start, self._size, level))

    def table(self, rows: Iterable[Sequence[Entry]]) -> None:
        """Lay down a table: cells joined by tabs, rows and the paragraphs of a cell by newlines."""
        rows = list(rows)
        kept = [any(entry.lines for entry in row) for row in rows]
        if not any(kept):
            return
        start = self._begin()
        slots: list[list[Slot]] = []
        for row, written in zip(rows, kept, strict=True):
            if written and self._size > start:
                self._separate(_NEWLINE)
            slots.append(self._row(row) if written else [self._blank(entry) for entry in row])
        grid = resolve(slots).rows
        table = Table(tuple(row for row, written in zip(grid, kept, strict=True) if written))
        self._blocks.append(Block("table", start, self._size, table=table))

    def finish(self) -> tuple[Text, tuple[Block, ...]]:
        """The page's text, and the blocks as intervals of it in order."""
        return Text.join(self._parts), tuple(self._blocks)

    def _row(self, row: Sequence[Entry]) -> list[Slot]:
        slots: list[Slot] = []
        for entry in row:
            if slots:
                self._separate(_TAB)
            start = self._size
            for index, line in enumerate(entry.lines):
                if index:
                    self._separate(_NEWLINE)
                self._add(line)
            slots.append(Slot(start, self._size, entry.header, entry.columns, entry.rows))
        return slots

    def _blank(self, entry: Entry) -> Slot:
        """A cell of a row without text: it only takes its place, so that spans above it come out right."""
        return Slot(self._size, self._size, entry.header, entry.columns, entry.rows)

    def _begin(self) -> int:
        if self._size:
            self._separate(_NEWLINE)
        return self._size

    def _add(self, text: Text) -> None:
        self._parts.append(text)
        self._size += len(text)
        self._place = text.locate(len(text) - 1, len(text))[1]

    def _separate(self, mark: str) -> None:
        """A character that the source doesn't hold: it only marks the place where the line ended."""
        self._parts.append(Text.made(mark, self._place))
        self._size += len(mark)
