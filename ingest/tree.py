"""The run stream → a light tree with the places of its texts, by the rules of HTML that matter here.

Only elements that part text get a node: `<span>` and `<font>` are transparent, so that
misnested ones (`<b><p></b>…</p>`) can't tear a paragraph. Building is iterative and
linear: what is open is counted per scope, so a stray end tag costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ingest.elements import BLOCK, CLOSES_P, HEADINGS, INLINE, VOID
from ingest.markup import Token, attributes, tokens

_CELLS: Final = frozenset({"td", "th", "caption"})
_SECTIONS: Final = frozenset({"tbody", "thead", "tfoot"})
_TABLE_PARTS: Final = _CELLS | _SECTIONS | {"table", "tr", "col", "colgroup"}
_ROW_HOLDERS: Final = _SECTIONS | {"table"}
_LISTS: Final = frozenset({"ul", "ol", "menu", "dir", "dl"})
_ITEMS: Final = frozenset({"li", "dd", "dt"})
_PAGE_PARTS: Final = frozenset({"h1", "nav", "main", "article", "header", "footer"})
_TRANSPARENT: Final = INLINE | {"html", "body", "head", "link", "meta", "input", "col", "colgroup"}
_PARAGRAPHS: Final = frozenset({"p", "div", "li", "dd", "h1", "h2", "h3", "h4", "h5", "h6"})
_HIDING: Final = re.compile(r"display\s*+:\s*+none|visibility\s*+:\s*+hidden", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Element:
    """A node: its start tag and its children, runs of text and elements in order.

    ``size`` counts the visible characters inside, ``nested`` those of tables inside a
    table, ``parts`` the paragraphs; ``structured``: a table holds parts of a page.
    """

    name: str
    token: Token | None = None
    hidden: bool = False
    children: list[Element | Token] = field(default_factory=list)
    size: int = 0
    nested: int = 0
    parts: int = 0
    structured: bool = False


@dataclass(slots=True)
class Tree:
    """The root, the tags that speak about the page, and how much text there is and is hidden."""

    root: Element
    declarations: list[Token]
    runs: list[Token]
    hidden_size: int
    depth: int


@dataclass(slots=True)
class _Scope:
    """What is open inside the page, a table or a cell: end tags don't reach beyond it."""

    root: Element
    counts: dict[str, int] = field(default_factory=dict)
    items: list[int] = field(default_factory=lambda: [0])


def build(source: str) -> Tree:
    """The tree of a page or a fragment; never fails, whatever the markup.

    >>> tree = build("<table><tr><td>任务<td>进展<tr><td>地铁")
    >>> table = tree.root.children[0]
    >>> [[len(row.children)] for row in table.children]
    [[2], [1]]
    """
    builder = _Builder(source)
    for token in tokens(source):
        builder.take(token)
    return builder.finish()


