"""Whether a percentage is a change, and which way: 同比增长13.0%, 融资成本降低约20%, 低于全国0.3个百分点."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extract.alternatives import longest_first
from extract.fields.quantity.measures import measures
from extract.fields.quantity.reading import Reading

_CHANGING: Final = frozenset({"percent", "growth", "ratio"})
_WINDOW: Final = 16
_CLAUSE: Final = re.compile(r"[,，。;、:\n(]")
# 占全市的30.8%, 占比达12%: a share of a whole.
_SHARE: Final = re.compile(r"占[^,，。;、\n]{0,15}$")
# 增长12.5倍 is growth, 是上年的3倍 a ratio; 提高到80% is a level.
_POINTS: Final = ("百分点", "基点", "bp", "BP")


@cache
def _words() -> re.Pattern[str]:
    """The growth word that ends here, with 了, 约 and the like behind it."""
    lexicon = measures()["growth"]
    return re.compile(
        rf"(?:(?P<down>{longest_first(lexicon['down'])})|(?P<up>{longest_first(lexicon['up'])}))"
        rf"(?:{longest_first(lexicon['skipped'])}){{0,3}}$"
    )


@cache
def _last() -> frozenset[str]:
    """The last characters of such words: where none stands, nothing changed."""
    lexicon = measures()["growth"]
    return frozenset(word[-1] for name in ("up", "down", "skipped") for word in lexicon[name]) | {"\n"}


# 分别增长64.8%、42.5%: the second is growth too.
_AND: Final = re.compile(r" ?[、和及,，] ?")


def listed_growth(text: str, reading: Reading, before: Reading | None) -> Reading:
    """The reading as growth when it is next in a list that began with one (分别增长3%、5%)."""
    if before is None or before.kind != "growth" or reading.kind not in ("percent", "ratio"):
        return reading
    if before.base_unit != reading.base_unit or not _AND.fullmatch(text, before.end, reading.start):
        return reading
    sign = -1 if before.value < 0 < reading.value else 1
    return reading._replace(kind="growth", value=sign * reading.value)


def with_growth(text: str, reading: Reading) -> Reading:
    """The reading as growth where a word of change stands before it; as ratio behind 占.

    Growth is signed: a fall is negative, and ``start`` reaches back to the word that says so.

    >>> from extract.fields.quantity.digits import read_digits
    >>> found = with_growth("成本降低约20%", next(read_digits("成本降低约20%")))
    >>> found.kind, found.value, found.comparator, found.start
    ('growth', -20.0, 'approx', 2)
    """
    if reading.kind not in _CHANGING or reading.unit == "番":
        return reading
    low = max(0, reading.start - _WINDOW)
    window = text[low : reading.start]
    match = _words().search(window) if window[-1:] in _last() else None
    if match and not (reading.kind == "ratio" and reading.unit is None):
        return _changed(reading, low + match.start(), match["down"] is not None)
    if reading.unit and reading.unit.endswith(_POINTS):
        return _distant(reading, window)
    return reading._replace(kind="ratio") if _SHARE.search(window) else reading


def _changed(reading: Reading, start: int, falls: bool) -> Reading:
    sign = -1 if falls and reading.value > 0 else 1
    high = None if reading.high is None else sign * reading.high
    return reading._replace(kind="growth", start=start, value=sign * reading.value, high=high)


def _distant(reading: Reading, window: str) -> Reading:
    """低于全国平均0.3个百分点: points are a change; the word may stand earlier in the clause."""
    clause = _CLAUSE.split(window)[-1]
    down = max((clause.rfind(word) for word in measures()["growth"]["down"] if len(word) > 1), default=-1)
    up = max((clause.rfind(word) for word in measures()["growth"]["up"] if len(word) > 1), default=-1)
    if max(down, up) < 0:
        return reading
    return _changed(reading, reading.start - len(clause) + max(down, up), down > up)
