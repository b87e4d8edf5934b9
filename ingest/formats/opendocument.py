"""OpenDocument (.odt, .ods) → Page, read with zipfile and lxml alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ingest.formats.manuscript import Box, Manuscript
from ingest.formats.package import Package
from ingest.formats.spreadsheet import MAX_CELLS, Range, lay
from ingest.formats.wordml import name
from schema.errors import Rejected
from schema.page import Page, RawDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument."

_GROUPS: Final = {
    "section",
    "list",
    "list-item",
    "list-header",
    "table-of-content",
    "index-body",
    "text-box",
    "note-body",
}
_ROW_GROUPS: Final = {"table-header-rows", "table-rows", "table-row-group"}
# what stands inside of a paragraph and isn't its text
_ASIDE: Final = {"note", "annotation", "frame", "ruby-text"}
_MARKS: Final = {"tab": "\t", "line-break": "\n"}
_MAX_DEPTH: Final = 60
_MAX_COLUMNS: Final = 16384
_WIDEST: Final = 200
_FORMAT: Final = {"text": "odt", "spreadsheet": "ods"}


def read(raw: RawDocument) -> Page:
    """The paragraphs, headings and tables of a text, or the visible sheets of a workbook, in their order.

    Numbers that the program writes before list paragraphs aren't read. Raises Rejected (stage ``parse``:
    ``damaged``, ``encrypted``, ``entities``, ``too_many_cells``; stage ``read``: ``bomb``, ``empty``).
    """
    package = Package(raw.data)
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise Rejected("parse", "encrypted", "the document is protected by a password")
    root = package.xml("content.xml")
    body = None if root is None else next((e for e in root if name(e) == "body"), None)
    inner = next((e for e in body if name(e) in _FORMAT), None) if body is not None else None
    if root is None or inner is None:
        raise Rejected("parse", "damaged", "the document's content is missing")
    manuscript = Manuscript()
    if name(inner) == "text":
        _lay_text(inner, manuscript)
    else:
        hidden = _hidden(root)
        for sheet in (e for e in inner if name(e) == "table" and _own(e, "style-name") not in hidden):
            _lay_sheet(sheet, manuscript)
    return manuscript.page(raw, MEDIA_TYPE + name(inner), _FORMAT[name(inner)])


def _lay_text(element: _Element, manuscript: Manuscript, depth: int = 0) -> None:
    for inner in element:
        kind = name(inner)
        if kind in ("p", "h"):
            level = _count(inner, "outline-level") if kind == "h" else 0
            manuscript.line(_text(inner), "heading" if level else "paragraph", min(level, 6))
            for aside in _asides(inner):
                _lay_text(aside, manuscript, depth + 1)
        elif kind == "table":
            manuscript.table([*_row(row)] for row, _ in _rows(inner))
        elif kind in _GROUPS and depth < _MAX_DEPTH:
            _lay_text(inner, manuscript, depth + 1)


def _row(row: _Element) -> Iterator[Box]:
    """The cells of a row; those that another one covers have no box."""
    for cell in row:
        if name(cell) == "table-cell":
            spans = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
            box = Box(tuple(_paragraphs(cell)), False, *spans)
            yield from [box] * min(_count(cell, "number-columns-repeated"), _WIDEST)


def _asides(element: _Element) -> Iterator[_Element]:
    """The text boxes and notes that are anchored in a paragraph."""
    for inner in element:
        if name(inner) in ("frame", "note"):
            yield inner
        elif name(inner) != "annotation":
            yield from _asides(inner)


def _lay_sheet(sheet: _Element, manuscript: Manuscript) -> None:
    """A sheet as a grid: what is repeated is written out, up to the last row and column that are filled."""
    values: list[list[str]] = []
    ranges: list[Range] = []
    blank = width = 0
    for row, times in _rows(sheet):
        line = _line(row, len(values) + blank, ranges)
        if not line:
            blank += times
            continue
        width = max(width, len(line))
        if (len(values) + blank + times) * width > MAX_CELLS:
            raise Rejected("parse", "too_many_cells", f"a sheet spans more than {MAX_CELLS} cells")
        values.extend([[]] * blank + [line] * times)
        blank = 0
    lay([line + [""] * (width - len(line)) for line in values], ranges, _own(sheet, "name") or "", manuscript)


def _line(row: _Element, number: int, ranges: list[Range]) -> list[str]:
    """The values of a row up to its last filled cell; adds the ranges that its cells span."""
    line: list[str] = []
    blank = 0
    for cell in row:
        if name(cell) not in ("table-cell", "covered-table-cell"):
            continue
        value = "\n".join(_paragraphs(cell))
        times = _count(cell, "number-columns-repeated")
        if not value:
            blank += times
            continue
        columns, rows = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        line.extend([""] * min(blank, _MAX_COLUMNS))
        if (columns, rows) != (1, 1):
            ranges.append(((number, len(line)), (number + rows - 1, len(line) + columns - 1)))
        line.extend([value] * min(times, _MAX_COLUMNS))
        blank = 0
    return line


def _rows(table: _Element) -> Iterator[tuple[_Element, int]]:
    """The rows of the table itself, and how often each stands there."""
    for inner in table:
        if name(inner) == "table-row":
            yield inner, _count(inner, "number-rows-repeated")
        elif name(inner) in _ROW_GROUPS:
            yield from _rows(inner)


def _paragraphs(cell: _Element) -> Iterator[str]:
    """The paragraphs of a cell, those of lists and of tables inside it too."""
    return (text for e in cell.iter() if name(e) in ("p", "h") if (text := _text(e)).strip())


def _text(element: _Element) -> str:
    return "".join(_pieces(element, 0))


def _pieces(element: _Element, depth: int) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        kind = name(inner)
        if kind == "s":
            yield " " * min(_count(inner, "c"), _WIDEST)
        elif kind in _MARKS:
            yield _MARKS[kind]
        elif kind not in _ASIDE and depth < _MAX_DEPTH:
            yield from _pieces(inner, depth + 1)
        yield inner.tail or ""


def _hidden(root: _Element) -> set[str | None]:
    """The names of the styles of sheets that aren't shown."""
    shown = (e for e in root.iter() if name(e) == "table-properties" and _own(e, "display") == "false")
    return {_own(parent, "name") for e in shown if (parent := e.getparent()) is not None}


def _own(element: _Element, attribute: str) -> str | None:
    """The attribute of that name in whatever name space."""
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == attribute), None)


def _count(element: _Element, attribute: str) -> int:
    """The attribute as a number from 1 on."""
    value = _own(element, attribute) or "1"
    return max(1, int(value[:9])) if value.isascii() and value.isdecimal() else 1
