"""The column that puts tasks into groups, by what its cells say and not by its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from extract.layouts.grid.header import Column
from extract.layouts.grid.shape import is_state
from extract.organisation import is_organisation

_ROWS: Final = 4
# 安全生产治本攻坚   营商环境提升: words, no amount and no place (双河镇)
_NAME: Final = re.compile(r"[\u4e00-\u9fff“”、（）()]{4,24}(?<![省市县区镇乡村])")


def told_by_runs(columns: Sequence[Column], grid: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns with an unknown one before the task as ``dimension``, when it groups the rows.

    Each of its cells is a name, the same names stand below each other, and there are at least
    twice as many rows as names. ``grid`` are the rows below the header.

    >>> rows = [(name, "修路") for name in ("安全生产攻坚", "安全生产攻坚", "污染防治攻坚", "污染防治攻坚")]
    >>> told_by_runs(("extra", "content"), rows)
    ('dimension', 'content')
    """
    named = tuple(columns)
    if "dimension" in named or "content" not in named or len(grid) < _ROWS:
        return named
    for index in range(named.index("content")):
        cells = ["".join(row[index].split()) for row in grid]
        if named[index] == "extra" and all(map(_is_name, set(cells))) and _in_runs(cells):
            return (*named[:index], "dimension", *named[index + 1 :])
    return named


def _in_runs(cells: Sequence[str]) -> bool:
    names = len(set(cells))
    return 1 < names <= len(cells) // 2 and sum(1 for _ in groupby(cells)) == names


def _is_name(cell: str) -> bool:
    return bool(_NAME.fullmatch(cell)) and not is_organisation(cell) and not is_state(cell)
