"""Tables that go on over pages: headers said again are taken out, broken rows are joined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ingest.formats.paragraphs import is_open
from ingest.formats.ruling import NEAR, Area, Grid, merged, place

_HEADER_ROWS: Final = 3
_MOSTLY: Final = 0.8


def continues(table: Grid, following: Grid) -> bool:
    """Whether two tables, one at a page's end and one at the next page's start, have the same columns."""
    if table.gutters or following.gutters:
        return _aligned(table, following)
    edges, others = table.edges(), following.edges()
    sides = abs(edges[0] - others[0]) <= NEAR and abs(edges[-1] - others[-1]) <= NEAR
    common = sum(1 for edge in others if abs(edges[place(edges, edge)] - edge) <= NEAR)
    return sides and common * 2 > max(len(edges), len(others))


def _aligned(table: Grid, following: Grid) -> bool:
    """Whether the columns of two tables without ruled lines are parted at the same places."""
    pairs = [*zip(table.gutters, following.gutters, strict=False)]
    return len(table.gutters) == len(following.gutters) and all(
        max(a[0], b[0]) < min(a[1], b[1]) for a, b in pairs
    )


def _laid_over(table: Grid, following: Grid) -> None:
    """Gives the columns of a table without ruled lines the edges that they have on the page before."""
    edges, others = table.edges(), following.edges()
    for area in following.areas:
        area.x0, area.x1 = edges[place(others, area.x0)], edges[place(others, area.x1)]


def stitch(table: Grid, following: Grid) -> list[str]:
    """Appends a page's part to the table; what is left out comes back: the header that was said again."""
    if table.gutters:
        _laid_over(table, following)
    edges = merged([*table.edges(), *following.edges()])
    dropped = _repeated(table, following)
    told = ["".join(a.text + " " for a in following.row(index)).strip() for index in range(dropped)]
    rest = [area for area in following.areas if area.last >= dropped]
    if not rest:
        return told
    part = Grid(following.outline, rest, following.height - dropped)
    for area in rest:
        area.first, area.last = max(0, area.first - dropped), area.last - dropped
    broken = _is_broken(table, part, edges)
    start = table.height - 1 if broken else table.height
    for area in rest:
        area.first += start
        area.last += start
        upper = _upper(table, area, start, broken, edges)
        if upper is None:
            table.areas.append(area)
        else:
            upper.lines.extend(area.lines)
            upper.last = max(upper.last, area.last)
    table.height = start + part.height
    return told


def _repeated(table: Grid, following: Grid) -> int:
    """How many of the first rows are those of the table: its header, printed on each page."""
    count = 0
    for index in range(min(_HEADER_ROWS, table.height, following.height)):
        texts = [area.text for area in table.row(index)]
        if not any(texts) or texts != [area.text for area in following.row(index)]:
            break
        count = index + 1
    return count


def _texts(row: Sequence[Area], edges: Sequence[float]) -> dict[int, Area]:
    """The filled cells of a row by their first column."""
    return {place(edges, area.x0): area for area in row if area.lines}


def _is_broken(table: Grid, part: Grid, edges: Sequence[float]) -> bool:
    """Whether the part's first row is the rest of the table's last one.

    Either a column that is filled in nearly every row (the number) is filled on one side of the
    break only; or every cell that goes on was left in the middle of a sentence.
    """
    above, below = _texts(table.row(table.height - 1), edges), _texts(part.row(0), edges)
    if not above or not below:
        return False
    usual = _usual(table, part, edges)
    if any((column in above) != (column in below) for column in usual):
        return True
    return all(
        column in above and is_open(above[column].lines[-1], _limit(above[column])) for column in below
    )


def _usual(table: Grid, part: Grid, edges: Sequence[float]) -> list[int]:
    """The columns that nearly every row fills; the rows at the break aren't asked."""
    rows = [_texts(table.row(index), edges) for index in range(table.height - 1)]
    rows += [_texts(part.row(index), edges) for index in range(1, part.height)]
    return [
        column
        for column in range(len(edges) - 1)
        if rows and sum(1 for row in rows if column in row) >= _MOSTLY * len(rows)
    ]


def _limit(area: Area) -> float:
    """How far lines reach in a cell: to its edge, less the margin they keep on the left."""
    margin = min((line.x0 for line in area.lines), default=area.x0) - area.x0
    return area.x1 - min(margin, area.lines[0].size)


def _upper(table: Grid, area: Area, start: int, broken: bool, edges: Sequence[float]) -> Area | None:
    """The cell above that this one continues: in a broken row, or merged over rows and blank here."""
    last = table.height - 1
    if area.first != start:
        return None
    for upper in table.row(last):
        if place(edges, upper.x0) == place(edges, area.x0) and place(edges, upper.x1) == place(
            edges, area.x1
        ):
            merged_down = upper.last > upper.first and not area.lines
            return upper if broken or merged_down else None
    return None
