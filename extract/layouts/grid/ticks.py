"""Columns that are ticked: √ under 已完成, under 推进中 or under 滞后 says where a task stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from extract.layouts.grid.shape import is_status
from schema.text import Text

TICKS: Final = frozenset("√✓✔☑●★■")
"""Marks that tick a cell."""


def marked_columns(grid: Sequence[Sequence[Text]]) -> dict[int, Text]:
    """The columns below a status that hold ticks only, by the header's last row, which comes first.

    >>> grid = [[Text.of(cell) for cell in row] for row in (("任务", "完成", "滞后"), ("修路", "√", ""))]
    >>> {index: str(text) for index, text in marked_columns(grid).items()}
    {1: '完成', 2: '滞后'}
    """
    header, *rows = grid
    named = [i for i, text in enumerate(header) if is_status(text.value)]
    columns = {i: header[i] for i in named if all(_is_tick(row[i]) or not row[i] for row in rows)}
    ticks = any(_is_tick(row[i]) for row in rows for i in columns)
    return columns if ticks and len(columns) > 1 else {}


def ticked(own: Mapping[int, Text], columns: Mapping[int, Text]) -> dict[int, Text]:
    """The cells of a row, the status that is ticked in the first such column as the header prints it."""
    on = [index for index in columns if index in own]
    if len(on) != 1:
        return dict(own)
    kept = {index: text for index, text in own.items() if index not in columns}
    return kept | {min(columns): columns[on[0]]}


def _is_tick(text: Text) -> bool:
    return text.value.strip() in TICKS
