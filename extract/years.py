"""The year that a report reports on: stated in its title, else inferred and said so."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Final

from extract.found import Found
from extract.lexicon.load import load_toml
from extract.numerals import parse_numeral
from extract.titles import is_other_title, is_report_title
from schema.text import Text

_LINK: Final = r"[-—–－~～至到]"
# 2021年, 2021年度; not the ends of 2015-2020, 2021年—2025年, and not 国发〔2019〕3号.
_NO_LINK: Final = rf"(?<![0-9〔\[（(【﹝])(?<![0-9年]{_LINK})"
_MONTH_NEXT: Final = rf"(?={_LINK}?[0-9]{{1,2}}月)"
_YEAR: Final = re.compile(rf"{_NO_LINK}((?:19|20)[0-9]{{2}})(?:[ \u3000]?年(?!{_LINK}|来)|{_MONTH_NEXT})")
_WITH_BRACKET: Final = re.compile(r"[（(]((?:19|20)[0-9]{2})年度?[)）]")
_CHINESE: Final = re.compile(r"(二[〇○Ｏ零][〇○Ｏ零一二三四五六七八九]{2})年")
# (107年2月), 113年度: years of the Republic, only where a year is meant for sure.
_REPUBLIC: Final = re.compile(r"(?<![0-9])(1[0-3][0-9])年(?=度|[0-9]{1,2}月|上半年|第)")
_REPUBLIC_BEFORE: Final = 1911
_FULL_YEAR: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年度")
_ACCOUNTS: Final = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})年度[\u4e00-\u9fff]{0,8}(?:预算执行|财政收支|决算|支出绩效|绩效自评)"
)
_WORK: Final = re.compile(
    "进展情况|落实情况|完成情况|推进情况|整改情况|办理情况|进展[:：]|已完成|已办结|序时进度|工作总结|工作回顾"
)
_ANY_YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}年")
_ENOUGH: Final = 3
_OPENING: Final = 300
_SHARE: Final = 0.6
_REPORTS_LAST_YEAR: Final = 3  # reports of January to March are on the year before


def titled_year(title: Found[str] | None) -> Found[int] | None:
    """The first year that a title names by itself; a range of years names none.

    >>> title = "某市2021年重点任务落实情况"
    >>> titled_year(Found(title, Text.of(title))).value
    2021
    >>> titled_year(Found("体系建设规划（2015-2020）", Text.of("体系建设规划（2015-2020）"))) is None
    True
    """
    if title is None:
        return None
    for pattern, before in ((_WITH_BRACKET, 0), (_YEAR, 0), (_CHINESE, 0), (_REPUBLIC, _REPUBLIC_BEFORE)):
        match = pattern.search(title.value)
        year = parse_numeral(match[1]) if match else None
        if match and isinstance(year, int):
            return Found(year + before, title.at.cut(*match.span(1)), "title")
    return None


def inferred_year(
    title: Found[str] | None,
    text: Text,
    published: Found[dt.date] | None,
    delivered: Found[dt.date] | None,
) -> Found[int] | None:
    """The year of a report whose title names none; ``rule`` tells what it was inferred from.

    Assignments, answers and plans report on no year: None for them.

    >>> published = Found(dt.date(2022, 1, 4), Text.of("2022-01-04"))
    >>> inferred_year(None, Text.of("进展情况：已完成。"), published, None).value
    2021
    """
    reports = title is not None and is_report_title(title.value)
    if title is not None and not reports and is_other_title(title.value):
        return None
    if not reports and not _WORK.search(text.value):
        return None
    if title is not None and not reports:
        return _of_text(text)  # 前三季度实事项目加快推进: a headline, whose date may be that of news
    address = title is not None and title.value.endswith(
        tuple(load_toml("report_words")["plan"]["annual_address"])
    )
    return (
        (_fiscal(text) if not address else None)
        or _of_date(delivered, "delivery date", early=0 if address else _REPORTS_LAST_YEAR)
        or _of_text(text)
        or _of_date(published, "publication date", early=0 if address else _REPORTS_LAST_YEAR)
        or _only(text)
    )


def _of_date(date: Found[dt.date] | None, rule: str, early: int) -> Found[int] | None:
    if date is None:
        return None
    return Found(date.value.year - (date.value.month <= early), date.at, rule)


def _only(text: Text) -> Found[int] | None:
    """The one year that a text without any date names, however often."""
    named = list(_YEAR.finditer(text.value))
    if not named or any(match[1] != named[0][1] for match in named):
        return None
    return Found(int(named[0][1]), text.cut(*named[0].span(1)), "text")


def _fiscal(text: Text) -> Found[int] | None:
    """我市2017年度本级预算执行…的整改情况: the year of the accounts that the opening speaks of."""
    match = _ACCOUNTS.search(text.value, 0, _OPENING)
    return Found(int(match[1]), text.cut(*match.span(1)), "text") if match else None


def _of_text(text: Text) -> Found[int] | None:
    """The year most of the text speaks of: 2023年度 once, or three mentions and most of all."""
    spoken = Counter(match[1] for match in _YEAR.finditer(text.value))
    for pattern, enough in ((_FULL_YEAR, 1), (_YEAR, _ENOUGH)):
        years = Counter(match[1] for match in pattern.finditer(text.value))
        if not years:
            continue
        (year, count), total = years.most_common(1)[0], sum(years.values())
        # 同时做好2026年度的编排 behind a report on 2025: the year to come is the plan's
        ahead = any(other < year and times > spoken[year] for other, times in spoken.items())
        odd = pattern is _FULL_YEAR and (ahead or _in_passing(text, year))
        if count >= enough and count >= _SHARE * total and not odd:
            match = next(match for match in pattern.finditer(text.value) if match[1] == year)
            return Found(int(year), text.cut(*match.span(1)), "text")
    return None


def _in_passing(text: Text, year: str) -> bool:
    """Whether a year is named once, far behind the opening, where others are named more often.

    2011年度补助资金已兑付 in a report that is dated 2012 and speaks of a day of that year.
    """
    if text.value.count(f"{year}年") > 1 or f"{year}年" in text.value[:_OPENING]:
        return False
    return any(times > 1 for times in Counter(_ANY_YEAR.findall(text.value)).values())
