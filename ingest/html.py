"""HTML → blocks: headings, paragraphs, furniture and table grids with their places in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ingest.declarations import declarations
from ingest.drawn import drawn_rows
from ingest.elements import FURNITURE, HEADINGS
from ingest.folding import decoded, folded, joined_wraps, lines
from ingest.markup import Token, attributes
from ingest.sheet import Entry, Sheet
from ingest.tables import is_grid, outside, rows_of
from ingest.tree import Element, Tree, build
from schema.page import Block, BlockKind, MetaTag
from schema.text import Text

_SPAN: Final = re.compile("span", re.IGNORECASE)


class Reading(NamedTuple):
    """What a page says: its text, its blocks, what it declares about itself, and its tree."""

    text: Text
    blocks: tuple[Block, ...]
    meta: tuple[MetaTag, ...]
    tree: Tree


class _Context(NamedTuple):
    """What the text at a place is: its kind, a heading's level, whether line ends count."""

    kind: BlockKind = "paragraph"
    level: int = 0
    preformatted: bool = False


class _Line(NamedTuple):
    """A line of the page with its context, or a table that stands in its place."""

    text: Text | None
    context: _Context
    table: Element | None = None


def read_html(text: Text) -> Reading:
    """The readable text of a page and its blocks in reading order.

    Hidden text is left out unless the page shows next to nothing else.

    >>> reading = read_html(Text.of("<h1>督查通报</h1><p>共<b>12</b>项&nbsp;<br>已完成3项</p>"))
    >>> reading.text.value, [(block.kind, block.level) for block in reading.blocks]
    ('督查通报\\n共12项\\n已完成3项', [('heading', 1), ('paragraph', 0), ('paragraph', 0)])
    """
    tree = build(text.value)
    walker = _Walker(text, tree)
    sheet = Sheet()
    for line in walker.lines(tree.root):
        if line.table is not None:
            sheet.table(walker.grid(line.table))
        elif line.text is not None:
            sheet.line(line.text, line.context.kind, line.context.level)
    return Reading(*sheet.finish(), declarations(text, tree.declarations), tree)


class _Walker:
    """Reads lines off the tree, iteratively: pages nest 100,000 deep."""

    def __init__(self, text: Text, tree: Tree) -> None:
        self._text = text
        self._total = tree.root.size
        self._shown = tree.hidden_size * 5 > tree.root.size * 4

    def lines(self, element: Element, flat: bool = False) -> Iterator[_Line]:
        """The lines below the element; ``flat`` reads the cells of tables as lines too."""
        run: list[Text] = []
        stack: list[tuple[Iterator[Element | Token], _Context]] = [(iter(element.children), _Context())]
        while stack:
            children, context = stack[-1]
            child = next(children, None)
            if isinstance(child, Token):
                if context.preformatted:
                    yield from self._preformatted(child, run, context)
                elif run or not self._text.value[child.start : child.end].isspace():
                    run.append(_readable(self._text.cut(child.start, child.end), child))
                continue
            if child is not None and child.hidden and not self._shown:
                continue
            if run:
                yield from _flushed(run, context)
            if child is None:
                stack.pop()
                continue
            inner = self._context(child, context)
            if not flat and inner.kind != "furniture" and self._is_table(child):
                for stray in outside(child) if child.name == "table" else ():
                    yield from self.lines(stray, flat=True)
                yield _Line(None, inner, child)
            else:
                stack.append((iter(child.children), inner))

    def _is_table(self, element: Element) -> bool:
        if element.name == "table":
            return is_grid(element)
        return bool(drawn_rows(self._text.value, element))

    def grid(self, table: Element) -> Iterator[list[Entry]]:
        """The rows of a table as cells to be laid down."""
        for cells in drawn_rows(self._text.value, table):
            yield [self._entry(cell, False) for cell in cells]
        for row, head in rows_of(table):
            if row.hidden and not self._shown:
                continue
            cells = [cell for cell in row.children if isinstance(cell, Element) and cell.name in ("td", "th")]
            yield [self._entry(cell, head) for cell in cells if self._shown or not cell.hidden]

    def _entry(self, cell: Element, head: bool) -> Entry:
        found = tuple(line.text for line in self.lines(cell, flat=True) if line.text)
        spans = self._spans(cell.token)
        columns, rows = _number(spans.get("colspan"), 1), _number(spans.get("rowspan"), 1)
        return Entry(found, head or cell.name == "th", max(1, columns), rows)

    def _spans(self, token: Token | None) -> dict[str, str]:
        if token is None or _SPAN.search(self._text.value, token.inner, token.end) is None:
            return {}
        return attributes(self._text.value, token)

    def _context(self, element: Element, context: _Context) -> _Context:
        name = element.name
        if name in ("pre", "textarea"):
            context = context._replace(preformatted=True)
        if context.kind == "furniture":
            return context
        if name in FURNITURE and element.size * 2 <= self._total:
            return context._replace(kind="furniture", level=0)
        return context._replace(kind="heading", level=HEADINGS[name]) if name in HEADINGS else context

    def _preformatted(self, token: Token, run: list[Text], context: _Context) -> Iterator[_Line]:
        """Where line ends count: all lines but the last are given out, which may go on."""
        *whole, last = lines(self._text.cut(token.start, token.end))
        for line in whole:
            run.append(_readable(line, token))
            yield from _flushed(run, context)
        run.append(_readable(last, token))


def _readable(piece: Text, token: Token) -> Text:
    piece = joined_wraps(piece)
    return piece if token.kind == "cdata" else decoded(piece)


def _flushed(run: list[Text], context: _Context) -> Iterator[_Line]:
    """The line that the collected runs make, if they make one."""
    line = folded(Text.join(run) if len(run) > 1 else run[0])
    run.clear()
    if line:
        yield _Line(line, context)


def _number(value: str | None, default: int) -> int:
    """A span as written: `2`, ` 3 `; anything else is the default."""
    value = (value or "").strip()[:5]
    return int(value) if value.isdecimal() else default
