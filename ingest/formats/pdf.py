"""PDF with a text layer → Page: ruled tables as grids over pages, text in paragraphs, by position."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from ingest.formats.composition import MARGIN, compose
from ingest.formats.glyphs import Glyph, Line, lines_of
from ingest.formats.gutters import Frame, table_at_end, tabulated
from ingest.formats.inflation import measure
from ingest.formats.manuscript import Manuscript
from ingest.formats.ruling import NEAR, Grid, grid_of
from schema.errors import Rejected
from schema.issues import Issue, issue
from schema.page import Page, RawDocument

if TYPE_CHECKING:
    from pdfplumber.page import Page as Leaf

MEDIA_TYPE: Final = "application/pdf"

# a font that doesn't say which characters it draws
_UNMAPPED: Final = "(cid:"
_LOST: Final = "\ufffd"
_MOSTLY: Final = 0.3
_FEW: Final = 2
_LONG: Final = 0.3
_HALF: Final = 0.5
_MANY: Final = 20


def read(raw: RawDocument) -> Page:
    """The text layer of all pages. Page numbers and running heads are furniture at the end.

    Raises Rejected (stage ``parse``: ``no_text_layer`` for a scan, ``encrypted``, ``damaged``;
    stage ``read``: ``bomb``).
    """
    measure(raw.data)
    broken: list[int] = []
    with _mishaps():
        leaves = list(_leaves(raw.data, broken))
    glyphs = [glyph for leaf, _ in leaves for glyph in _glyphs_in(leaf)]
    _require_text(glyphs)
    manuscript = Manuscript()
    compose(leaves, manuscript)
    return manuscript.page(raw, MEDIA_TYPE, "pdf", [*_losses(broken)])


def _losses(pages: Sequence[int]) -> Iterator[Issue]:
    """That pages are lost, can't be unpacked whole or are pictures: that leaves no trace in the text."""
    if pages:
        yield issue("text_damaged", f"words may be missing on page {', '.join(map(str, sorted(pages)))}")


def _glyphs_in(leaf: Sequence[Line | Grid]) -> Iterator[Glyph]:
    for found in leaf:
        lines = [found] if isinstance(found, Line) else [line for area in found.areas for line in area.lines]
        yield from (glyph for line in lines for glyph in line.glyphs)


def _require_text(glyphs: Sequence[Glyph]) -> None:
    if len(glyphs) < _FEW:
        raise Rejected("parse", "no_text_layer", "a scan without a text layer: run it through OCR first")
    lost = sum(1 for glyph in glyphs if glyph.text == _LOST)
    if lost > _MOSTLY * len(glyphs):
        raise Rejected(
            "parse", "no_text_layer", "the fonts don't say which characters they draw: run it through OCR"
        )


@contextmanager
def _mishaps() -> Iterator[None]:
    """What the parser raises on damaged files, which is anything, as a rejection."""
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415 - loaded for PDF only

    try:
        yield
    except (Rejected, MemoryError):
        raise
    except Exception as error:
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)):
            raise Rejected("parse", "encrypted", "the PDF is protected by a password") from None
        raise Rejected(
            "parse", "damaged", f"the PDF can't be read: {type(cause).__name__}: {cause}"
        ) from None


def _leaves(data: bytes, broken: list[int]) -> Iterator[tuple[list[Line | Grid], float]]:
    """Each page's lines and tables from top to bottom, and its height; numbers of pages go to ``broken``."""
    import pdfplumber  # noqa: PLC0415
    from pdfminer.pdftypes import resolve1  # noqa: PLC0415

    with pdfplumber.open(io.BytesIO(data)) as document:
        known: Grid | None = None
        count = resolve1(resolve1(document.doc.catalog["Pages"]).get("Count"))
        if isinstance(count, int):
            broken.extend(range(len(document.pages) + 1, min(count, len(document.pages) + _MANY) + 1))
        for number, page in enumerate(document.pages):
            height = float(page.height)
            lost = _is_broken(page)
            found = _found_on(page, number, known)
            if lost or (not found and _is_pictured(page)):
                broken.append(number + 1)
            yield found, height
            known = table_at_end(found, height * (1 - MARGIN))
            page.close()


