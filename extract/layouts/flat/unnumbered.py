"""The flattened-table layout without row numbers: the header's columns repeat, row after row.

``captions`` finds the header, ``atoms`` the pieces, ``periodic`` the rows; only what is told much better
by a table than by prose is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final

from extract.body import Body, Line
from extract.draft import Draft, Reading
from extract.layouts.flat.atoms import Atom, blank_parts, text_of, whole_lines
from extract.layouts.flat.captions import captions
from extract.layouts.flat.cells import Cut, cell_of
from extract.layouts.flat.evidence import is_clear, is_whole
from extract.layouts.flat.headrow import HeadRow, texts_of
from extract.layouts.flat.model import Borders, Cells, Place
from extract.layouts.flat.period import is_heading, periodic
from extract.layouts.flat.rows import draft_of
from extract.layouts.grid.header import Pairs
from extract.layouts.grid.states import told_by_cells
from schema.records import Label
from schema.text import Text

_HEADERS: Final = 3
"""Headers that are tried: words of a header stand in menus, too."""
_CONFIDENCE: Final = 0.85
_PAGE_NUMBER: Final = re.compile(r"[—\-–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:[\s,，]*共\s*\d+\s*页)?[—\-–\s]*$")
_BLANKS: Final = re.compile(r"[\s|]+")


@dataclass(frozen=True, slots=True)
class _Found:
    """A table: its header, its pieces and the reading of them."""

    header: HeadRow
    atoms: Sequence[Atom]
    cells: Cells


def read(body: Body) -> Reading:
    """The rows behind a header without number column; score 0 without clear evidence."""
    lines = [line for line in body.lines if not line.cell]
    tried: set[tuple[str, ...]] = set()
    for header, after in islice(captions(lines, body.header_words), _HEADERS):
        if header.words in tried:
            continue  # printed again on a later page
        tried.add(header.words)
        rest = [line for line in lines[after:] if not _PAGE_NUMBER.match(line.value)]
        found = _best(body, header, list(_without(rest, header)))
        if found and is_clear(found.cells, found.atoms, header.columns):
            return _reading(body, lines, _told(found, body.header_words))
    return Reading("flattened_table", 0.0)


def _without(lines: Sequence[Line], header: HeadRow) -> Iterator[Line]:
    """The lines that don't print the header again."""
    printed = "".join(header.words)
    skip = 0
    for index, line in enumerate(lines):
        skip = skip or _repeated(lines, index, printed)
        if skip:
            skip -= 1
        else:
            yield line


def _repeated(lines: Sequence[Line], index: int, printed: str) -> int:
    joined = ""
    for at in range(index, len(lines)):
        joined += _BLANKS.sub("", lines[at].value)
        if joined == printed:
            return at + 1 - index
        if not printed.startswith(joined):
            break
    return 0


def _best(body: Body, header: HeadRow, lines: Sequence[Line]) -> _Found | None:
    """The better of two readings: a piece a line, or rows that begin lines and cells behind blanks."""
    if not lines:
        return None
    whole = whole_lines(lines, _gaps(body, lines))
    ranked = any(atom.gap == "paragraph" for atom in whole)
    found = [_Found(header, whole, periodic(whole, header.columns, Borders(by_line=False, ranked=ranked)))]
    parts = blank_parts(lines)
    if len(parts) > len(whole):
        found.append(_Found(header, parts, periodic(parts, header.columns, Borders(by_line=True))))
    return _trimmed(max(found, key=lambda one: one.cells.score))


def _gaps(body: Body, lines: Sequence[Line]) -> list[int]:
    """How many characters of the source stand before each line."""
    places = [body.page.text.locate(line.start, line.end) for line in lines]
    ends = [places[0][0], *(end for _, end in places)]
    return [start - end for (start, _), end in zip(places, ends, strict=False)]


def _trimmed(found: _Found) -> _Found:
    """Without the rows at both ends that lack a cell: lines around the table that might be tasks."""
    whole = [at for at, row in enumerate(found.cells.rows) if is_whole(row, found.header.columns)]
    rows = found.cells.rows[whole[0] : whole[-1] + 1] if whole else ()
    return replace(found, cells=replace(found.cells, rows=rows))


def _told(found: _Found, added: Pairs) -> _Found:
    """The table with the column that its cells tell to be one of states."""
    grid = [[cell.value if cell else "" for cell in _texts(found, row)] for row in found.cells.rows]
    columns = told_by_cells(found.header.columns, found.header.words, grid, added)
    return replace(found, header=replace(found.header, columns=columns))


def _reading(body: Body, lines: Sequence[Line], found: _Found) -> Reading:
    drafts, labels = _drafts(found, texts_of(found.header, body.page))
    labels.append(Label(kind="header", start=found.header.start, end=found.header.end))
    read = body.less((*labels, *_taken(drafts))).lines
    before = [line for line in read if not line.cell]
    labels += [_label_of(line, found.header) for line in before]
    chars = sum(len(text) for draft in drafts for text in draft.texts())
    return Reading("flattened_table", min(0.9, 0.3 + chars / max(1, body.size)), tuple(drafts), tuple(labels))


def _taken(drafts: Iterable[Draft]) -> Iterator[Label]:
    for text in chain.from_iterable(draft.texts() for draft in drafts):
        yield from (Label(kind="label", start=start, end=end) for start, end in text.pieces())


def _label_of(line: Line, header: HeadRow) -> Label:
    """Header words that are printed again, page numbers, text around the table."""
    value = _BLANKS.sub("", line.value)
    if _PAGE_NUMBER.match(line.value):
        kind = "furniture"
    elif line.start > header.end and value in {*header.words, "".join(header.words)}:
        kind = "header"
    else:
        kind = "background"
    return Label(kind=kind, start=line.start, end=line.end)  # type: ignore[arg-type]


def _drafts(found: _Found, heads: Sequence[Text | None]) -> tuple[list[Draft], list[Label]]:
    """The rows as records under the headings between them; a category holds until the next one."""
    header = found.header
    drafts: list[Draft] = []
    labels: list[Label] = []
    section: tuple[Text, ...] = ()
    held: Text | None = None
    done = 0
    for row in found.cells.rows:
        places = [place for place in row if place]
        headings = [atom for atom in found.atoms[done : places[0][0]] if is_heading(atom.value)]
        for atom in headings:
            section = (atom.line.text.cut(atom.start, atom.end),)
            labels.append(Label(kind="heading", start=section[0].bounds()[0], end=section[0].bounds()[1]))
        done = places[-1][1]
        cells = _texts(found, row)
        if "dimension" in header.columns:
            at = header.columns.index("dimension")
            held = cells[at] = cells[at] or held
        number = cells[0] if header.columns[0] == "seq" else None
        cut = Cut(tuple(cells), _CONFIDENCE)
        draft = draft_of(cut, header, "flattened.period", number, heads)
        drafts += [replace(draft, section=section)] if draft else []
    return drafts, labels


def _texts(found: _Found, row: Sequence[Place | None]) -> list[Text | None]:
    return [
        cell_of(text_of(found.atoms[slice(*place)]).strip(), column) if place else None
        for column, place in zip(found.header.columns, row, strict=True)
    ]
