"""The pages of a PDF → one manuscript: tables joined over pages, paragraphs, headings, furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from ingest.formats.glyphs import Line
from ingest.formats.manuscript import Box, Manuscript
from ingest.formats.numbering import is_page_number
from ingest.formats.paragraphs import (
    ends_sentence,
    goes_on,
    paragraphs_of,
    parted,
    reach,
    shape_of,
    shapes_inside,
)
from ingest.formats.ruling import Area, Grid, place
from ingest.formats.stitching import continues, stitch
from schema.text import Text

Leaf = tuple[Sequence[Line | Grid], float]
"""What stands on a page from top to bottom, and the page's height."""

_DIGITS: Final = re.compile(r"\d+")
MARGIN: Final = 0.1
"""The share of a page's height, above and below, in which page numbers and running heads stand."""
_TWICE: Final = 2
_LARGER: Final = 1.25
_LONGEST_HEADING: Final = 80
_GAP: Final = 1.6


def compose(leaves: Sequence[Leaf], manuscript: Manuscript) -> None:
    """Lays down the text in reading order, then what belongs to the pages rather than to the text."""
    furniture = _furniture(leaves)
    body = [
        item for items, _ in leaves for item in items if not isinstance(item, Line) or item not in furniture
    ]
    aside = [
        (line.text, line.page)
        for items, _ in leaves
        for line in items
        if isinstance(line, Line) and line in furniture
    ]
    body, told = _stitched(body)
    size = _size(body)
    lines = [item for item in body if isinstance(item, Line) and item.size < _LARGER * size]
    lines = [line for line in lines if line.column is None] or lines
    left = min((line.x0 for line in lines), default=0.0)
    for group in _grouped(body, _Column(size, left, reach(lines), shapes_inside(lines))):
        if isinstance(group, Grid):
            manuscript.table(_boxes(group, manuscript))
            continue
        text = _said(group, manuscript)
        heading = group[0].size >= _LARGER * size and len(text) <= _LONGEST_HEADING
        manuscript.line(text, "heading" if heading else "paragraph", int(heading))
    for said, page in [*told, *aside]:
        manuscript.line(manuscript.placed(said, _part(page)), "furniture")


def _part(page: int) -> str:
    return f"page {page + 1}"


def _said(lines: Sequence[Line], manuscript: Manuscript) -> Text:
    """What the lines of a paragraph say, each on its page."""
    texts: list[Text] = []
    for line in lines:
        blank = " " if texts and parted(texts[-1].value, line.text) else ""
        texts.append(manuscript.placed(blank + line.text, _part(line.page)))
    return Text.join(texts)


def _furniture(leaves: Sequence[Leaf]) -> set[Line]:
    """Page numbers at the edge of a page, and what is said at the edge of most pages."""
    edges = [line for leaf in leaves for line in _at_edges(leaf)]
    said = Counter(_DIGITS.sub("0", line.text) for line in edges)
    often = {text for text, count in said.items() if count > max(_TWICE, len(leaves) // 2)}
    return {line for line in edges if is_page_number(line.text) or _DIGITS.sub("0", line.text) in often}


def _at_edges(leaf: Leaf) -> list[Line]:
    items, height = leaf
    return [
        item
        for item in items
        if isinstance(item, Line) and (item.bottom < height * MARGIN or item.top > height * (1 - MARGIN))
    ]


def _stitched(items: Iterable[Line | Grid]) -> tuple[list[Line | Grid], list[tuple[str, int]]]:
    """Tables that follow one another over a page's end as one; and the headers they said again, by page."""
    found: list[Line | Grid] = []
    told: list[tuple[str, int]] = []
    last = -1
    for item in items:
        before = found[-1] if found else None
        page = _page(item, last)
        if isinstance(item, Grid) and isinstance(before, Grid) and page != last and continues(before, item):
            told.extend((said, page) for said in stitch(before, item))
        else:
            found.append(item)
        last = page
    return found, told


def _page(item: Line | Grid, default: int) -> int:
    if isinstance(item, Line):
        return item.page
    return next((line.page for area in item.areas for line in area.lines), default)


def _size(items: Iterable[Line | Grid]) -> float:
    """The size of most characters."""
    sizes: Counter[float] = Counter()
    for item in items:
        lines = [item] if isinstance(item, Line) else [line for area in item.areas for line in area.lines]
        for line in lines:
            sizes[round(line.size, 1)] += len(line.glyphs)
    return sizes.most_common(1)[0][0] if sizes else 1.0


class _Column(NamedTuple):
    """The column of running text: its type size, its edges, the points that begin inside its lines."""

    size: float
    left: float
    right: float
    inside: set[str]


def _grouped(items: Sequence[Line | Grid], column: _Column) -> list[Grid | list[Line]]:
    """Tables, and lines in paragraphs."""
    groups: list[Grid | list[Line]] = []
    for item in items:
        group = groups[-1] if groups else None
        if isinstance(item, Line) and isinstance(group, list) and _same(group[-1], item, column):
            group.append(item)
        else:
            groups.append(item if isinstance(item, Grid) else [item])
    return groups


def _same(line: Line, following: Line, column: _Column) -> bool:
    """Whether a line of running text goes on in the next; a large title does while its size lasts."""
    if abs(line.size - following.size) > 0.1 * column.size:
        return False
    gap = following.top - line.bottom
    if line.size >= _LARGER * column.size:
        return line.page == following.page and gap < line.size
    if line.page == following.page and gap > _GAP * line.size:
        return False
    shape = shape_of(following.text)
    if shape and shape not in column.inside and ends_sentence(line):
        return False
    if line.column is None or following.column is None:
        return goes_on(line, following, column.left, column.right)
    moved = following.x0 - following.column[0] + line.column[0]
    return goes_on(line, following, *line.column, moved)


def _boxes(grid: Grid, manuscript: Manuscript) -> list[list[Box]]:
    """The rows of a table; a position that no cell covers gets an empty one."""
    edges = grid.edges()
    limits = _limits(grid)
    rows: list[list[Box]] = []
    covered: set[tuple[int, int]] = set()
    begun = {(area.first, place(edges, area.x0)): area for area in grid.areas}
    for row in range(grid.height):
        boxes: list[Box] = []
        for column in range(len(edges) - 1):
            area = begun.get((row, column))
            if (row, column) in covered:
                continue
            if area is None:
                boxes.append(Box())
                continue
            columns = max(1, place(edges, area.x1) - column)
            depth = area.last - area.first + 1
            covered.update((row + i, column + j) for i in range(depth) for j in range(columns))
            left, right = limits[round(area.x0), round(area.x1)]
            texts = tuple(_said(group, manuscript) for group in paragraphs_of(area.lines, left, right))
            boxes.append(Box(texts, False, columns, depth))
        rows.append(boxes)
    return rows


def _limits(grid: Grid) -> dict[tuple[int, int], tuple[float, float]]:
    """Between which edges the lines of a column run: as far as they reach, or as wide as the margins are."""
    columns: dict[tuple[int, int], list[Area]] = {}
    for area in grid.areas:
        columns.setdefault((round(area.x0), round(area.x1)), []).append(area)
    return {key: _reach(areas, not grid.gutters) for key, areas in columns.items()}


def _reach(areas: Sequence[Area], ruled: bool) -> tuple[float, float]:
    lines = [line for area in areas for line in area.lines]
    if not lines:
        return areas[0].x0, areas[0].x1
    left = min(line.x0 for line in lines)
    if not ruled:
        return left, reach(lines)
    margin = min(max(0.0, left - areas[0].x0), lines[0].size)
    return left, max(reach(lines), areas[0].x1 - margin)
