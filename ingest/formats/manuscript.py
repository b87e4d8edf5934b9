"""A document without characters of its own → Page: what a format's reader found, in reading order.

Such a format (docx, xlsx, pdf, …) has bytes but no decoded original: what was read out of it
stands in its place. *Source* is the text as laid down here, *text* the same after repair.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.folding import folded, lines
from ingest.repair import repair
from ingest.sheet import Entry, Sheet
from schema.errors import Rejected
from schema.issues import Issue
from schema.page import Block, BlockKind, Cell, Page, RawDocument, Table
from schema.text import Text


@dataclass(frozen=True, slots=True)
class Box:
    """A table cell as a format has it: its paragraphs, and the columns and rows it spans."""

    paragraphs: tuple[str, ...] = ()
    header: bool = False
    columns: int = 1
    rows: int = 1


class Manuscript:
    """Collects headings, paragraphs and tables; ``page`` makes a Page of them.

    >>> manuscript = Manuscript()
    >>> manuscript.line("重点任务", "heading", 1)
    >>> manuscript.table([[Box(("任务",)), Box(("进展",))], [Box(("地铁",)), Box(("一期　通车",))]])
    >>> manuscript.page(RawDocument("a.docx", "a.docx", b""), "application/x", "docx").text.value
    '重点任务\\n任务\\t进展\\n地铁\\t一期 通车'
    """

    def __init__(self) -> None:
        self._sheet = Sheet()

    def line(self, value: str, kind: BlockKind = "paragraph", level: int = 0) -> None:
        """Lay down a paragraph; line ends in it part it, blank lines leave no trace."""
        for text in _lines((value,)):
            self._sheet.line(text, kind, level)

    def table(self, rows: Iterable[Sequence[Box]]) -> None:
        """Lay down a table; spans are resolved as in HTML: a spanned position has no box of its own.

        A frame of one column is no table: its paragraphs are lines.
        """
        rows = list(rows)
        if max(map(len, rows), default=0) > 1:
            self._sheet.table([[_entry(box) for box in row] for row in rows])
            return
        for box in (box for row in rows for box in row):
            for paragraph in box.paragraphs:
                self.line(paragraph)

    def page(self, raw: RawDocument, media_type: str, encoding: str, issues: Sequence[Issue] = ()) -> Page:
        """The page, repaired. Raises Rejected (``read``, ``empty``) when nothing was laid down."""
        laid, blocks = self._sheet.finish()
        if len(laid.value.split()) == 0 or len(laid) < 2:
            raise Rejected("read", "empty", "no text in the document")
        repaired = repair(Text.of(laid.value))
        if repaired.text.value != laid.value:
            blocks = tuple(_moved(block, repaired.text) for block in blocks)
        found = [_shifted(issue, repaired.text) for issue in repaired.issues]
        return Page(raw, media_type, encoding, repaired.text, blocks, issues=(*issues, *found))


def _entry(box: Box) -> Entry:
    return Entry(tuple(_lines(box.paragraphs)), box.header, box.columns, box.rows)


def _lines(paragraphs: Iterable[str]) -> list[Text]:
    """The lines of the paragraphs, white space folded, blank ones left out."""
    found = (folded(line) for paragraph in paragraphs for line in lines(Text.of(paragraph)))
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


def _shifted(issue: Issue, text: Text) -> Issue:
    if issue.start is None or issue.end is None:
        return issue
    start, end = _offset(issue.start, text), _offset(issue.end, text)
    return issue.model_copy(update={"start": start, "end": max(start, end)})
