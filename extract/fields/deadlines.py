"""Deadlines: the last day meant by 年底前, 2025年6月底前, 2023.12, 上半年."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from extract.alternatives import longest_first, sought
from extract.context import Context
from extract.found import Found
from extract.lexicon.load import load_toml
from extract.numerals import ordinal, parse_numeral
from extract.organisation import is_organisation
from schema.text import Text

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
# `6月底前`, but not `2020年前后`
_BEFORE: Final = re.compile(r"\s?(?:之|以)?前(?![后期述往来者提])")
# The rules, and the sign without which each has nothing to say
_PATTERNS: Final = tuple(
    (rule, re.compile(sign), pattern)
    for rule, sign, pattern in (
        ("dated", "月", _DATED),
        ("dotted", r"2(?<![0-9].)0[0-9]{2}[.\-/．]|1(?<![0-9].)9[0-9]{2}[.\-/．]", _DOTTED),
        ("yearly", "年", _YEARLY),
        ("half", "半年", _HALF),
        ("quarter", "季度", _QUARTER),
        ("plan", "五(?<=十[一二三四五]五)", _PLAN),
    )
)
_LONGEST_CELL: Final = 60
_LONGEST_TERM: Final = 30
_EDGE: Final = " \t\r\n\u3000。；;，,（）()"
# — / 无 of an empty cell
_NOTHING: Final = re.compile(r"[\W_]*[无略]?[\W_]*")
_MARKS: Final = re.compile(r"[\W_]+")
_AIM: Final = 6  # `力争在2025年6月`: how far in front of a time its aim stands


def deadline(text: Text, context: Context, cell: bool | None = None) -> Found[dt.date | None] | None:
    """The last day that the text sets, with the words that set it; None when it sets none.

    A time without a year is of ``context.report_year``; where the day stays open
    (``长期坚持``, no year known) the value is None. ``6月底前`` ends with June, ``6月前``
    before it. Of several days the last counts. ``cell`` says whether the text is the value
    of a deadline column or label, where a bare time is a deadline; by default a text is one
    when it holds nothing else. Any other text must say 前, 内 or what is to be done by then.

    >>> context = Context(report_year=2021)
    >>> [deadline(Text.of(words), context).value.isoformat() for words in ("年底前", "6月底前", "2023.12")]
    ['2021-12-31', '2021-06-30', '2023-12-31']
    >>> deadline(Text.of("长期坚持"), context).value is None, deadline(Text.of("市财政局"), context)
    (True, None)
    >>> deadline(Text.of("举办2021年科技大会"), context) is None
    True
    """
    if _sign().search(text.value):
        cell = _bare(text.value) if cell is None else cell
        found = sorted(_found(text, context, cell), key=lambda due: due.value or dt.date.min)
        if found:
            return found[-1]
    words = text.strip(_EDGE)
    # `长期坚持` is a deadline cell, `常态化疫情防控` a task
    if words.value in load_toml("deadlines")["open"]:
        return Found(None, words, "deadline.open")
    return None


@cache
def _sign() -> re.Pattern[str]:
    """What every time holds: the sign of a rule or a word for the end of a year."""
    return re.compile("|".join([_year_words(True)[0].pattern, *(sign.pattern for _, sign, _ in _PATTERNS)]))


def labelled(text: Text) -> Text | None:
    """The value of a deadline's label among those of units; None without one.

    >>> str(labelled(Text.of("（责任单位：县税务局；完成时限：2025年6月底）")))
    '2025年6月底'
    """
    match = _label().search(text.value)
    return text.cut(*match.span("value")).strip(_EDGE) if match else None


@cache
def _label() -> re.Pattern[str]:
    words = longest_first(load_toml("labels")["deadline"])
    return re.compile(
        rf"(?:^|[（(；;，,。、\s])(?:{words})[：:]\s*(?P<value>(?:(?![，,][^，,；;。：:]{{2,8}}[：:])[^：:；;。（）()\n])+)"
    )


def undated(cell: Text) -> Found[dt.date | None] | None:
    """A deadline cell that tells no day, as printed: `每季度` `与文件同步`; None for no deadline.

    >>> [found and str(found.at) for found in (undated(Text.of("每周")), undated(Text.of("市财政局")))]
    ['每周', None]
    """
    words = cell.strip(_EDGE)
    told = bool(words) and len(words) <= _LONGEST_TERM and not _NOTHING.fullmatch(words.value)
    return Found(None, words, "deadline.undated") if told and not is_organisation(words.value) else None


def _bare(value: str) -> bool:
    """Whether a text is nothing but times: `2023年3月` `9月启动，12月完成`."""
    if len(value) > _LONGEST_CELL:
        return False
    for _, _, pattern in _PATTERNS:
        value = pattern.sub(" ", value)
    for word in _around():
        value = value.replace(word, " ")
    return not _MARKS.sub("", value)


@cache
def _around() -> tuple[str, ...]:
    """The words that a deadline cell may hold beside its times, longest first."""
    lexicon = load_toml("deadlines")
    words = (*lexicon["year_text"], *lexicon["year_cell"], *lexicon["next_year"], *lexicon["beside"])
    return tuple(sorted(words, key=len, reverse=True))


def _found(text: Text, context: Context, cell: bool) -> Iterator[Found[dt.date | None]]:
    for rule, sign, pattern in _PATTERNS:
        for match in pattern.finditer(text.value) if sign.search(text.value) else ():
            before = _BEFORE.match(text.value, match.end())
            end = before.end() if before else match.end()
            if not cell and not _due(
                text.value, *match.span(), match.groupdict().get("part"), before is not None
            ):
                continue
            day = _day(match, context, before is not None)
            yield Found(day, text.cut(match.start(), end), f"deadline.{rule}")
    yield from _words(text, context, cell)


def _due(value: str, start: int, end: int, part: str | None, before: bool) -> bool:
    """Whether a time in running text is one to be kept: `6月底前` `2025年底建成` `力争6月完成`."""
    lexicon = load_toml("deadlines")
    front = value[max(0, start - _AIM) : start]
    if front.endswith(tuple(lexicon["since"])):  # `截至2021年底`
        return False
    aimed = any(word in front for word in lexicon["aims"])
    done = value.startswith(tuple(lexicon["due"]), end)
    return before or part == "内" or (done and (aimed or part is not None))


def _words(text: Text, context: Context, cell: bool) -> Iterator[Found[dt.date | None]]:
    """The last of the words for the end of a year: `年底前` `明年底`."""
    last = None
    for match in sought(*_year_words(cell), text.value):
        word, end = match.group(), match.end()
        part = "内" if word.endswith("内") else "底"
        if cell or _due(text.value, match.start(), end, part, word.endswith("前")):
            last = match
    if last is not None:
        later = last.group().startswith(("明年", "次年"))
        year = context.report_year
        day = None if year is None else dt.date(year + later, 12, 31)
        yield Found(day, text.cut(*last.span()), "deadline.year")


@cache
def _year_words(cell: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words for a year's end, bare and guarded: `2025年底` is of the dated forms, `三年内` of none."""
    lexicon = load_toml("deadlines")
    words = longest_first(
        lexicon["next_year"] + lexicon["year_text"] + (lexicon["year_cell"] if cell else [])
    )
    counted = r"(?<![\d一二两三四五六七八九十几近数半每]年)(?<![\d一二两三四五六七八九十几近数半每])"
    return re.compile(words), re.compile(f"{counted}(?:{words})(?![后期述往来者提])")


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
