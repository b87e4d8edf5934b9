"""Rows of a table without borders and row numbers: the pieces repeat the header's columns, row after row.

Every piece begins a cell, goes on in one, or stands outside the table. The best reading of all pieces is
found by dynamic programming over the sum of how like its column each cell is, what it costs to leave
cells out, to run pieces on, to begin cells where none is expected. Text outside the table counts 0, so
the sum tells how much better the pieces are told by a table than by prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from extract.layouts.flat.atoms import Atom
from extract.layouts.flat.likeness import Likeness, is_typed
from extract.layouts.flat.model import Borders, Cells, Model, Place, by_name, by_place, taught
from extract.numbering import head
from extract.organisation import is_organisation

_OUTSIDE: Final = (-2.0, -1.0, -0.7, -0.7)
"""What a piece outside the table counts, round by round: at first a table is taken for granted,
and a weak row is rather one than none."""
_LESSON: Final = 600
_LONGEST: Final = 24
"""Pieces that a cell is made of at most."""
_SIZE: Final = 6000
_SIZE_OF_KIND: Final = 80
"""Characters of a cell of several pieces at most, and of one that lists names, dates, states."""
_HOPELESS: Final = -14.0
_TOO_WIDE: Final = -4.0
_LEAVE: Final = -1.0
_HEADED: Final = -0.5
_RETURN: Final = -5.0
_NEVER: Final = -1e9
_SET_APART: Final = {"wide": 1.5, "blank": 0.7}
"""Prose has no blanks: one that parts two cells tells a table."""
_LONG_TEXT: Final = frozenset({"progress", "problems", "next_steps", "extra"})


def periodic(atoms: Sequence[Atom], columns: Sequence[str], borders: Borders) -> Cells:
    """The best reading of the pieces as rows of the columns.

    What cells are like is learned on the way, from what the columns' names let expect and from every
    n-th piece being of the same column: the better reading counts. Of many pieces the first ones teach.
    """
    some, named = atoms[:_LESSON], tuple(columns)
    starts = (by_name(some, named), by_place(some, named, borders))
    settled = [_settled(some, named, borders, model) for model in starts]
    found, model = max(settled, key=lambda one: one[0].score)
    if len(some) == len(atoms) or not found.rows:
        return found
    return _Search(atoms, named, borders, model).best(_OUTSIDE[-1])


def _settled(
    atoms: Sequence[Atom], columns: tuple[str, ...], borders: Borders, model: Model
) -> tuple[Cells, Model]:
    """The reading from a first idea of what the cells of the columns are like, and what it taught."""
    found = Cells((), 0.0)
    for outside in _OUTSIDE:
        before, found = found, _Search(atoms, columns, borders, model).best(outside)
        if not found.rows:
            break
        model = taught(atoms, columns, found)
        if outside == _OUTSIDE[-1] and found.rows == before.rows:
            break
    return found, model


class _Search:
    """One pass of the dynamic programme: the best score of the first pieces by the last cell's column."""

    def __init__(
        self,
        atoms: Sequence[Atom],
        columns: tuple[str, ...],
        borders: Borders,
        model: Model,
    ) -> None:
        self.atoms, self.columns, self.borders, self.model = atoms, columns, borders, model
        cells = zip(columns, model.shapes, strict=True)
        self.likeness = [Likeness(column, shape, model.any_cell) for column, shape in cells]
        skips = model.skips
        self.out = len(columns)
        self.headings = [is_heading(atom.value) for atom in atoms]
        self.joins = [
            [0.0, *(self._join(at, column) for at in range(1, len(atoms)))] for column in range(len(columns))
        ]
        self.rest = [sum(skips[at + 1 :]) for at in range(len(columns))] + [0.0]
        self.lead = [sum(skips[:at]) for at in range(len(columns))]
        self.between = [[sum(skips[a + 1 : b]) for b in range(len(columns))] for a in range(len(columns))]
        size = len(atoms) + 1
        self.score = [[_NEVER] * (self.out + 1) for _ in range(size)]
        self.back = [[(0, self.out)] * (self.out + 1) for _ in range(size)]

    def best(self, outside: float) -> Cells:
        """The best reading when every piece outside the table counts so much."""
        self.score[0][self.out] = 0.0
        for at in range(len(self.atoms)):
            self._outside(at, outside)
            for column in range(self.out):
                value, before = self._entered(at, column)
                if value > _NEVER / 2:
                    self._cells(at, column, value, before)
        last = self.score[-1]
        totals = [last[state] + self.rest[state] for state in range(self.out + 1)]
        state = max(range(self.out + 1), key=totals.__getitem__)
        rows = tuple(self._rows(state))
        inside = sum(place[1] - place[0] for row in rows for place in row if place)
        return Cells(rows, totals[state] - outside * (len(self.atoms) - inside))

    def _outside(self, at: int, cost: float) -> None:
        """The piece as text outside the table."""
        scores = self.score[at]
        leave = _HEADED if self.headings[at] else _LEAVE
        for state in range(self.out + 1):
            value = scores[state] + self.rest[state] + cost + (leave if state != self.out else 0.0)
            self._keep(at + 1, self.out, value, at, state)

    def _entered(self, at: int, column: int) -> tuple[float, int]:
        """The best score with which a cell of the column begins at a piece, and the state before it."""
        atom = self.atoms[at]
        fresh = 0.0 if not self.borders.by_line or atom.opens_line else -9.0
        same = -4.0 if self.borders.by_line and atom.opens_line else 0.0
        best, before = _NEVER, self.out
        for state in range(self.out + 1):
            value = self.score[at][state]
            if state == self.out:
                returns = at and not self.headings[at - 1]
                value += self.lead[column] + fresh + (_RETURN if returns else 0.0)
            elif state < column:
                value += self.between[state][column] + same
            else:
                value += self.rest[state] + self.lead[column] + fresh
            value += self._border(at, state)
            if value > best:
                best, before = value, state
        return best, before

    def _border(self, at: int, state: int) -> float:
        """What it costs to end a cell before the piece; ``state`` is the column of the cell that ends."""
        if not at:
            return 0.0
        before, atom = self.atoms[at - 1], self.atoms[at]
        cost = -3.0 if self.borders.ranked and atom.gap == "line" else _SET_APART.get(atom.gap, 0.0)
        if before.open:
            cost -= 3.0
        if not atom.opens_line or before.stopped or not self._is_full(before, state):
            return cost
        return cost - (2.0 if self._width(state) else 1.5)

    def _width(self, state: int) -> int:
        """The width at which the column breaks lines; 0 for none."""
        return 0 if state == self.out else self.model.widths[state]

    def _is_full(self, atom: Atom, state: int) -> bool:
        width = self._width(state)
        return width - 1 <= len(atom.value) <= width if width else atom.full

    def _cells(self, at: int, column: int, entered: float, before: int) -> None:
        """Cells of one piece, of two, … that begin at a piece."""
        name, width = self.columns[column], self._width(column)
        like, joins = self.likeness[column].of, self.joins[column]
        parts: tuple[str, ...] = ()
        joined, left = entered, _SIZE_OF_KIND if is_typed(name) else _SIZE
        for end in range(at + 1, min(len(self.atoms), at + _LONGEST) + 1):
            value = self.atoms[end - 1].value
            if parts:
                joined += joins[end - 1]
            if width and len(value) > width:
                joined += _TOO_WIDE
            if joined < entered + _HOPELESS or (parts and len(value) > left):
                break
            left -= len(value)
            parts = (*parts, value)
            self._keep(end, column, joined + like(parts), at, before)

    def _join(self, at: int, column: int) -> float:
        """What it costs to go on in a cell of the column with the piece."""
        before, atom = self.atoms[at - 1], self.atoms[at]
        text, joint = self.columns[column] in _LONG_TEXT, self.model.joints[column]
        if not atom.opens_line:
            return joint - (5.0 if atom.gap == "wide" else 0.4 if text else 1.2)
        if self.borders.ranked:
            return -5.0 if atom.gap == "paragraph" else -0.2
        if is_typed(self.columns[column]):
            return -0.8
        if self.headings[at - 1]:
            return -9.0
        if before.stopped and is_organisation(atom.value):
            return -4.0  # who signs below the last row
        if self._is_full(before, column):
            return -0.3 + (0.0 if self._width(column) else joint)
        if before.open:
            return -0.1
        if before.stopped:
            return joint - ((0.2 if atom.listed else 0.8) if text else 3.0)
        return joint - (2.0 if text and atom.listed else 4.0)

    def _keep(self, at: int, state: int, value: float, start: int, before: int) -> None:
        if value > self.score[at][state]:
            self.score[at][state] = value
            self.back[at][state] = (start, before)

    def _rows(self, state: int) -> Iterator[tuple[Place | None, ...]]:
        """The rows that lead to the state at the end, first to last."""
        cells: list[tuple[int, Place]] = []
        at = len(self.atoms)
        while at:
            start, before = self.back[at][state]
            cells.append((state, (start, at)))
            at, state = start, before
        row: list[Place | None] = [None] * self.out
        for (before, _), (column, place) in pairwise([(self.out, (0, 0)), *reversed(cells)]):
            if column <= before or before == self.out:
                yield from [tuple(row)] if any(row) else []
                row = [None] * self.out
            if column < self.out:
                row[column] = place
        yield from [tuple(row)] if any(row) else []


def is_heading(value: str) -> bool:
    """一、经济建设 between the rows of a table."""
    marker = head(value)
    return marker is not None and marker.style in {"cn", "cn_paren", "part"} and len(value) <= _LONGEST
