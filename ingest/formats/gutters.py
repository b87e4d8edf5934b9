"""Tables without ruled lines: lines whose words stand in the same columns, with clear space between.

A gutter is a strip that no line of the table crosses. Prose has none: its lines are one stretch each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from ingest.formats.glyphs import Glyph, Line
from ingest.formats.numbering import is_marker, is_page_number
from ingest.formats.rowing import Strip, edges_of, parallel, runs_on, starts
from ingest.formats.ruling import Area, Grid

Interval = tuple[float, float]

CLEAR: Final = 0.8
"""The narrowest gutter, in characters; justified type spreads by less."""
_BEYOND: Final = 1e9
_FAR: Final = 3.0
_FAR_AT_EDGE: Final = 2.0
_SETTLED: Final = 3
_MOSTLY: Final = 0.6
_LONGEST: Final = 500
_MANY: Final = 60
_TITLE: Final = 40
_WIDE: Final = 8
_OFTEN: Final = 0.25


@dataclass(slots=True)
class _Region:
    """Lines that may be a table, and the strips that all of them leave clear."""

    lines: list[Line]
    clear: list[Interval]
    parted: int = 0

    @property
    def gutters(self) -> list[Interval]:
        return self.clear[1:-1]


class Frame(NamedTuple):
    """What a page has beside its words: lines drawn across, where its text begins and ends, what goes on.

    ``rules`` are heights; above ``head`` and below ``foot`` stand running heads and page numbers; ``known``
    is the table that the page before ends with.
    """

    rules: Sequence[float] = ()
    head: float = 0.0
    foot: float = _BEYOND
    known: Grid | None = None


def tabulated(lines: Sequence[Line], frame: Frame) -> list[Line | Grid]:
    """The lines of a page from top to bottom, those that stand in columns as tables.

    A known table goes on if the first lines leave its gutters clear.
    """
    found: list[Line | Grid] = []
    first = next((at for at, line in enumerate(lines) if line.bottom > frame.head), 0)
    at = 0
    while at < len(lines):
        own = frame if at <= first else frame._replace(known=None)
        items, size = _found(lines[at : at + _LONGEST], own)
        found.extend(items)
        at += size
    return found


def table_at_end(items: Sequence[Line | Grid], foot: float) -> Grid | None:
    """The table without ruled lines that a page ends with; lines below ``foot`` don't count."""
    for item in reversed(items):
        if isinstance(item, Grid):
            return item if item.gutters else None
        if item.top < foot:
            break
    return None


def _found(lines: Sequence[Line], frame: Frame) -> tuple[Sequence[Line | Grid], int]:
    """What the first of the lines begins, and how many lines are in it: a table, text in columns, a line."""
    grid, size = _continued(lines, frame, frame.known) if frame.known else (None, 1)
    if grid:
        return [grid], size
    if len(stretches(lines[0])) < 2:
        return lines[:1], 1
    region, strips = _witnessed(_grown(lines, frame, [(-_BEYOND, _BEYOND)]))
    held = [
        [strip.cells[at] for strip in strips if at in strip.cells] for at in range(len(region.gutters) + 1)
    ]
    if region.parted < _SETTLED or len(held) < 2 or not all(held):
        return lines[:1], 1
    if _is_typeset(strips, held):
        return [*_columns(strips)], len(strips)
    strips = _trimmed(strips)
    begun = [] if _is_list(held) else starts(strips, frame.rules)
    grid = _grid(region, strips, begun) if begun else None
    if grid and _is_filled(grid):
        return [grid], len(strips)
    # what is no table as a whole may hold one; a page of hundreds of lines isn't looked at line by line
    size = len(strips) if len(strips) > _MANY else 1
    return lines[:size], size


def _witnessed(region: _Region) -> tuple[_Region, list[Strip]]:
    """The region with those gutters only that have words on both sides on one line, and its lines."""
    strips = _strips(region)
    seen = [
        at for at in range(len(region.gutters)) if any({at, at + 1} <= strip.cells.keys() for strip in strips)
    ]
    if len(seen) == len(region.gutters):
        return region, strips
    region.clear = [region.clear[0], *(region.gutters[at] for at in seen), region.clear[-1]]
    return region, _strips(region)


