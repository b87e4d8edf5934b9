"""What bounds a number: 不低于80%, 近20家, 70家左右, 1.2万余人次."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from extract.fields.quantity.measures import bounds_before, bounds_behind, measures
from schema.records import Comparator

_LONGEST: Final = 4
# 左右 and the like, but 以下简称, 内容, 20家多元化主体 bound nothing.
_BEHIND: Final = re.compile(
    r" ?(\(含\)以上|\(含\)以下|(?:及|或)?以上(?!述|率)"
    r"|(?:及|或)?以下(?!简称|几|方面|问题|措施|任务|工作|内容)"
    r"|以内|之内|左右|上下(?!游)|前后|内(?![容部外地蒙涵需在陆侧环科参资设生因控])|有余|开外"
    r"|多(?![元样方种次家项层领边年渠跨功维点级种语模名位个人])|余(?![名家个人位]))"
)
_OPENS_BEHIND: Final = frozenset(" (及或以之左上前内有开多余")  # most units have nothing behind them
_MARKUP: Final = re.compile(r"[A-Za-z0-9\"'/]$")  # <p>24项 is no >24
# The strict word wins over 约 and 左右: 约30%以上 is ge.
_RANK: Final = {"approx": 1}


class Bound(NamedTuple):
    """A comparator and where its word begins (before a number) or ends (behind a unit)."""

    comparator: Comparator
    edge: int


@cache
def _barred() -> dict[str, str]:
    barred: dict[str, str] = measures()["comparators"]["not_after"]
    return barred


@cache
def _last_characters() -> frozenset[str]:
    return frozenset(word[-1] for word in bounds_before())


def bound_before(text: str, start: int) -> Bound:
    """The bound that ends at ``start``, a 了 or blank between allowed (超过了20家); else eq there.

    >>> bound_before("比例不低于80%", 5), bound_before("签约20个", 2)
    (Bound(comparator='ge', edge=2), Bound(comparator='eq', edge=2))
    """
    end = start
    while end and text[end - 1] in " 了" and start - end < 2:
        end -= 1
    if not end or text[end - 1] not in _last_characters():  # most numbers have no bound
        return Bound("eq", start)
    for size in range(min(_LONGEST, end), 0, -1):
        word = text[end - size : end]
        name = bounds_before().get(word)
        if name is None or (word in "<>" and _MARKUP.search(text[max(0, end - 2) : end - 1])):
            continue
        if end > size and text[end - size - 1] in _barred().get(word, ""):
            continue
        if name == "eq":
            nested = bound_before(text, end - size) if end > size else None
            return nested if nested and nested.comparator != "eq" else Bound("eq", start)
        return Bound(name, end - size)  # type: ignore[arg-type]  # the lexicon's names are checked by a test
    return Bound("eq", start)


def bound_behind(text: str, end: int, durable: bool = True) -> Bound:
    """The bound that begins at ``end``; 多 and 余 there only where ``durable`` (3年多, not 20家多).

    >>> bound_behind("70家左右", 3)
    Bound(comparator='approx', edge=5)
    """
    match = _BEHIND.match(text, end) if text[end : end + 1] in _OPENS_BEHIND else None
    if match is None or (match[1] in ("多", "余") and not durable):
        return Bound("eq", end)
    word = match[1]
    return Bound(bounds_behind()[word], match.end())  # type: ignore[arg-type]


def strongest(*names: Comparator) -> Comparator:
    """The first strict bound, else approx, else eq."""
    bound = [name for name in names if name != "eq"]
    return max(bound, key=lambda name: _RANK.get(name, 2)) if bound else "eq"
