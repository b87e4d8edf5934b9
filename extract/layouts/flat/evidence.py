"""Whether what was read as a table without row numbers is one: rows begin behind the header, their cells
are what the header says, and nothing speaks for a text with headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from extract.layouts.flat.atoms import Atom
from extract.layouts.flat.likeness import is_of, is_typed
from extract.layouts.flat.model import Cells, Place
from extract.layouts.flat.period import is_heading
from extract.numbering import head

_LEAST_ROWS: Final = 3
_LEAST_SCORE: Final = 5.0
_LEAST_PER_ROW: Final = 0.7
_WHOLE: Final = 0.7
_OF_KIND: Final = 0.75
_FILLED: Final = 0.5
_SINGLE: Final = 0.8
_FEW: Final = 0.15
_ALL: Final = 0.9
_ASIDE: Final = 2
# 整改主体：市水务局 — a label and its value
_LABELLED: Final = re.compile(r"[^：:，。]{2,10}[：:]")


def is_whole(row: Sequence[Place | None], columns: Sequence[str]) -> bool:
    """Whether the cells that no row goes without are there: task and progress, else task and another."""
    named = {column for column, place in zip(columns, row, strict=True) if place}
    if "content" not in named:
        return False
    return "progress" in named if "progress" in columns else any(map(is_typed, named))


def is_clear(cells: Cells, atoms: Sequence[Atom], columns: Sequence[str]) -> bool:
    """Whether the evidence for the reading is clear."""
    rows = cells.rows
    if len(rows) < _LEAST_ROWS or cells.score < _LEAST_SCORE + _LEAST_PER_ROW * len(rows):
        return False
    if sum(is_whole(row, columns) for row in rows) < _WHOLE * len(rows) or not _at_once(rows, atoms):
        return False
    told = {column: _values(rows, atoms, at) for at, column in enumerate(columns)}
    typed = [column for column in told if is_typed(column) and column != "seq"]
    if not all(_is_kept(column, told[column], len(rows)) for column in typed):
        return False
    return not _is_outline(told) and (bool(typed) or _is_single(rows, atoms))


def _values(rows: Sequence[Sequence[Place | None]], atoms: Sequence[Atom], at: int) -> list[tuple[str, ...]]:
    places = [row[at] for row in rows]
    return [tuple(atom.value for atom in atoms[slice(*place)]) for place in places if place]


def _at_once(rows: Sequence[Sequence[Place | None]], atoms: Sequence[Atom]) -> bool:
    """Whether the first row follows the header, but for a heading or two."""
    first = next(place[0] for place in rows[0] if place)
    return first <= _ASIDE and all(is_heading(atom.value) for atom in atoms[:first])


def _is_kept(column: str, cells: Sequence[tuple[str, ...]], rows: int) -> bool:
    """Whether the column has cells, and of its kind."""
    return len(cells) >= _FILLED * rows and sum(is_of(cell, column) for cell in cells) >= _OF_KIND * len(
        cells
    )


def _is_single(rows: Sequence[Sequence[Place | None]], atoms: Sequence[Atom]) -> bool:
    """Whether hardly any cell is made of several pieces but by its width: the period is all that tells it."""
    places = [place for row in rows for place in row if place]
    single = sum(all(atom.full for atom in atoms[start : end - 1]) for start, end in places)
    return single >= _SINGLE * len(places)


def _is_outline(told: dict[str, list[tuple[str, ...]]]) -> bool:
    """Numbers of headings or labels inside the cells: a text under headings, a list with labels."""
    firsts = [cell[0] for column, cells in told.items() if column != "content" for cell in cells]
    content = [cell[0] for cell in told["content"]]
    labelled = sum(bool(_LABELLED.match(value)) for value in (*firsts, *content))
    headed = sum(_style(value) in {"cn", "cn_paren", "part", "item", "named"} for value in firsts)
    if headed > _FEW * len(firsts) or labelled > _FEW * 2 * (len(firsts) + len(content)):
        return True
    styles = Counter(style for value in content if (style := _style(value)))
    most = max(styles.values(), default=0)
    return most > _FEW * len(content) and (len(styles) > 1 or most < _ALL * len(content))


def _style(value: str) -> str:
    marker = head(value)
    return marker.style if marker else ""
