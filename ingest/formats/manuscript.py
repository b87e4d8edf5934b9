"""A document without characters of its own → Page: what a format's reader found, in reading order.

Such a format (docx, xlsx, pdf, …) has bytes but no decoded original: what was read out of it
stands in its place. *Source* is the text as laid down here, *text* the same after repair. Where
in the original it stands is told by the page's parts: while it is laid down, the source of each
character is the number of its part.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.folding import folded, lines
from ingest.repair import repair
from ingest.sheet import Entry, Sheet
from schema.errors import Rejected
from schema.issues import Issue
from schema.page import Block, BlockKind, Cell, Page, RawDocument, Table
from schema.records import Part
from schema.text import Text


@dataclass(frozen=True, slots=True)
class Box:
    """A table cell as a format has it: its paragraphs, and the columns and rows it spans."""

    paragraphs: tuple[str | Text, ...] = ()
    header: bool = False
    columns: int = 1
    rows: int = 1


class Manuscript:
    """Collects headings, paragraphs and tables; ``page`` makes a Page of them.

    What a reader gives as plain text is counted: it stands in ``paragraph 3``, ``table 1 row 2``.

    >>> manuscript = Manuscript()
    >>> manuscript.line("重点任务", "heading", 1)
    >>> manuscript.table([[Box(("任务",)), Box(("进展",))], [Box(("地铁",)), Box(("一期　通车",))]])
    >>> page = manuscript.page(RawDocument("a.docx", "a.docx", b""), "application/x", "docx")
    >>> page.text.value
    '重点任务\\n任务\\t进展\\n地铁\\t一期 通车'
    >>> [part.name for part in page.parts]
    ['paragraph 1', 'table 1 row 1', 'table 1 row 2']
    """

    def __init__(self) -> None:
        self._sheet = Sheet()
        self._parts: dict[str, int] = {}
        self._paragraphs = self._tables = 0

    def placed(self, value: str, part: str) -> Text:
        """The characters as those of a named part of the original: ``page 3``, ``落实情况!C14``."""
        return Text.made(value, self._parts.setdefault(part, len(self._parts)))

    def line(self, value: str | Text, kind: BlockKind = "paragraph", level: int = 0) -> None:
        """Lay down a paragraph; line ends in it part it, blank lines leave no trace."""
        if isinstance(value, str):
            self._paragraphs += bool(value.strip())
            value = self.placed(value, f"paragraph {self._paragraphs}")
        for text in _lines((value,)):
            self._sheet.line(text, kind, level)

    def table(self, rows: Iterable[Sequence[Box]]) -> None:
        """Lay down a table; spans are resolved as in HTML: a spanned position has no box of its own.

        A frame of one column is no table: its paragraphs are lines.
        """
        rows = list(rows)
        if max(map(len, rows), default=0) > 1:
            self._tables += 1
            self._sheet.table([[*self._entries(row, at)] for at, row in enumerate(rows, 1)])
            return
        for box in (box for row in rows for box in row):
            for paragraph in box.paragraphs:
                self.line(paragraph)

    def _entries(self, row: Sequence[Box], number: int) -> Iterator[Entry]:
        part = f"table {self._tables} row {number}"
        for box in row:
            texts = (self.placed(said, part) if isinstance(said, str) else said for said in box.paragraphs)
            yield Entry(tuple(_lines(texts)), box.header, box.columns, box.rows)

    def page(self, raw: RawDocument, media_type: str, encoding: str, issues: Sequence[Issue] = ()) -> Page:
        """The page, repaired. Raises Rejected (``read``, ``empty``) when nothing was laid down."""
        laid, blocks = self._sheet.finish()
        if len(laid.value.split()) == 0 or len(laid) < 2:
            raise Rejected("read", "empty", "no text in the document")
        parts = tuple(self._named(laid))
        repaired = repair(Text.of(laid.value))
        if repaired.text.value != laid.value:
            blocks = tuple(_moved(block, repaired.text) for block in blocks)
            parts = tuple(_moved_part(part, repaired.text) for part in parts)
        found = [_shifted(issue, repaired.text) for issue in repaired.issues]
        return Page(raw, media_type, encoding, repaired.text, blocks, issues=(*issues, *found), parts=parts)

    def _named(self, laid: Text) -> Iterator[Part]:
        """The parts that the text runs through, in its order."""
        names = [*self._parts]
        for number, group in groupby(laid.stretches(), key=lambda stretch: stretch[2][0]):
            stretches = [*group]
            yield Part(name=names[number], start=stretches[0][0], end=stretches[-1][1])


def _lines(paragraphs: Iterable[Text]) -> list[Text]:
    """The lines of the paragraphs, white space folded, blank ones left out."""
    found = (folded(line) for paragraph in paragraphs for line in lines(paragraph))
    return [line for line in found if line]


def _offset(at: int, text: Text) -> int:
    """Where the source offset stands in the text: before the first character that begins there or later."""
    return bisect_left(range(len(text)), at, key=lambda i: text.locate(i, i + 1)[0])


def _moved(block: Block, text: Text) -> Block:
    start, end = _offset(block.start, text), _offset(block.end, text)
    rows = block.table.rows if block.table else ()
    table = Table(tuple(tuple(_moved_cell(cell, text) for cell in row) for row in rows))
    return replace(block, start=start, end=end, table=table if block.table else None)


def _moved_cell(cell: Cell, text: Text) -> Cell:
    return replace(cell, start=_offset(cell.start, text), end=_offset(cell.end, text))


def _moved_part(part: Part, text: Text) -> Part:
    return Part(name=part.name, start=_offset(part.start, text), end=_offset(part.end, text))


def _shifted(issue: Issue, text: Text) -> Issue:
    if issue.start is None or issue.end is None:
        return issue
    start, end = _offset(issue.start, text), _offset(issue.end, text)
    return issue.model_copy(update={"start": start, "end": max(start, end)})
