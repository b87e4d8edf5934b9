"""A report drawn as PDF the way word processors do it: ruled, rows broken over pages, header repeated."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FONT = "STSong-Light"
TOP, BOTTOM, LEFT = 780.0, 70.0, 60.0
PAD = 5.0
# a closing mark doesn't begin a line, a number or word isn't parted
_UNIT = re.compile(r"[“（《(]*(?:[A-Za-z0-9.%]+|.)[，。、；：？！）》”,.;:%)]*")


@dataclass(frozen=True)
class Look:
    """How the pages look: type size, column widths, whether the header is repeated, sides are ruled.

    ``across`` and ``down`` say whether lines are drawn at all, ``above`` how much space is in a cell above
    and below its text.
    """

    widths: Sequence[float]
    size: float = 9
    repeated: bool = True
    sides: bool = True
    quotes_last: bool = False
    across: bool = True
    down: bool = True
    above: float = PAD


def pdf(rows: Sequence[Sequence[str]], title: str, look: Look, notes: Sequence[str] = ()) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    drawing = _Drawing(Canvas(buffer, pageCompression=1), look)
    drawing.title(title)
    for row in rows:
        drawing.row(
            [_wrapped(cell, width - 2 * PAD, look.size) for cell, width in zip(row, look.widths, strict=True)]
        )
    drawing.end(notes)
    return buffer.getvalue()


def blank(pages: int = 1) -> bytes:
    """Pages without any text, as a scan has."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for _ in range(pages):
        canvas.rect(50, 50, 400, 700)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _Drawing:
    def __init__(self, canvas: Any, look: Look) -> None:
        self._canvas, self._look = canvas, look
        self._y, self._page = TOP, 1
        self._header: list[list[str]] | None = None
        self._begun = TOP

    def title(self, text: str) -> None:
        self._canvas.setFont(FONT, self._look.size * 2)
        self._canvas.drawCentredString(300, self._y, text)
        self._y -= 20
        self._begun = self._y

    def row(self, cells: list[list[str]]) -> None:
        """A row; what doesn't fit on the page goes on on the next one."""
        if self._header is None:
            self._header = cells
        if self._room() < 1:
            self._turn()
        while True:
            fits = self._room()
            self._draw([lines[:fits] for lines in cells])
            cells = [lines[fits:] for lines in cells]
            if not any(cells):
                return
            self._turn()

    def end(self, notes: Sequence[str]) -> None:
        self._canvas.setFont(FONT, self._look.size)
        for index, note in enumerate(notes):
            self._canvas.drawString(LEFT, self._y - 20 - 14 * index, note)
        self._number()
        self._canvas.save()

    def _room(self) -> int:
        return int((self._y - BOTTOM - 2 * self._look.above) // self._leading)

    @property
    def _leading(self) -> float:
        return self._look.size * 1.3

    def _draw(self, cells: list[list[str]]) -> None:
        look = self._look
        height = max(map(len, cells)) * self._leading + 2 * look.above
        x = LEFT
        for lines, width in zip(cells, self._look.widths, strict=True):
            for index, line in enumerate(lines):
                self._text(x + PAD, self._y - look.above - look.size - index * self._leading, line)
            x += width
        if look.across:
            self._canvas.line(LEFT, self._y, x, self._y)
            self._canvas.line(LEFT, self._y - height, x, self._y - height)
        edges = [LEFT + sum(self._look.widths[:i]) for i in range(len(self._look.widths) + 1)]
        for edge in (edges if look.sides else edges[1:-1]) if look.down else []:
            self._canvas.line(edge, self._y, edge, self._y - height)
        self._y -= height

    def _text(self, x: float, y: float, line: str) -> None:
        """The line; where quotes come last they are drawn after everything else, in their places."""
        from reportlab.pdfbase.pdfmetrics import stringWidth

        self._canvas.setFont(FONT, self._look.size)
        if not self._look.quotes_last:
            self._canvas.drawString(x, y, line)
            return
        places = [(x + stringWidth(line[:i], FONT, self._look.size), c) for i, c in enumerate(line)]
        for place, character in sorted(places, key=lambda pair: pair[1] in "“”"):
            self._canvas.drawString(place, y, character)

    def _turn(self) -> None:
        self._number()
        self._canvas.showPage()
        self._page += 1
        self._y = TOP
        if self._look.repeated and self._header is not None:
            self._draw(self._header)

    def _number(self) -> None:
        self._canvas.setFont(FONT, 9)
        self._canvas.drawCentredString(300, 30, f"— {self._page} —")


def _wrapped(cell: str, width: float, size: float) -> list[str]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines: list[str] = []
    for paragraph in cell.split("\n"):
        line = ""
        for unit in _UNIT.findall(paragraph):
            if line and stringWidth(line + unit, FONT, size) > width:
                lines.append(line)
                line = ""
            line += unit
        lines.append(line)
    return lines
