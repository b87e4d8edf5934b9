"""When a document was published, signed or delivered: three dates that are not the same."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.body import Line
from extract.chrome import is_furniture
from extract.dates import clock_end, first_date
from extract.found import Found
from extract.pairs import Pair
from extract.titles import DELIVERED
from schema.text import Text

_SHORT: Final = 40
_BARRED: Final = 100
_PARTS: Final = 3
PART: Final = re.compile(r"[^\s|｜·•](?:(?![|｜]|\s[·•]\s).)*(?<!\s)")
"""What stands between bars on a line about the page: 2025-09-10 16:02 ｜ 某区督查室 ｜ 阅读 642."""


def labelled_date(facts: Sequence[Pair], field: str) -> Found[dt.date] | None:
    """The first date under a label of ``field`` (``published``, ``written``).

    >>> fact = Pair("published", Text.of("2022- 01- 14"), 0, 20)
    >>> labelled_date([fact], "published").value.isoformat()
    '2022-01-14'
    """
    for pair in facts:
        found = first_date(pair.value, republic=True) if pair.field == field else None
        if found:
            return Found(found.value, found.at, "label")
    return None


def declared_date(value: str | None) -> Found[dt.date] | None:
    """The date that a page's own declaration gives, without a place in its text.

    >>> declared_date("2022-01-14 10:20:00").value.isoformat()
    '2022-01-14'
    """
    found = first_date(Text.of(value or ""))
    return Found(found.value, Text("", ()), "meta") if found else None


def delivery_date(lines: Sequence[Line]) -> Found[dt.date] | None:
    """The day of the speech: ——2022年12月22日在…会议上.

    >>> line = Line(Text.of("——2022年12月22日在某区人大常委会第十次会议上"))
    >>> delivery_date([line]).value.isoformat()
    '2022-12-22'
    """
    return next((first_date(line.text) for line in lines if DELIVERED.match(line.value)), None)


def lone_dates(line: Line) -> Iterator[Found[dt.date]]:
    """The date that heads or ends a short line: 2019-01-15 | 浏览:2639次, 某督查室 2015年10月9日.

    No site clock (今天是…), no speech (…日在…会议上), no table cell: that may be a deadline.

    Bars may part a line, longer too, of which the date heads a part: 某局、某办 ｜ 2019-01-15 ｜ 浏览….

    >>> [found.value.year for found in lone_dates(Line(Text.of("2019-01-15 | 浏览:2639次")))]
    [2019]
    """
    found = first_date(line.text)
    if found is None or line.cell or len(line.value) > _BARRED:
        return
    parts = list(PART.finditer(line.value))
    if len(line.value) > _SHORT and (len(parts) < _PARTS or any(len(part[0]) > _SHORT for part in parts)):
        return
    if is_furniture(line.value) or DELIVERED.match(line.value):
        return
    start, end = found.at.bounds()
    behind = clock_end(line.value, end - line.start)
    begins = {part.start() + line.start for part in parts}
    if start in begins or (behind == len(line.value) and line.value[start - line.start - 1].isspace()):
        yield Found(found.value, found.at, "date line")