def _continued(lines: Sequence[Line], frame: Frame, known: Grid) -> tuple[Grid | None, int]:
    """The rest of a table."""
    left, _, right, _ = known.outline
    clear = [(-_BEYOND, left), *known.gutters, (right, _BEYOND)]
    if len(_cleared(clear, lines[0])) < len(clear):
        return None, 1
    region = _grown(lines, frame, clear)
    strips = _trimmed(_strips(region))
    said = _said_again(strips, known)
    begun = starts(strips[said:], frame.rules) if len(strips) > said else []
    if not begun or strips[0].across:
        return None, 1
    begun = [at + said for at in begun]
    return _grid(region, strips, [0, *begun] if said else begun), len(strips)


def _said_again(strips: Sequence[Strip], known: Grid) -> int:
    """How many lines the table's header has here, 0 when it isn't repeated."""
    texts = [[line.text for line in area.lines] for area in known.row(0)]
    height = max(map(len, texts))
    held = [
        [strip.cells[at].text for strip in strips[:height] if at in strip.cells] for at in range(len(texts))
    ]
    return height if held == texts else 0


def stretches(line: Line) -> list[list[Glyph]]:
    """The characters of a line in stretches that stand apart; blanks count as the space they are.

    >>> drawn = [Glyph(c, 10 * i, 10 * i + 10, 0, 10, 10) for i, c in enumerate("修路　完成")]
    >>> [["".join(glyph.text for glyph in stretch)] for stretch in stretches(Line(tuple(drawn)))]
    [['修路'], ['完成']]
    """
    found: list[list[Glyph]] = []
    for glyph in line.ink:
        if glyph.text.isspace():
            continue
        if found and glyph.x0 - found[-1][-1].x1 < CLEAR * line.size:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def _grown(lines: Sequence[Line], frame: Frame, clear: Sequence[Interval]) -> _Region:
    """The longest run of lines that leave a strip clear, a title across the columns now and then."""
    region = _Region([lines[0]], _cleared(clear, lines[0]), _SETTLED if len(clear) > 1 else 1)
    for at, line in enumerate(lines[1:], 1):
        if _is_far(region.lines[-1], line, frame):
            break
        clear = _cleared(region.clear, line)
        lost = len(clear) < len(region.clear)
        if lost and region.parted >= _SETTLED:
            if at + 1 == len(lines) or not _is_title(line, lines[at + 1], region):
                break
            clear = region.clear
        if len(clear) < 3:
            break
        region.lines.append(line)
        region.clear = clear
        region.parted += len(stretches(line)) > 1
    return region


def _is_far(line: Line, following: Line, frame: Frame) -> bool:
    """Whether space parts two lines; at the edges of a page, where page numbers are, less does."""
    gap = (following.top - line.bottom) / following.size
    if line.bottom < frame.head or following.top > frame.foot:
        return gap > (CLEAR if is_page_number(following.text) else _FAR_AT_EDGE)
    return gap > _FAR


def _cleared(clear: Iterable[Interval], line: Line) -> list[Interval]:
    """The strips without the line's characters; what is too narrow for a gutter is none."""
    for stretch in stretches(line):
        x0, x1 = _reach(stretch)
        parts = [part for a, b in clear for part in ((a, min(b, x0)), (max(a, x1), b))]
        clear = [(a, b) for a, b in parts if b - a >= CLEAR * line.size]
    return sorted(set(clear))


def _reach(stretch: Sequence[Glyph]) -> Interval:
    return stretch[0].x0, max(glyph.x1 for glyph in stretch)


