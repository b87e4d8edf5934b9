"""Word documents (.docx, .docm, .dotx) → Page, read with zipfile and lxml alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from ingest.formats.listing import Listing
from ingest.formats.manuscript import Manuscript
from ingest.formats.package import Package
from ingest.formats.styles import Styles, outline
from ingest.formats.wordgrid import boxes
from ingest.formats.wordml import child, children, is_on, name, number, value
from schema.errors import Rejected
from schema.page import Page, RawDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# they only wrap what they hold; what was deleted or moved away is not in here
_WRAPPERS: Final = {
    "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo",
    "body", "AlternateContent", "Choice", "rubyBase", "ruby",
}  # fmt: skip
_MARKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_MAX_DEPTH: Final = 60


class _Line(NamedTuple):
    text: str
    level: int = 0


def read(raw: RawDocument) -> Page:
    """The paragraphs, headings and tables of the document in their order, notes at the end.

    Macros, fields' instructions, hidden and deleted text aren't read. Raises Rejected (stage
    ``parse``: ``damaged``, ``encrypted``, ``entities``; stage ``read``: ``bomb``, ``empty``).
    """
    return laid(Package(raw.data)).page(raw, MEDIA_TYPE, "docx")


def laid(package: Package) -> Manuscript:
    """What the parts of a docx say, laid down. Raises Rejected as ``read`` does."""
    root = package.xml("word/document.xml")
    if root is None:
        raise Rejected("parse", "damaged", "the document's main part is missing")
    manuscript = Manuscript()
    _Reader(package).lay(root, manuscript)
    return manuscript


class _Reader:
    def __init__(self, package: Package) -> None:
        self._styles = Styles(package.xml("word/styles.xml"))
        self._listing = Listing(package.xml("word/numbering.xml"))
        self._notes = [package.xml(f"word/{kind}.xml") for kind in ("footnotes", "endnotes")]

    def lay(self, root: _Element, manuscript: Manuscript) -> None:
        for element in self._blocks(root):
            if name(element) == "tbl":
                manuscript.table(boxes(element, self._cell))
                continue
            for line in self._paragraph(element):
                manuscript.line(line.text, "heading" if line.level else "paragraph", line.level)
        for note in (note for part in self._notes for note in children(part, "footnote", "endnote")):
            if value(note, "type") in (None, "normal"):
                for text in self._cell(note):
                    manuscript.line(text)

    def _blocks(self, element: _Element, depth: int = 0) -> Iterator[_Element]:
        """The paragraphs and tables below the element, wrappers opened."""
        for inner in children(element):
            kind = name(inner)
            if kind in ("p", "tbl"):
                yield inner
            elif kind in _WRAPPERS and depth < _MAX_DEPTH:
                yield from self._blocks(inner, depth + 1)

    def _cell(self, element: _Element) -> Iterator[str]:
        """The paragraphs of a cell; a table inside it gives a line a row."""
        for inner in self._blocks(element):
            if name(inner) == "tbl":
                for row in boxes(inner, self._cell):
                    yield "\u3000".join(str(text) for box in row for text in box.paragraphs)
            else:
                yield from (line.text for line in self._paragraph(inner))

    def _paragraph(self, element: _Element) -> Iterator[_Line]:
        """The paragraph with its number, and those of the text boxes anchored in it."""
        properties = child(element, "pPr")
        style = self._styles[value(child(properties, "pStyle")) or ""]
        level = outline(properties) or style.heading
        if number(child(properties, "outlineLvl"), 0) == 9:
            level = 0
        text = "" if style.hidden else "".join(_runs(element))
        own = child(properties, "numPr")
        list_id = value(child(own, "numId")) or style.list_id
        if text.strip() and list_id not in ("", "0"):
            text = self._listing.label(list_id, number(child(own, "ilvl"), style.list_level)) + text
        yield _Line(text, level)
        for box in _text_boxes(element):
            yield from (_Line(text) for text in self._cell(box))


def _runs(element: _Element, depth: int = 0) -> Iterator[str]:
    """The visible characters of a paragraph, piece by piece."""
    for inner in children(element):
        kind = name(inner)
        if kind == "r":
            if not is_on(child(inner, "rPr", "vanish")):
                yield from _run(inner)
        elif kind in _WRAPPERS and depth < _MAX_DEPTH:
            yield from _runs(inner, depth + 1)


def _run(run: _Element) -> Iterator[str]:
    for inner in children(run):
        kind = name(inner)
        if kind == "t":
            yield inner.text or ""
        elif kind == "ruby":
            yield from _runs(inner)
        else:
            yield _MARKS.get(kind, "")


def _text_boxes(paragraph: _Element) -> Iterator[_Element]:
    """The outermost text boxes of a paragraph, each once: a fallback repeats what its choice says."""
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if name(element) == "txbxContent":
            yield element
        elif name(element) == "AlternateContent":
            waiting.extend(list(children(element, "Choice"))[:1] or children(element, "Fallback"))
        else:
            waiting.extend(reversed([inner for inner in children(element) if name(inner) != "pPr"]))
