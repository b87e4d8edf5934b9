"""How much a piece of text is like the cells of a column: by what it names, how long it is, how it ends.

Values are log likelihood ratios against any piece of the text (0: says nothing). What a column's cells
are like is first assumed from its name and then learned from a segmentation (``learned``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from extract.draft import ROLES
from extract.layouts.flat.cells import names_of
from extract.layouts.grid.shape import is_code, is_date, is_source, is_status, is_verdict
from extract.organisation import begins_as_organisation, is_organisation

_STOPS: Final = "。；;！!？?"
# 无 — stands for an empty cell where problems or remarks are asked for
_NOTHING: Final = frozenset(("无", "无。", "暂无", "暂无。", "/", "\\", "—", "——", "-"))
# 已 累计 正在 …: words of what was done; progress has them, tasks hardly
_DONE: Final = re.compile(
    r"已(?!有)|累计|正在|截至|目前|全部|均(?!衡)|共(?![同建享治商])|完成了|达到?\d|同比|占|其中|举办了?|印发|召开"
    r"|\d(?:%|％|个|次|人|家|项|万|亿|场|户|处|公里)"
)
_LEAST_SPREAD: Final = 0.3
_PRIOR: Final = 4.0
"""What is assumed weighs as much as so many cells."""

_TYPED: Final[Mapping[str, Callable[[str], bool]]] = {
    "deadline": is_date,
    "status": is_verdict,
    "source": is_source,
    "seq": is_code,
}
_TASKS: Final = frozenset({"content", "target", "dimension"})
_MATCH: Final = 3.5
_WEAK_MATCH: Final = 1.0
_SHORT_MISS: Final = -2.5
_MISS: Final = -7.0
_SHORT: Final = 24
_KNOWN: Final = 1.5
_FOREIGN: Final = -3.0


@dataclass(frozen=True, slots=True)
class Shape:
    """What cells are like: mean and spread of log length, shares that end in a stop, that tell of work done.

    ``values`` are those that stand in several cells.
    """

    mean: float
    spread: float
    stops: float
    done: float
    values: Mapping[str, int] = field(default_factory=dict)

    def density(self, size: int) -> float:
        at = (math.log(size + 1) - self.mean) / self.spread
        return -0.5 * at * at - math.log(self.spread)


def _shape(length: float, spread: float, stops: float, done: float) -> Shape:
    return Shape(math.log(length), spread, stops, done)


_OTHER: Final = _shape(30.0, 1.5, 0.4, 0.4)
_ASSUMED: Final[Mapping[str, Shape]] = {
    "dimension": _shape(5.0, 0.5, 0.02, 0.02),
    "content": _shape(18.0, 0.9, 0.3, 0.2),
    "target": _shape(18.0, 0.9, 0.3, 0.3),
    "progress": _shape(70.0, 1.0, 0.8, 0.8),
}


def assumed(column: str) -> Shape:
    """What the cells of a column are like before any was seen."""
    return _ASSUMED.get(column, _OTHER)


def learned(column: str, cells: Sequence[str]) -> Shape:
    """What the cells of a column are like, given those found.

    >>> shape = learned("problems", ["无"] * 30 + ["人手不足。"] * 2)
    >>> shape.values["无"], round(math.exp(shape.mean))
    (30, 3)
    """
    before = assumed(column)
    sizes = [math.log(len(cell) + 1) for cell in cells]
    weight = _PRIOR + len(sizes)
    mean = (before.mean * _PRIOR + sum(sizes)) / weight
    apart = _PRIOR * (before.spread**2 + (before.mean - mean) ** 2) + sum((s - mean) ** 2 for s in sizes)
    stops = (before.stops * _PRIOR + sum(cell[-1:] in _STOPS for cell in cells)) / weight
    done = (before.done * _PRIOR + sum(is_told(cell) for cell in cells)) / weight
    counted = {value: count for value, count in Counter(cells).items() if count > 2}
    return Shape(mean, max(_LEAST_SPREAD, math.sqrt(apart / weight)), stops, done, counted)


@lru_cache(maxsize=8192)
def is_told(value: str) -> bool:
    """Whether a text tells what was done.

    >>> is_told("已建成38所"), is_told("建设农村公路")
    (True, False)
    """
    return bool(_DONE.search(value))


class Likeness:
    """How much more parts, taken together, are like a cell of the column than like any text.

    Asked for every stretch of a page: what depends on the shapes alone is reckoned once.
    """

    __slots__ = ("_any_cell", "_column", "_done", "_shape", "_sizes", "_stops", "_typed")

    def __init__(self, column: str, shape: Shape, any_cell: Shape) -> None:
        self._column, self._shape, self._any_cell = column, shape, any_cell
        self._typed = is_typed(column)
        self._sizes: dict[int, float] = {}
        self._stops = _shares(shape.stops, any_cell.stops)
        self._done = _shares(shape.done, any_cell.done)

    def of(self, parts: tuple[str, ...]) -> float:
        """What speaks for the parts as one cell; below 0 what speaks against it."""
        value = "".join(parts)
        known = _KNOWN if value in self._shape.values else 0.0
        if self._typed:
            kind = _typed(parts, self._column)
            return max(known, kind) if known else kind
        size = self._sizes.get(len(value))
        if size is None:
            size = self._sizes[len(value)] = self._size(len(value))
        told = size + known + _foreign(value, self._column) + self._stops[value[-1:] in _STOPS]
        return told + self._done[is_told(value)]

    def _size(self, size: int) -> float:
        return max(-4.0, min(2.5, self._shape.density(size) - self._any_cell.density(size)))


def _shares(own: float, others: float) -> tuple[float, float]:
    """What speaks for the column where a text lacks what a share of its cells have, and where it has it."""
    lacking, having = math.log((1 - own) / (1 - others)), math.log(own / others)
    return max(-2.0, min(1.0, lacking)), max(-2.0, min(1.0, having))


def is_typed(column: str) -> bool:
    """Whether the cells of a column are of a kind: organisations, dates, states, sources, numbers."""
    return column in _TYPED or column in ROLES


@lru_cache(maxsize=8192)
def is_of(parts: tuple[str, ...], column: str) -> bool:
    """Whether a cell made of the parts is of the kind of its column."""
    if column in ROLES:
        names = names_of(parts)
        return bool(names) and all(map(is_organisation, names))
    return _TYPED[column]("".join(parts))


@lru_cache(maxsize=8192)
def _typed(parts: tuple[str, ...], column: str) -> float:
    value = "".join(parts)
    if is_of(parts, column):
        names = names_of(parts) if column in ROLES else []
        shown = sum(map(begins_as_organisation, names)) / len(names) if names else 1.0
        return _WEAK_MATCH + (_MATCH - _WEAK_MATCH) * shown
    if is_organisation(value) or is_told(value):
        return _MISS
    return _SHORT_MISS if len(value) <= _SHORT and value[-1:] not in _STOPS else _MISS


@lru_cache(maxsize=8192)
def _foreign(value: str, column: str) -> float:
    """A date, a state, a list of organisations or 无 is hardly a task; a name or a date alone no progress."""
    task = column in _TASKS
    if value in _NOTHING:
        return _FOREIGN if task else _KNOWN
    if len(value) > _SHORT * 2 or column == "extra":
        return 0.0
    listed = begins_as_organisation(value) and is_organisation(value)
    return _FOREIGN if listed or is_date(value) or (task and is_status(value)) else 0.0