def _is_title(line: Line, following: Line, region: _Region) -> bool:
    """Whether a line that crosses the columns heads the rows below it: `二、城市建设`."""
    goes_on = len(_cleared(region.clear, following)) == len(region.clear) and len(stretches(following)) > 1
    return goes_on and len(stretches(line)) == 1 and len(line.text) <= _TITLE


def _strips(region: _Region) -> list[Strip]:
    """The lines of the region with what stands in each column."""
    middles = [(a + b) / 2 for a, b in region.gutters]
    return [_strip(line, middles) for line in region.lines]


def _trimmed(strips: list[Strip]) -> list[Strip]:
    """The lines without those below the last row: what crosses the columns, or only stands at their left."""
    edges = edges_of(strips)
    end = len(strips)
    while end > 1 and (strips[end - 1].across or set(strips[end - 1].cells) == {0}):
        if runs_on(strips, end - 1, edges):
            break
        end -= 1
    return strips[:end]


def _strip(line: Line, edges: Sequence[float]) -> Strip:
    cells: dict[int, list[Glyph]] = {}
    for stretch in stretches(line):
        x0, x1 = _reach(stretch)
        column = sum(1 for edge in edges if edge < (x0 + x1) / 2)
        if any(x0 < edge < x1 for edge in edges):
            return Strip(line, {}, across=True)
        cells.setdefault(column, []).extend(stretch)
    return Strip(line, {column: Line(tuple(found), line.page) for column, found in cells.items()})


def _is_list(held: Sequence[Sequence[Line]]) -> bool:
    """Whether it is a list with its points hanging: numbers alone before their text."""
    return len(held) == 2 and all(is_marker(line.text) for line in held[0])


def _is_typeset(strips: Sequence[Strip], held: Sequence[Sequence[Line]]) -> bool:
    """Whether it is running text set in columns: as wide as each other, and side by side all along.

    A table has holes beside its longer cells, or its cells are one line each, or they begin together.
    """
    edges = edges_of(strips)
    widths = [edge.right - edge.left for edge in edges.values()]
    if min(widths) < max(0.8 * max(widths), _WIDE * strips[0].line.size):
        return False
    full = [at for at, strip in enumerate(strips) if len(strip.cells) == len(held)]
    wrapped = sum(1 for at in range(1, full[-1] + 1) if runs_on(strips, at, edges)) if full else 0
    if len(full) <= _MOSTLY * (full[-1] + 1) or wrapped <= _OFTEN * full[-1]:
        return False
    return not parallel(strips, edges)


def _columns(strips: Sequence[Strip]) -> Iterator[Line]:
    """The lines of text set in columns, column by column."""
    for column, edge in sorted(edges_of(strips).items()):
        for strip in strips:
            if column in strip.cells:
                yield replace(strip.cells[column], column=edge[:2])


def _grid(region: _Region, strips: Sequence[Strip], begun: Sequence[int]) -> Grid:
    left = min(strip.line.x0 for strip in strips)
    right = max(strip.line.x1 for strip in strips)
    edges = [left, *((a + b) / 2 for a, b in region.gutters), right]
    bounds = [*begun, len(strips)]
    areas = [
        area for row in range(len(begun)) for area in _row(strips[bounds[row] : bounds[row + 1]], row, edges)
    ]
    outline = (left, strips[0].line.top, right, strips[-1].line.bottom)
    return Grid(outline, areas, len(begun), tuple(region.gutters))


def _row(strips: Sequence[Strip], row: int, edges: Sequence[float]) -> Iterator[Area]:
    if strips[0].across:
        yield Area(edges[0], edges[-1], row, row, [strip.line for strip in strips])
        return
    for column in range(len(edges) - 1):
        lines = [strip.cells[column] for strip in strips if column in strip.cells]
        yield Area(edges[column], edges[column + 1], row, row, lines)


def _is_filled(grid: Grid) -> bool:
    """Whether most rows say something in two columns at least."""
    rows = [sum(1 for area in grid.row(index) if area.lines) for index in range(grid.height)]
    return grid.height > 1 and sum(1 for count in rows if count > 1) >= _MOSTLY * grid.height
