"""Deadlines: the last day meant by 年底前, 2025年6月底前, 2023.12, 上半年."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from extract.context import Context
from extract.found import Found
from extract.lexicon.load import load_toml
from extract.numerals import ordinal, parse_numeral
from schema.text import Text

_CELL: Final = 16
_CHINESE_YEAR: Final = "[一二〇○零][一二三四五六七八九〇○零]{3}"
_RELATIVE: Final = "(?P<relative>今年|本年|当年|明年|次年)"
_YEAR: Final = rf"(?:(?P<year>(?:19|20)\d{{2}}|{_CHINESE_YEAR})\s?年?\s?|{_RELATIVE})"
_MONTH: Final = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_ONES: Final = "[一二三四五六七八九]"
_DAY: Final = rf"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二十{_ONES}?|十{_ONES}?|{_ONES})"
# 2025年6月底 · 12月31日 · 九月底
_DATED: Final = re.compile(
    rf"{_YEAR}?(?:\d{{1,2}}月?\s?[-—–~至到]\s?)?(?<!\d){_MONTH}\s?月份?(?:\s?{_DAY}\s?[日号]|(?P<part>上旬|中旬|下旬|[初中底末]))?"
)
# 2023.12 · 2023-12-31 · 2023/6 as cells write it
_DOTTED: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})[.\-/．](?P<month>1[0-2]|0?[1-9])(?:[.\-/．](?P<day>3[01]|[12]\d|0?[1-9]))?(?!\d)"
)
# 2025年底 · 2025年内 · 2023年 · 2021—2023年
_YEARLY: Final = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s?年(?!\s?(?:\d{1,2}\s?月|[上下]半年|第?[前一二三四1-4]{1,2}季))(?P<part>年?底|年?末|内|度)?"
)
_HALF: Final = re.compile(rf"{_YEAR}?(?P<half>[上下]半年)底?末?")
_QUARTER: Final = re.compile(rf"{_YEAR}?第?(?P<quarter>前三|[一二三四1-4])季度[末底]?")
_PLAN: Final = re.compile(r"[“\"]?(?P<plan>十[一二三四五]五)[”\"]?(?:规划)?(?:期?末|时期|期间|收官)?")
_BEFORE: Final = re.compile(r"\s?(?:之|以)?前")


def deadline(text: Text, context: Context) -> Found[dt.date | None] | None:
    """The last day that the text sets, with the words that set it; None when it sets none.

    A time without a year is of ``context.report_year``; where the day stays open
    (``长期坚持``, no year known) the value is None. ``6月底前`` ends with June, ``6月前``
    before it. Of several days the last counts. A text longer than a cell must say 前, 内
    or what is to be done by then.

    >>> context = Context(report_year=2021)
    >>> [deadline(Text.of(words), context).value.isoformat() for words in ("年底前", "6月底前", "2023.12")]
    ['2021-12-31', '2021-06-30', '2023-12-31']
    >>> deadline(Text.of("长期坚持"), context).value is None, deadline(Text.of("市财政局"), context)
    (True, None)
    """
    cell = len(text.strip()) <= _CELL
    found = sorted(_found(text, context, cell), key=lambda due: due.value or dt.date.min)
    if found:
        return found[-1]
    words = text.strip(" \t\r\n\u3000。；;，,（）()")
    # `长期坚持` is a deadline cell, `常态化疫情防控` a task
    if words.value in load_toml("deadlines")["open"]:
        return Found(None, words, "deadline.open")
    return None


def _found(text: Text, context: Context, cell: bool) -> Iterator[Found[dt.date | None]]:
    for rule, pattern in _patterns():
        for match in pattern.finditer(text.value):
            before = _BEFORE.match(text.value, match.end())
            end = before.end() if before else match.end()
            if not cell and not _due(text.value, match, before is not None):
                continue
            day = _day(match, context, before is not None)
            yield Found(day, text.cut(match.start(), end), f"deadline.{rule}")
    yield from _words(text, context, cell)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (
        ("dated", _DATED),
        ("dotted", _DOTTED),
        ("yearly", _YEARLY),
        ("half", _HALF),
        ("quarter", _QUARTER),
        ("plan", _PLAN),
    )


def _due(value: str, match: re.Match[str], before: bool) -> bool:
    """Whether a time in running text is one to be kept: `6月底前` `2025年底建成`."""
    part = match.groupdict().get("part")
    words = tuple(load_toml("deadlines")["due"])
    return before or (part is not None and (part == "内" or value.startswith(words, match.end())))


def _words(text: Text, context: Context, cell: bool) -> Iterator[Found[dt.date | None]]:
    lexicon = load_toml("deadlines")
    word = next((word for word in lexicon["next_year"] if word in text.value), None)
    later = 1 if word else 0
    names = lexicon["year_text"] + (lexicon["year_cell"] if cell else [])
    word = word or max((name for name in names if name in text.value), key=len, default=None)
    at = text.value.index(word) if word else 0
    # `2025年底` is the business of the dated forms
    if word is None or text.value[max(0, at - 5) : at].rstrip("年")[-4:].isdecimal():
        return
    year = context.report_year
    day = None if year is None else dt.date(year + later, 12, 31)
    yield Found(day, text.cut(at, at + len(word)), "deadline.year")


def _day(match: re.Match[str], context: Context, before: bool) -> dt.date | None:
    """The last day of what matched; with a bare 前 behind it, the day before it begins."""
    parts = match.groupdict()
    lexicon = load_toml("deadlines")
    if parts.get("plan"):
        year = lexicon["plan"].get(parts["plan"])
        return None if year is None else dt.date(year, 12, 31)
    year = _year(parts, context)
    if year is None:
        return None
    month = lexicon["half"].get(parts.get("half")) or lexicon["quarter"].get(parts.get("quarter"))
    month = month or ordinal(parts.get("month") or "") or 12
    day = ordinal(parts.get("day") or "") or lexicon["part"].get(parts.get("part"))
    bare = day is None and not parts.get("part") and not parts.get("half") and not parts.get("quarter")
    if before and bare:
        first = dt.date(year, month if parts.get("month") else 1, 1)
        return first - dt.timedelta(days=1)
    return dt.date(year, month, min(day or 31, calendar.monthrange(year, month)[1]))


def _year(parts: dict[str, str | None], context: Context) -> int | None:
    printed = parts.get("year")
    if printed:
        year = parse_numeral(printed)
        return int(year) if year and 1949 <= year <= 2100 else None
    if context.report_year is None:
        return None
    return context.report_year + (parts.get("relative") in {"明年", "次年"})