class _Builder:
    def __init__(self, source: str) -> None:
        self._source = source
        self._root = Element("")
        self._stack = [self._root]
        self._scopes = [_Scope(self._root)]
        self._tables: list[Element] = []
        self._tree = Tree(self._root, [], [], 0, 0)
        self._size = 0
        self._parts = 0
        self._hidden = 0

    def take(self, token: Token) -> None:
        if token.kind in ("text", "cdata"):
            self._text(token)
        elif token.kind == "raw":
            if token.name == "title":
                self._tree.declarations.append(token)
        elif token.kind == "open":
            self._open(token)
        else:
            self._close(token.name)

    def finish(self) -> Tree:
        while len(self._stack) > 1:
            self._pop()
        self._root.size = self._size
        return self._tree

    def _text(self, token: Token) -> None:
        text = self._source[token.start : token.end]
        size = len(text.replace("&nbsp;", "").strip())
        self._size += size
        if self._hidden:
            self._tree.hidden_size += size
        self._tree.runs.append(token)
        self._stack[-1].children.append(token)

    def _open(self, token: Token) -> None:
        name = token.name
        if name == "meta":
            self._tree.declarations.append(token)
        if name in _TRANSPARENT or name not in BLOCK:
            self._open_inline(token)
            return
        self._make_room(name)
        if name in VOID:
            self._stack[-1].children.append(Element(name))
        elif name != "form" or self._stack[-1].name not in _ROW_HOLDERS | {"tr"}:
            self._push(Element(name, token, self._hides(token)))

    def _open_inline(self, token: Token) -> None:
        """Inline elements get a node only where they hide text."""
        if token.name in INLINE and token.name not in VOID and (self._hidden or self._hides(token)):
            self._push(Element(token.name, token, self._hides(token)))

    def _hides(self, token: Token) -> bool:
        tag = self._source[token.inner : token.end].lower()
        if "none" not in tag and "hidden" not in tag:
            return False
        found = attributes(self._source, token)
        return "hidden" in found or _HIDING.search(found.get("style", "")) is not None

    def _make_room(self, name: str) -> None:
        """Close what the start tag ends without saying so."""
        if name in _TABLE_PARTS:
            self._make_table_room(name)
        if name in CLOSES_P and self._count("p"):
            self._pop_to("p")
        if name in _ITEMS and self._scopes[-1].items[-1]:
            self._pop_item()
        elif name in HEADINGS and self._stack[-1].name in HEADINGS:
            self._pop()
        elif name in ("option", "optgroup") and self._count("option"):
            self._pop_to("option")

    def _make_table_room(self, name: str) -> None:
        """Bring the stack to where a table part belongs; outside tables it is just a block."""
        if name == "table":
            if self._scopes[-1].root.name == "table":
                self._pop_scope()
            return
        if not self._tables:
            return
        if self._scopes[-1].root.name in _CELLS:
            self._pop_scope()
        holders = _ROW_HOLDERS | {"tr"} if name in _CELLS else _ROW_HOLDERS if name == "tr" else {"table"}
        while self._stack[-1].name not in holders:
            self._pop()
        if name in ("td", "th") and self._stack[-1].name != "tr":
            self._push(Element("tr"))

    def _push(self, element: Element) -> None:
        name = element.name
        scope = self._scopes[-1]
        self._count_up(scope, name, 1)
        self._hidden += element.hidden
        self._parts += name in _PARAGRAPHS
        element.size, element.parts = -self._size, -self._parts
        self._stack[-1].children.append(element)
        self._stack.append(element)
        self._tree.depth = max(self._tree.depth, len(self._stack))
        if name == "table" or (name in _CELLS and self._tables):
            self._scopes.append(_Scope(element))
        if name in _PAGE_PARTS and self._tables:
            self._tables[-1].structured = True
        if name == "table":
            self._tables.append(element)
        elif name in _LISTS:
            self._scopes[-1].items.append(0)

    def _pop(self) -> None:
        element = self._stack.pop()
        name = element.name
        if self._scopes[-1].root is element:
            self._scopes.pop()
        scope = self._scopes[-1]
        if name in _LISTS:
            scope.items.pop()
        self._count_up(scope, name, -1)
        self._hidden -= element.hidden
        element.size += self._size
        element.parts += self._parts
        if name == "table":
            self._tables.pop()
            if self._tables:
                self._tables[-1].nested += element.size

    def _count_up(self, scope: _Scope, name: str, step: int) -> None:
        key = "h" if name in HEADINGS else name
        scope.counts[key] = scope.counts.get(key, 0) + step
        if name in _ITEMS:
            scope.items[-1] += step

    def _count(self, name: str) -> int:
        return self._scopes[-1].counts.get("h" if name in HEADINGS else name, 0)

    def _pop_to(self, name: str) -> None:
        """Close elements up to the innermost one of the name, which is open in this scope."""
        names = HEADINGS if name in HEADINGS else (name,)
        while self._stack[-1].name not in names:
            self._pop()
        self._pop()

    def _pop_item(self) -> None:
        while self._stack[-1].name not in _ITEMS:
            self._pop()
        self._pop()

    def _pop_scope(self) -> None:
        root = self._scopes[-1].root
        while self._stack[-1] is not root:
            self._pop()
        self._pop()

    def _close(self, name: str) -> None:
        if name in _TABLE_PARTS and self._tables:
            self._close_table_part(name)
        elif self._count(name):
            self._pop_to(name)
        elif name in BLOCK and name not in _TRANSPARENT:
            # `</p>` without its start still parts the line, as in browsers
            self._stack[-1].children.append(Element("br"))

    def _close_table_part(self, name: str) -> None:
        cell = self._scopes[-1].root.name in _CELLS
        if name in _CELLS:
            if cell:
                self._pop_scope()
            return
        if cell:
            self._pop_scope()
        if name == "table":
            self._pop_scope()
        elif self._count(name):
            self._pop_to(name)
