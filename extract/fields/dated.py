"""Dates and spans of days named in text, as ISO 8601 dates, months or intervals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from extract.alternatives import sought

_RELATIVE: Final = "今年|去年|上年|本年|明年"
_YEAR: Final = rf"(?:(?P<year>(?:19|20)\d{{2}})\s?年\s?|(?P<relative>{_RELATIVE})\s?)"
_TO: Final = r"\s?(?:至|到|[-—–~～－]{1,2})\s?"
_MONTH: Final = r"(?:1[0-2]|0?[1-9])"
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])"
# 2021年9月24日至28日 · 9月30日至10月2日 · 2022年9月22日-27日
_LAST: Final = (
    rf"(?:{_TO}(?:(?P<year2>(?:19|20)\d{{2}})\s?年)?(?:(?P<month2>{_MONTH})\s?月)?(?P<day2>{_DAY})\s?[日号])?"
)
_DAYS: Final = rf"{_YEAR}?(?<!\d)(?P<month>{_MONTH})\s?月\s?(?P<day>{_DAY})\s?[日号]?{_LAST}"
# 1-11月 · 2022年1月至11月 · 2020年9月至2021年3月 · 11月至次年2月
_UNTIL: Final = rf"(?:(?P<until>(?:19|20)\d{{2}})\s?年\s?|(?P<then>次年|翌年|{_RELATIVE})\s?)?"
_MONTHS: Final = rf"{_YEAR}?(?<!\d)(?P<from>{_MONTH})\s?月?{_TO}{_UNTIL}(?P<to>{_MONTH})\s?月(?!\s?\d)"
# 2021年6月, but not 第3月
_ONE_MONTH: Final = rf"{_YEAR}?(?<![\d.第])(?P<only>{_MONTH})\s?月份?(?!\s?\d)"
# 2021年上半年 · 2021年第三季度 · 今年前三季度; without its year it is a period, no date
_PART: Final = rf"{_YEAR}(?P<part>[上下]半年|前[二两三]季度|第?[一二三四1-4]季度)"
# 2018年-2035年 · 2021—2023年
_YEARS: Final = rf"(?P<first>(?:19|20)\d{{2}})\s?年?{_TO}(?P<last>(?:19|20)\d{{2}})\s?年"
# 2022-09-15 · 2022.9.15
_NUMERIC: Final = (
    r"(?<![\d.])(?P<y>(?:19|20)\d{2})[-./](?P<m>1[0-2]|0?[1-9])[-./](?P<d>3[01]|[12]\d|0?[1-9])(?![\d.])"
)
_DATE: Final = re.compile(
    "|".join(
        f"(?:{part})"
        for part in (
            _DAYS,
            _YEARS,
            _MONTHS.replace("year", "year_m").replace("relative", "relative_m"),
            _ONE_MONTH.replace("year", "year_o").replace("relative", "relative_o"),
            _PART.replace("year", "year_p").replace("relative", "relative_p"),
            _NUMERIC,
        )
    )
)
# What every form begins with: a number and what may stand behind it, or the year by name
_BEGUN: Final = re.compile(r"[0-9今去上本明](?:(?<=[0-9])\d{0,3}\s?[年月至到\-—–~～－./]|(?<![0-9])年)")
_SHIFT: Final = {"去年": -1, "上年": -1, "明年": 1}
_NEXT: Final = frozenset({"次年", "翌年"})
_HALVES: Final = {"上半年": (1, 6), "下半年": (7, 12)}
_QUARTER: Final = {sign: at for at, signs in enumerate(("一1", "二两2", "三3", "四4"), 1) for sign in signs}
# ２０２１年９月
_WIDE: Final = re.compile("[０-９]")
_NARROW: Final = {ord("０") + digit: str(digit) for digit in range(10)}


def dated(value: str, report_year: int | None) -> Iterator[tuple[int, int, str | None]]:
    """Dates in order: half-open offsets and the ISO form; None when the year is not known.

    >>> [iso for *_, iso in dated("9月24日至28日举办，2022年1-11月成交", 2021)]
    ['2021-09-24/2021-09-28', '2022-01/2022-11']
    >>> [iso for *_, iso in dated("9月24日", None)]
    [None]
    """
    for match in sought(_BEGUN, _DATE, _narrow(value)):
        try:
            yield match.start(), match.end(), _iso(match, report_year)
        except ValueError:  # 2月30日
            continue


def _narrow(value: str) -> str:
    return value.translate(_NARROW) if _WIDE.search(value) else value


def _iso(match: re.Match[str], report_year: int | None) -> str | None:
    parts = match.groupdict()
    if parts["first"]:
        return f"{parts['first']}/{parts['last']}"
    if parts["y"]:
        return _day(int(parts["y"]), parts["m"], parts["d"])
    year = _year(parts, report_year)
    if year is None:
        return None
    if parts["from"]:
        until = _last_year(parts, year, report_year)
        return until and f"{year}-{int(parts['from']):02}/{until}-{int(parts['to']):02}"
    if parts["part"]:
        first, last = _months(parts["part"])
        return f"{year}-{first:02}/{year}-{last:02}"
    if parts["only"]:
        return f"{year}-{int(parts['only']):02}"
    return _days(parts, year)


def _last_year(parts: dict[str, str], year: int, report_year: int | None) -> str | None:
    """The year in which a span of months ends: `11月至次年2月` and `11月至2月` in the next one."""
    if parts["until"]:
        return parts["until"]
    if parts["then"] and parts["then"] not in _NEXT:
        return None if report_year is None else str(report_year + _SHIFT.get(parts["then"], 0))
    return str(year + (parts["then"] in _NEXT or int(parts["to"]) < int(parts["from"])))


def _months(part: str) -> tuple[int, int]:
    if part in _HALVES:
        return _HALVES[part]
    quarter = _QUARTER[part[-3]]
    return (1 if part[0] == "前" else 3 * quarter - 2, 3 * quarter)


def _days(parts: dict[str, str], year: int) -> str:
    first = _day(year, parts["month"], parts["day"])
    if not parts["day2"]:
        return first
    month = parts["month2"] or parts["month"]
    until = int(parts["year2"] or year + (int(month) < int(parts["month"])))
    return f"{first}/{_day(until, month, parts['day2'])}"


def _day(year: int, month: str, day: str) -> str:
    return dt.date(year, int(month), int(day)).isoformat()


def _year(parts: dict[str, str], report_year: int | None) -> int | None:
    printed = parts["year"] or parts["year_m"] or parts["year_o"] or parts["year_p"]
    if printed:
        return int(printed)
    relative = parts["relative"] or parts["relative_m"] or parts["relative_o"] or parts["relative_p"]
    return None if report_year is None else report_year + _SHIFT.get(relative, 0)
