"""Spans resolved into rectangles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.grid import MAX_COLUMNS, Slot, resolve
from schema.page import Table


def slot(at: int, columns: int = 1, rows: int = 1) -> Slot:
    return Slot(at, at + 1, columns=columns, rows=rows)


def drawn(table: Table) -> list[str]:
    """One word a row: the cells' starts, a repeated one after ^, an empty one as a dot."""
    return [
        " ".join(("^" if c.filled else "") + (str(c.start) if c.start < c.end else ".") for c in row)
        for row in table.rows
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[slot(1), slot(2)], [slot(3)]], ["1 2", "3 ."]),
        ([[slot(1, rows=2), slot(2)], [slot(3)]], ["1 2", "^1 3"]),
        ([[slot(1, columns=2), slot(2)], [slot(3), slot(4), slot(5)]], ["1 ^1 2", "3 4 5"]),
        ([[slot(1), slot(2, rows=3)], [slot(3)], [slot(4)]], ["1 2", "3 ^2", "4 ^2"]),
        ([[slot(1, columns=9)], [slot(2), slot(3)]], ["1 ^1", "2 3"]),
        ([[slot(1, rows=0), slot(2)], [slot(3)], [slot(4)]], ["1 2", "^1 3", "^1 4"]),
        ([[slot(1), slot(2, rows=2)], [slot(3, columns=2)]], ["1 2", "3 ^2"]),
        ([[slot(1, columns=2, rows=2), slot(2)], [slot(3)], [slot(4), slot(5), slot(6)]],
         ["1 ^1 2", "^1 ^1 3", "4 5 6"]),
        ([[slot(1)], []], ["1", "."]),
    ],
)  # fmt: skip
def test_resolved(rows: list[list[Slot]], expected: list[str]) -> None:
    assert drawn(resolve(rows)) == expected


def test_header_cells_keep_their_mark_where_they_repeat() -> None:
    ((first, second),) = resolve([[Slot(0, 2, True, columns=2)], [slot(3), slot(4)]]).rows[:1]
    assert (first.header, first.filled, second.header, second.filled) == (True, False, True, True)


def test_what_is_beyond_the_last_column_melts_into_it() -> None:
    (row,) = resolve([[slot(at) for at in range(MAX_COLUMNS + 50)]]).rows
    assert len(row) == MAX_COLUMNS
    assert (row[-1].start, row[-1].end) == (MAX_COLUMNS - 1, MAX_COLUMNS + 50)


@given(
    st.lists(st.lists(st.tuples(st.integers(-1, 4), st.integers(0, 4)), max_size=5), min_size=1, max_size=6)
)
def test_always_a_rectangle_with_every_cell_once(spans: list[list[tuple[int, int]]]) -> None:
    rows, at = [], 0
    for row in spans:
        rows.append([slot(at + step, columns, deep) for step, (columns, deep) in enumerate(row)])
        at += len(row)
    table = resolve(rows)
    assert len({len(row) for row in table.rows}) == 1
    assert len(table.rows) == len(rows)
    own = [cell.start for row in table.rows for cell in row if not cell.filled and cell.start < cell.end]
    assert own == list(range(at))
