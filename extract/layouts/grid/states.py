"""The column that says where tasks stand, by what its cells say and not by its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from extract.layouts.grid.header import Column, Pairs, column_of
from extract.layouts.grid.shape import bare, is_state
from extract.layouts.grid.ticks import TICKS
from extract.lexicon.load import load_toml
from schema.text import Text

_YES: Final = TICKS | {"是"}
_ANSWERS: Final = _YES | {"否", "×", "✗", "✘"}
_FEWEST: Final = 2
# 是否完成   是否已办结   完成与否   达标（是/否）
_ASKED: Final = re.compile(
    r"\s*是\s*否\s*(?P<after>[\u4e00-\u9fff]{2,8})\s*|\s*(?P<before>[\u4e00-\u9fff]{2,8})"
    r"(?:与否|[（(]是[/／、或]?否[）)])\s*"
)


def told_by_cells(
    columns: Sequence[Column], headers: Sequence[str], grid: Sequence[Sequence[str]], added: Pairs = ()
) -> tuple[Column, ...]:
    """The columns with the one that tells states as ``status``, where no header names one.

    ``grid`` are the rows below the header. Of two columns of progress (进展情况, 完成进度) the
    one of states is the status; a lone column of progress stays what it is.

    >>> rows = [("修路", "修通3公里", "达序时"), ("架桥", "尚未开工", "未达序时")]
    >>> told_by_cells(("content", "progress", "extra"), ("任务", "进展情况", "完成进度"), rows)
    ('content', 'progress', 'status')
    """
    named = tuple(columns)
    if "status" in named:
        return named
    rows = [row for row in grid if len({cell for cell in row if cell}) > 1]
    told = {i: [row[i] for row in rows] for i, column in enumerate(named) if column in {"extra", ""}}
    spare = [i for i, cells in told.items() if are_states(cells) or _are_answers(cells, headers[i])]
    if spare:
        return _put(named, spare[0], "status")
    first = named.index("progress") if named.count("progress") == 1 else -1
    other = [i for i, column in enumerate(named) if column == "extra" and _is_progress(headers[i], added)]
    if first >= 0 and other and are_states([row[first] for row in rows]):
        return _put(_put(named, first, "status"), other[0], "progress")
    return named


def answered(cell: Text, header: Text) -> Text:
    """A 是 or √ under 是否完成 as the words of the header that it affirms; other cells as they are.

    >>> str(answered(Text.of("是"), Text.of("是否完成"))), str(answered(Text.of("否"), Text.of("是否完成")))
    ('完成', '否')
    """
    match = _ASKED.fullmatch(header.value)
    if match is None or bare(cell.value) not in _YES:
        return cell
    name = "after" if match["after"] else "before"
    return header.cut(match.start(name), match.end(name))


def _are_answers(cells: Sequence[str], header: str) -> bool:
    """Whether the cells say yes or no to whether the task is done: 是 and 否 under 是否整改到位."""
    match = _ASKED.fullmatch(header)
    said = {bare(cell) for cell in cells if cell.strip()}
    return (
        match is not None and is_state(match["after"] or match["before"]) and said <= _ANSWERS and bool(said)
    )


def are_states(cells: Sequence[str]) -> bool:
    """Whether six of ten filled cells are states, and those are half of all rows.

    >>> are_states(["已解决（A类）", "正在解决（B类）", "采纳（C类）"]), are_states(["已完成", "修通3公里"])
    (True, False)
    """
    filled = [cell for cell in cells if cell.strip()]
    telling = sum(map(is_state, filled))
    states = telling + sum(bare(cell) in _silent() for cell in filled)
    return telling >= _FEWEST and states * 10 >= len(filled) * 6 and states * 2 >= len(cells)


def _is_progress(header: str, added: Pairs) -> bool:
    return column_of(header, added) == "progress"


def _put(columns: tuple[Column, ...], index: int, column: Column) -> tuple[Column, ...]:
    return (*columns[:index], column, *columns[index + 1 :])


@cache
def _silent() -> frozenset[str]:
    return frozenset(load_toml("status")["silent"]["words"])
