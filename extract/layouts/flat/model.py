"""What is known of a table without borders: its cells' likeness, gaps and breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from extract.layouts.flat.atoms import Atom
from extract.layouts.flat.likeness import Shape, assumed, learned

_NO_TASK: Final = -9.0
_SKIPS: Final = {"content": _NO_TASK, "progress": -3.0, "dimension": -0.2, "seq": -0.2, "extra": -0.6}
_SKIP: Final = -1.5
_LEAST_LINES: Final = 4
_OF_WIDTH: Final = 0.6

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cells:
    """A reading: rows of half-open ranges of pieces by column (None: empty), and its score."""

    rows: tuple[tuple[Place | None, ...], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Borders:
    """What borders there are: ``by_line`` when rows begin lines, ``ranked`` when empty lines part cells."""

    by_line: bool
    ranked: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """By column: what cells are like, what it costs to leave one out and to run pieces on in one, its width.

    ``any_cell`` is what all cells are like; a width is 0 where lines aren't broken by one.
    """

    shapes: tuple[Shape, ...]
    any_cell: Shape
    skips: tuple[float, ...]
    joints: tuple[float, ...]
    widths: tuple[int, ...]


def by_name(atoms: Sequence[Atom], columns: Sequence[str]) -> Model:
    """What the names of the columns let expect."""
    return _first(atoms, columns, [assumed(column) for column in columns])


def by_place(atoms: Sequence[Atom], columns: Sequence[str], borders: Borders) -> Model:
    """What follows when every n-th piece is of the same column, or every n-th of a line."""
    cells = _by_line(atoms, len(columns)) if borders.by_line else _in_turn(atoms, len(columns))
    return _first(atoms, columns, [learned(column, one) for column, one in zip(columns, cells, strict=True)])


def _in_turn(atoms: Sequence[Atom], width: int) -> list[list[str]]:
    return [[atom.value for atom in atoms[at::width]] for at in range(width)]


def _by_line(atoms: Sequence[Atom], width: int) -> list[list[str]]:
    starts = [at for at, atom in enumerate(atoms) if atom.opens_line]
    rows = [atoms[a:b] for a, b in pairwise([*starts, len(atoms)]) if b - a == width]
    return [[row[at].value for row in rows] for at in range(width)]


def _first(atoms: Sequence[Atom], columns: Sequence[str], shapes: Sequence[Shape]) -> Model:
    skips = tuple(_SKIPS.get(column, _SKIP) for column in columns)
    none = (0,) * len(columns)
    return Model(tuple(shapes), learned("", [atom.value for atom in atoms]), skips, none, none)


def taught(atoms: Sequence[Atom], columns: Sequence[str], found: Cells) -> Model:
    """What a reading teaches."""
    places = [[row[at] for row in found.rows if row[at]] for at in range(len(columns))]
    cells = [[value_of(atoms, place) for place in listed] for listed in places]
    widths = [_width(atoms, listed) for listed in places]
    return Model(
        tuple(learned(column, listed) for column, listed in zip(columns, cells, strict=True)),
        learned("", [value for listed in cells for value in listed]),
        tuple(_log_odds(len(found.rows) - len(listed), len(listed)) for listed in cells),
        tuple(_joint(atoms, listed, width) for listed, width in zip(places, widths, strict=True)),
        tuple(widths),
    )


def _joint(atoms: Sequence[Atom], cells: Sequence[Place | None], width: int) -> float:
    """What it costs to go on in a cell where no line is full: cells of a column hardly do or often do."""
    going_on = [[len(atom.value) for atom in _going_on(atoms, place)] for place in cells]
    joined = sum(any(not width - 1 <= size <= width for size in sizes) for sizes in going_on)
    return _log_odds(joined, len(cells) - joined)


def _going_on(atoms: Sequence[Atom], place: Place | None) -> Iterator[Atom]:
    """The pieces of a cell that another one follows."""
    if place:
        yield from atoms[place[0] : place[1] - 1]


def _width(atoms: Sequence[Atom], cells: Iterable[Place | None]) -> int:
    """The width at which a column breaks its lines: the length of most that go on; 0 when unclear."""
    sizes = Counter(len(atom.value) for place in cells for atom in _going_on(atoms, place))
    size, _ = max(sizes.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    near = sizes[size] + max(sizes[size - 1], sizes[size + 1])
    if near < _LEAST_LINES or near < _OF_WIDTH * sizes.total():
        return 0
    return size + (sizes[size + 1] > sizes[size - 1])


def _log_odds(few: int, many: int) -> float:
    """What the rarer of two costs: hardly anything when it isn't rare."""
    return max(_NO_TASK, min(-0.1, log((few + 0.3) / (many + 0.3))))


def value_of(atoms: Sequence[Atom], place: Place | None) -> str:
    """The characters of a range of pieces."""
    return "".join(atom.value for atom in atoms[slice(*place)]) if place else ""
