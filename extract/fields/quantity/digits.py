"""Numbers written in digits: 2.87亿元, 1.2万余人次, 5～8家, 3000片/月, 0.5个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_letters
from typing import Final

from extract.fields.quantity.bounds import bound_before, bound_behind, strongest
from extract.fields.quantity.measures import kinds, magnitude_pattern, magnitudes, rate_pattern, unit_pattern
from extract.fields.quantity.reading import Reading
from schema.records import Comparator

# 1,234.5 or 1234.5; it begins at no second digit, nor behind a decimal point. Possessive: a failed number
# isn't tried again digit by digit.
_BEGUN: Final = r"[0-9](?<![0-9][0-9])(?<![0-9]\.[0-9])"
_NUMBER: Final = r"(?:[0-9]{0,2}(?:,[0-9]{3})++(?![0-9])|[0-9]*+)(?:\.[0-9]++)?"
_BETWEEN: Final = r"[^0-9 ,，。;、:\n]{0,5}?"  # 3万|至5万元
_DASH: Final = r" ?(?:-|~|—|至|到) ?"
# Where none of these characters stands before the digits, they are barred by nothing.
_SUSPECT: Final = frozenset(ascii_letters + "_/×*+#〔[=-第 前")
# Before the digits: letters (PM2.5), signs of names (5G+8K, 7×24, GB/T 2260), 第25项, 前3名, № …
_BARRED_BEFORE: Final = re.compile(
    r"(?:[A-Za-z_/×*+#〔\[=]|[A-Za-z]-|第 ?|(?<![目之以此年月底日会节午提当赛])前|□-)\Z"
)
# 第3、4项 and 第1至5项: the ordinal reaches over the list.
_ORDINAL_LIST: Final = re.compile(
    r"第 ?[0-9一二三四五六七八九十]{1,3}(?:[、,，和及至~-][0-9一二三四五六七八九十]{0,3}){1,6}$"
)
_CLOCK: Final = re.compile(r"[0-9][时点:]$")  # 9时30分
_YEAR_BEHIND: Final = re.compile(r"\.[0-9]{3,}$")  # 1.2022年
# 56亿|6,184万元: one amount, the second number a part of the first one's magnitude
_ADDED: Final = re.compile(
    rf"(?P<part>{_NUMBER})(?P<magnitude>[千百]?万)(?P<unit>[元美欧日港]元?|人次?|户|吨|亩)"
)
_LETTER: Final = re.compile(r"[A-Za-z]")
_LONG: Final = frozenset({"年", "年时间", "个月", "天", "小时", "倍", "成", "个百分点", "%", "岁", "周"})
# A marker that ran into its text: 1.2022年, 3.100家 at the start of a line.
_MARKER: Final = re.compile(r"(?:^|\n)[ \u3000]*$")
_COUNTED: Final = frozenset(
    {"个", "家", "名", "项", "件", "条", "人", "户", "次", "人次", "场", "所", "座", "位"}
)
# Units that also end years, clock times, names and numbers of sessions.
_GUARDED: Final = frozenset({"年", "分", "秒", "P", "届", "起"})
_WINDOW: Final = 12
_LONGEST: Final = 20  # characters of a number; beyond it is an identifier


@cache
def _tail() -> str:
    """万余人次, 余万元, 片/月: what may follow the digits."""
    return (
        rf" ?+(?P<inner>[余多几+]?+)(?P<magnitude>{magnitude_pattern()})?+(?P<late>[余多几+]?+) ?+"
        rf"(?P<unit>(?:{unit_pattern()})(?:{rate_pattern()})?)?+"
    )


@cache
def _single() -> re.Pattern[str]:
    """One number and its tail, or one whose unit stands behind a second one: most numbers have neither.

    ``ranged`` is empty where a dash and a second number follow, else None.
    """
    near = rf" ?[余多几+]?(?:{magnitude_pattern()}| ?(?:{unit_pattern()}))"
    return re.compile(
        rf"(?P<number>{_BEGUN}{_NUMBER})(?:(?={_BETWEEN}{_DASH}[0-9])(?P<ranged>))?+"
        rf"(?:{_tail()}(?(magnitude)|(?(unit)|(?!)))|(?(ranged)|(?!))(?={_BETWEEN}{_DASH}[0-9]{_NUMBER}{near}))"
    )


@cache
def _range() -> re.Pattern[str]:
    """Two numbers, at most five characters and a dash between them: 3万至5万元."""
    return re.compile(
        rf"(?P<number>[0-9]{_NUMBER})(?P<between>{_BETWEEN}){_DASH}(?P<high>[0-9]{_NUMBER}){_tail()}"
    )


def read_digits(text: str, start: int = 0, end: int | None = None) -> Iterator[Reading]:
    """The metrics written in digits, in order; ``text`` is folded and its names are hidden.

    Only those whose number begins at ``start`` … ``end``.

    >>> [(r.value, r.unit, r.comparator) for r in read_digits("服务1.2万余人次,不低于80%")]
    [(1.2, '万人次', 'gt'), (80.0, '%', 'ge')]
    """
    at, stop = start, len(text) if end is None else end
    while (match := _single().search(text, at)) and match.start() < stop:
        both = match["ranged"] is not None and _range().match(text, match.start())
        high = both["high"] if both and _is_range(text, both) else None
        match = both if both and high else match
        at = match.end("high" if high else "number")
        reading = _read(text, match, high)
        if reading:
            reading = _with_part(text, reading)
            at = max(at, reading.behind)
            yield reading


def _with_part(text: str, reading: Reading) -> Reading:
    """56亿6,184万元 as 56.6184 亿元; any other reading as it is."""
    alone = reading.unit == "亿" and reading.end == reading.behind
    added = _ADDED.match(text, reading.behind) if alone else None
    unit: str = added["unit"] if added else ""
    if added is None or unit not in kinds():
        return reading
    part = _value(added["part"]) * magnitudes()[added["magnitude"]] / magnitudes()["亿"]
    behind = bound_behind(text, added.end(), False)
    return reading._replace(
        value=round(reading.value + part, 8),
        end=behind.edge,
        behind=added.end(),
        kind=kinds()[unit],
        unit=f"亿{unit}",
        base_unit=unit,
        comparator=strongest(reading.comparator, behind.comparator),
    )


def _is_range(text: str, match: re.Match[str]) -> bool:
    """5～8家, 10%-15%, 3万至5万元; not 由30%到50%, 2019-2021年, 3家至12日."""
    magnitude, unit = match["magnitude"] or "", match["unit"] or ""
    before = text[max(0, match.start() - 1) : match.start()]
    if not (magnitude or unit) or before in ("由", "从"):
        return False
    shared = match["between"] in ("", magnitude, unit, magnitude + unit)
    return shared and _value(match["number"]) < _value(match["high"])


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))


def _read(text: str, match: re.Match[str], high: str | None) -> Reading | None:
    magnitude, unit = match["magnitude"] or "", match["unit"] or ""
    if not (magnitude or unit) or not _allowed(text, match.start(), unit):
        return None
    if not _unit_fits(text, match, magnitude, unit, high or match["number"]):
        return None
    return _reading(text, match, magnitude, unit, high)


def _after_marker(text: str, match: re.Match[str]) -> int:
    """Where the number begins: behind ``3.`` in ``3.100家`` at the start of a line."""
    start, unit = match.start(), match["unit"]
    whole, dot, part = match["number"].partition(".")
    if not dot or part[0] == "0" or len(whole) > 2 or match["magnitude"] or unit not in _COUNTED:
        return start
    return start + len(whole) + 1 if _MARKER.search(text[max(0, start - 3) : start]) else start


def _allowed(text: str, start: int, unit: str) -> bool:
    """No name, rank or date."""
    if text[start - 1 : start] in _SUSPECT:
        before = text[max(0, start - 2) : start]
        if _BARRED_BEFORE.search(before) and not (unit in ("%", "亿元") and _LETTER.match(before[-1])):
            return False
    window = max(0, start - _WINDOW)
    return text.find("第", window, start) < 0 or not _ORDINAL_LIST.search(text[window:start])


def _unit_fits(text: str, match: re.Match[str], magnitude: str, unit: str, number: str) -> bool:
    """Identifiers (00087), years, clock times and 8P without a magnitude are no metrics."""
    start, printed = match.start(), match["number"]
    if len(number) > _LONGEST or (printed[0] == "0" and printed[1:2].isdecimal()):
        return False
    if not unit:  # 5.64万, 3亿: 百 and 千 alone are left to names
        return magnitude[-1] in "万亿"
    if unit not in _GUARDED:
        return True
    if unit == "年":
        return len(number.partition(".")[0]) < 3 and not magnitude and not _YEAR_BEHIND.search(printed)
    if unit in ("分", "秒"):
        return not _CLOCK.search(text[max(0, start - 2) : start])
    if unit == "P":
        return bool(magnitude) or "算力" in text[max(0, start - _WINDOW) : start]
    return len(number) < 4


def _reading(text: str, match: re.Match[str], magnitude: str, unit: str, high: str | None) -> Reading:
    start = _after_marker(text, match)
    before = bound_before(text, start)
    end = match.end("unit") if unit else match.end("late")
    behind = bound_behind(text, end, unit in _LONG or not unit)
    inner: Comparator = "gt" if match["inner"] or match["late"] else "eq"
    sign = _sign(text, start, unit)
    return Reading(
        start=min(before.edge, start - (sign < 0)),
        end=behind.edge,
        number=start,
        behind=end,
        kind=kinds().get(unit) or ("rate" if "/" in unit else "count"),
        value=sign * _value(text[start : match.end("number")]),
        unit=(magnitude + unit).replace(" ", "") or None,
        base_unit=unit.replace(" ", "") or None,
        factor=magnitudes().get(magnitude, 1),
        comparator=strongest(before.comparator, behind.comparator, inner),
        rule="metric.range" if high else "metric.digits",
        high=_value(high) if high else None,
    )


def _sign(text: str, start: int, unit: str) -> int:
    """增速-5.1%, -18℃: a dash behind a character that is no digit, letter or other dash."""
    if unit not in ("%", "℃", "°C", "个百分点", "百分点") or start < 2 or text[start - 1] != "-":
        return 1
    return 1 if text[start - 2] in "-—~%0123456789" or _LETTER.match(text[start - 2]) else -1
