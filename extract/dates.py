"""Calendar dates as pages print them: 2022- 01- 14, 2022年12月22日, 二○一五年十月九日, 107.2.20."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from extract.alternatives import sought
from extract.found import Found
from extract.numerals import parse_numeral
from schema.text import Text

_GAP: Final = r"[ \u3000]{0,2}"  # 2022- 01- 14, 2022 年 1 月 5 日
_FOUR: Final = r"(?<![0-9])(?:19|20)[0-9]{2}"
_TWO: Final = r"[0-3]?[0-9]"
# 2022-01-14, 2022/3/4, 2022.3.4; not 2022-01-14-5 nor the 2022.3.45 of a list.
_SIGNED: Final = (
    rf"(?P<y1>{_FOUR}){_GAP}(?P<sep>[-/.．－]){_GAP}(?P<m1>{_TWO}){_GAP}(?P=sep){_GAP}(?P<d1>{_TWO})(?![0-9])"
)
# 2022年12月22日, also with the 日 lost at the end: 2022年8月19.
_LOST_DAY: Final = r"(?![0-9.．%％个])"
_WORDS: Final = (
    rf"(?P<y2>{_FOUR}){_GAP}年{_GAP}(?P<m2>{_TWO}){_GAP}月{_GAP}(?P<d2>{_TWO})(?:{_GAP}[日号]|{_LOST_DAY})"
)
# 二〇〇四年八月十二日, 二○一五年十月九日 with a circle for the zero.
_TEN: Final = "[一二三四五六七八九十]"
_CHINESE: Final = (
    rf"(?P<y3>[一二][〇○Ｏ◯零一二三四五六七八九]{{3}})年(?P<m3>{_TEN}{{1,2}})月(?P<d3>{_TEN}{{1,3}})日"
)
# 20171011 for 2017年10月11日, never inside a longer number.
_COMPACT: Final = r"(?<![0-9A-Za-z/_])(?P<y4>20[0-9]{2})(?P<m4>[01][0-9])(?P<d4>[0-3][0-9])(?![0-9A-Za-z_])"
_DATE: Final = re.compile(f"{_SIGNED}|{_WORDS}|{_CHINESE}|{_COMPACT}")
# The year that every form begins with
_BEGUN: Final = re.compile(r"[12一二](?:(?<=[12])[09][0-9]{2}|[〇○Ｏ◯零一二三四五六七八九]{3}年)")
# 民国107年2月20日, 107.2.20, 106-08-17: years of the Republic, 1912 being the first.
_REPUBLIC: Final = re.compile(
    rf"(?<![0-9.])(?:民国)?{_GAP}(?P<y>[0-9]{{2,3}}){_GAP}(?:年|(?P<sep>[-/.]))"
    rf"{_GAP}(?P<m>{_TWO}){_GAP}(?(sep)(?P=sep)|月){_GAP}(?P<d>{_TWO})(?![0-9])日?"
)
_REPUBLIC_BEFORE: Final = 1911
# What may stand behind a date on its line and still leave it a line of its own.
_CLOCK: Final = re.compile(r"[ T]{0,2}[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9])")


def dates(text: Text, *, republic: bool = False) -> Iterator[Found[dt.date]]:
    """The dates of a text in order, each with its own characters.

    ``republic`` reads years of the Republic of China too: only for values that are a date
    for sure, since 107.2.20 may be a paragraph number.

    >>> [str(found.value) for found in dates(Text.of("发布日期: 2022- 01- 14，成文于二○一五年十月九日"))]
    ['2022-01-14', '2015-10-09']
    """
    matches = sought(_BEGUN, _DATE, text.value)
    first = next(matches, None)
    if first is None and republic:
        matches = _REPUBLIC.finditer(text.value)
    for match in chain([first] if first else [], matches):
        value = _value(match)
        if value:
            yield Found(value, text.cut(match.start(), match.end()), "date")


def first_date(text: Text, *, republic: bool = False) -> Found[dt.date] | None:
    """The first date of a text, or None.

    >>> first_date(Text.of("資料時間:107.2.20"), republic=True).value.isoformat()
    '2018-02-20'
    """
    return next(dates(text, republic=republic), None)


def leading_date(text: Text, *, republic: bool = False) -> Found[dt.date] | None:
    """The date that a text begins with (2019-01-15 | 浏览:2639次), or None.

    >>> leading_date(Text.of("于2019年1月15日发布")) is None
    True
    """
    found = first_date(text, republic=republic)
    return found if found and text.value.startswith(found.at.value) else None


def clock_end(text: str, start: int) -> int:
    """The offset behind a time of day that follows a date (``2026-02-02 09:20``), else ``start``.

    >>> clock_end("2026-02-02 09:20 来源", 10)
    16
    """
    match = _CLOCK.match(text, start)
    return match.end() if match else start


def _value(match: re.Match[str]) -> dt.date | None:
    groups = {key[0]: value for key, value in match.groupdict().items() if value and key[0] in "ymd"}
    numbers = [parse_numeral(groups[part]) for part in "ymd"]
    year, month, day = (number if isinstance(number, int) else 0 for number in numbers)
    if match.re is _REPUBLIC:
        year += _REPUBLIC_BEFORE
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
