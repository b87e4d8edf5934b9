"""Shares and multiples without a unit of their own: 三分之二, 百分之十, 1/4, 一半, 翻两番, 百亿规模."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.fields.quantity.bounds import bound_before, bound_behind, strongest
from extract.fields.quantity.reading import Reading
from extract.numerals import CHARACTERS, parse_numeral

_NUMERAL: Final = rf"[{CHARACTERS}]{{1,8}}|[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?"
# 三分之二, 百分之十五, 4分之3, 千分之三
_PARTS: Final = re.compile(
    rf"(?<![{CHARACTERS}0-9.])(?P<whole>[{CHARACTERS}]{{1,4}}|[0-9]{{1,3}})分之(?P<part>{_NUMERAL})(?![{CHARACTERS}])"
)
# 占全市的1/4: a slash between small numbers and a word of sharing at either side.
_SLASH: Final = re.compile(
    r"(?<![0-9A-Za-z/.])(?P<part>[0-9]{1,2})/(?P<whole>[0-9]{1,3})(?![0-9A-Za-z/.年月])"
)
_SHARED: Final = re.compile(r"(?:[的占近约超过逾为国省市区县球]|达到|不足|仅|不到)$")
_SHARING: Final = re.compile(r" ?(?:以上|左右|以下|的|强|弱)")
# 超过一半, 半数以上: only with 占 or a bound.
_HALF: Final = re.compile(r"(?<!另)一半(?!年)|半数")
# 翻一番, 翻了两番, 翻番
_DOUBLED: Final = re.compile(r"翻了?(?P<times>[一两三四二]?)番")
# 百亿规模, 千亿级, 百万级: a class by its order of magnitude. Not 3个千亿级 of something 1000亿.
_CLASS: Final = re.compile(
    r"(?<![数几0-9十百千一二两三四五六七八九])(?P<digit>[一二两三四五六七八九]?[十百千])(?P<magnitude>[亿万])(?P<unit>元?)(?=级|规模|量级|元规模)"
)
_CLASSED: Final = re.compile("[亿万]元?(?:级|规模|量级|元规模)")


def read_shares(text: str) -> Iterator[Reading]:
    """Shares of a whole, doublings and size classes; ``text`` is folded and its names are hidden.

    三分之二 is worth 0.666…, kind ratio, without a unit; 百分之十 is 10 %; 翻一番 is growth by
    1 番; 百亿规模 is about 100 亿.

    >>> [(round(r.value, 2), r.unit, r.kind) for r in read_shares("近三分之二,百分之十,翻一番")]
    [(0.67, None, 'ratio'), (10, '%', 'percent'), (1, '番', 'growth')]
    """
    if "分之" in text:
        yield from filter(None, (_parts(text, match) for match in _PARTS.finditer(text)))
    if "/" in text:
        yield from filter(None, (_slash(text, match) for match in _SLASH.finditer(text)))
    if "半" in text:
        yield from filter(None, (_half(text, match) for match in _HALF.finditer(text)))
    if "番" in text:
        yield from (_doubled(match) for match in _DOUBLED.finditer(text))
    if _CLASSED.search(text):
        yield from (_class(text, match) for match in _CLASS.finditer(text))


def _bounded(text: str, match: re.Match[str], value: float, unit: str | None = None) -> Reading:
    before, behind = bound_before(text, match.start()), bound_behind(text, match.end())
    return Reading(
        start=before.edge,
        end=behind.edge,
        number=match.start(),
        behind=match.end(),
        kind="percent" if unit else "ratio",
        value=value,
        unit=unit,
        base_unit=unit,
        factor=1,
        comparator=strongest(before.comparator, behind.comparator),
        rule="metric.share",
    )


def _parts(text: str, match: re.Match[str]) -> Reading | None:
    whole, part = parse_numeral(match["whole"]), parse_numeral(match["part"])
    if not whole or part is None:
        return None
    return _bounded(text, match, part, "%") if whole == 100 else _bounded(text, match, part / whole)


def _slash(text: str, match: re.Match[str]) -> Reading | None:
    part, whole = int(match["part"]), int(match["whole"])
    shared = _SHARED.search(text[max(0, match.start() - 2) : match.start()])
    if not 0 < part < whole or not (shared or _SHARING.match(text, match.end())):
        return None
    return _bounded(text, match, part / whole)


def _half(text: str, match: re.Match[str]) -> Reading | None:
    reading = _bounded(text, match, 0.5)
    stated = reading.comparator != "eq" or "占" in text[max(0, match.start() - 6) : match.start()]
    return reading if stated else None


def _doubled(match: re.Match[str]) -> Reading:
    times = parse_numeral(match["times"] or "一") or 1
    return Reading(
        start=match.start(), end=match.end(), number=match.start(), behind=match.end(), kind="growth",
        value=times, unit="番", base_unit="番", factor=1, comparator="eq", rule="metric.doubled",
    )  # fmt: skip


def _class(text: str, match: re.Match[str]) -> Reading:
    before = bound_before(text, match.start())
    magnitude, unit = match["magnitude"], match["unit"]
    return Reading(
        start=before.edge, end=match.end(), number=match.start(), behind=match.end(),
        kind="amount" if magnitude == "亿" or unit else "count", value=parse_numeral(match["digit"]) or 0,
        unit=magnitude + unit, base_unit=unit or None, factor=10**8 if magnitude == "亿" else 10**4,
        comparator=strongest("approx", before.comparator), rule="metric.class",
    )  # fmt: skip
