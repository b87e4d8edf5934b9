"""OFD, the national fixed layout format (GB/T 33190) → Page: its text, ordered by position."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ingest.formats.composition import compose
from ingest.formats.glyphs import Glyph, Line, lines_of
from ingest.formats.gutters import Frame, tabulated
from ingest.formats.manuscript import Manuscript
from ingest.formats.package import Package
from ingest.formats.ruling import Grid
from schema.errors import Rejected
from schema.page import Page, RawDocument

if TYPE_CHECKING:
    from ofdkit import TextRun

MEDIA_TYPE: Final = "application/ofd"


def read(raw: RawDocument) -> Page:
    """The text in lines and paragraphs; tables by the columns that their words stand in.

    Raises Rejected (stage ``parse``): ``missing_extra`` without ofdkit, ``damaged``,
    ``no_text_layer``; stage ``read``: ``bomb``.
    """
    try:
        import ofdkit  # noqa: PLC0415 - an extra
    except ImportError:
        raise Rejected(
            "parse", "missing_extra", "for .ofd: pip install 'ducha[ofd]', or print it as PDF"
        ) from None
    Package(raw.data).check()
    try:
        with ofdkit.open(raw.data) as document:
            leaves = [
                (_lines([*leaf.runs], number), leaf.box[1] + leaf.height)
                for number, leaf in enumerate(document.pages)
            ]
    except (ofdkit.OFDError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Rejected("parse", "damaged", f"the OFD can't be read: {error}") from None
    if not any(lines for lines, _ in leaves):
        raise Rejected("parse", "no_text_layer", "a scan without a text layer: run it through OCR first")
    manuscript = Manuscript()
    compose(leaves, manuscript)
    return manuscript.page(raw, MEDIA_TYPE, "ofd")


def _lines(runs: list[TextRun], number: int) -> list[Line | Grid]:
    return tabulated(lines_of((glyph for run in runs for glyph in _glyphs(run)), number), Frame())


def _glyphs(run: TextRun) -> Iterator[Glyph]:
    """The characters of a run, which tells its own width only."""
    step = run.width / max(1, len(run.text))
    for index, character in enumerate(run.text):
        x = run.x + index * step
        yield Glyph(character, x, x + step, run.y - run.size, run.y, run.size)