def _is_broken(leaf: Leaf) -> bool:
    """Whether what draws the page can't be unpacked whole; the parser takes such a page to be blank."""
    from pdfminer import settings  # noqa: PLC0415
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415
    from pdfminer.pdftypes import PDFStream, resolve1  # noqa: PLC0415

    lenient, settings.STRICT = settings.STRICT, True
    try:
        for stream in map(resolve1, leaf.page_obj.contents):
            if isinstance(stream, PDFStream):
                stream.get_data()
    except PDFException as error:
        return isinstance(error.__cause__, zlib.error)
    finally:
        settings.STRICT = lenient
    return False


def _is_pictured(leaf: Leaf) -> bool:
    """Whether a picture fills most of the page: a scan among pages of text."""
    area = float(leaf.width) * float(leaf.height)
    return any(
        (float(found["x1"]) - float(found["x0"])) * (float(found["bottom"]) - float(found["top"]))
        > _HALF * area
        for found in leaf.images
    )


def _found_on(leaf: Leaf, number: int, known: Grid | None) -> list[Line | Grid]:
    free = _glyphs(leaf)
    grids: list[Grid] = []
    for cells in _tables(leaf):
        x0, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
        x1, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
        inside = [
            g for g in free if x0 <= (g.x0 + g.x1) / 2 <= x1 and top <= (g.top + g.bottom) / 2 <= bottom
        ]
        taken = set(map(id, inside))
        free = [glyph for glyph in free if id(glyph) not in taken]
        grids.append(grid_of(cells, inside, number))
    found: list[tuple[float, Line | Grid]] = [(grid.outline[1], grid) for grid in grids]
    height = float(leaf.height)
    frame = Frame(_rules(leaf), height * MARGIN, height * (1 - MARGIN), None if grids else known)
    reached = 0.0
    for item in tabulated(lines_of(free, number), frame):
        # text in columns goes back up the page and stays in its order
        reached = max(reached, _top(item))
        found.append((reached, item))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _top(item: Line | Grid) -> float:
    return item.top if isinstance(item, Line) else item.outline[1]


def _rules(leaf: Leaf) -> list[float]:
    """The heights of long lines drawn across."""
    across = [edge for edge in leaf.edges if edge["orientation"] == "h"]
    return [edge["top"] for edge in across if edge["x1"] - edge["x0"] > _LONG * float(leaf.width)]


def _glyphs(leaf: Leaf) -> list[Glyph]:
    """The characters of the page; slanted ones (watermarks) only where they are most of it."""
    drawn: list[dict[str, Any]] = leaf.chars
    upright = [char for char in drawn if char["upright"]]
    return [_glyph(char) for char in (upright if len(upright) * 2 > len(drawn) else drawn)]


def _glyph(char: dict[str, Any]) -> Glyph:
    text = _LOST if char["text"].startswith(_UNMAPPED) else char["text"]
    return Glyph(text, char["x0"], char["x1"], char["top"], char["bottom"], char["size"])


def _tables(leaf: Leaf) -> list[list[tuple[float, float, float, float]]]:
    """The cells of each ruled table with two columns at least, a frame around text being none."""
    tables = leaf.find_tables(_settings(leaf))
    found = [table.cells for table in sorted(tables, key=lambda table: table.bbox[1])]
    return [cells for cells in found if len({round(cell[0]) for cell in cells}) > 1]


def _settings(leaf: Leaf) -> dict[str, Any]:
    """How tables are looked for: by their lines, and by sides that were left open.

    Many tables have no lines at the left and right, and none where a page cuts a row.
    """
    across = [edge for edge in leaf.edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > NEAR]
    down = [edge for edge in leaf.edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > NEAR]
    settings: dict[str, Any] = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}
    if len(across) > 1 and down:
        sides = [_outer(across, "x0", down), _outer(across, "x1", down)]
        ends = [_outer(down, "top", across), _outer(down, "bottom", across)]
        settings["explicit_vertical_lines"] = [side for side in sides if side is not None]
        settings["explicit_horizontal_lines"] = [end for end in ends if end is not None]
    return settings


def _outer(edges: Sequence[dict[str, Any]], side: str, others: Sequence[dict[str, Any]]) -> float | None:
    """Where most of the edges end on a side, if no edge of the other direction closes them there."""
    pick = min if side in ("x0", "top") else max
    end = float(pick(edge[side] for edge in edges))
    same = sum(1 for edge in edges if abs(edge[side] - end) <= NEAR)
    key = "x0" if side in ("x0", "x1") else "top"
    closed = any(abs(other[key] - end) <= NEAR for other in others)
    return None if closed or same * 2 < len(edges) else end
