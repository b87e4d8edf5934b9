"""Titles that no word gives away: a headline by where it stands, an annex by its announcement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.body import Line
from extract.chrome import is_breadcrumb, is_edge_furniture
from extract.dates import first_date
from extract.found import Found
from extract.numbering import head as marker_of
from extract.organisation import is_organisation
from extract.pairs import pairs
from extract.titles import DELIVERED, could_be, repeated
from extract.zones import zones

_HEAD: Final = 60
_LEAST: Final = 8  # Chinese characters: shorter lines are columns of a site, labels, names
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_FACT: Final = 40  # a line about the page is short
# A section's heading stands above prose as a headline does, but says what it heads: 工作开展情况.
# 某通讯社某地3月16日电 opens news, 正在验证…… is a message, a | is left of a table.
_STOP: Final = re.compile(r"[。；;：:，,…电|｜]$|\.\.\.$|[|｜]")
# 现将《2023年某市政务公开工作要点》印发给你们, 《…方案》已经市政府同意: what the notice sends with it.
_ANNOUNCED: Final = re.compile(
    r"《([^《》]{4,80})》[^。《》]{0,40}?(?:印发|下发|转发|同意|审议通过|讨论通过|讨论同意|公布)"
)
_OPENING: Final = 6


def headline(lines: Sequence[Line]) -> Found[str] | None:
    """The line above the text, or beside the page's date, that reads like nothing else; None without one.

    >>> from schema.text import Text
    >>> printed = ("首页 > 要闻", "前三季度重点工程扎实推进", "发布时间：2021-10-20")
    >>> headline([Line(Text.of(value)) for value in printed]).value
    '前三季度重点工程扎实推进'
    """
    start = min(zones(lines).start, _HEAD)
    found = [index for index in range(start) if _reads_so(lines[index])]
    for index in found:
        beside = (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 3])
        if any(map(_is_dated, beside)) or sum(1 for _ in repeated(lines[:start], lines[index].value)) > 1:
            return Found(lines[index].value, lines[index].text, "headline")
    if len(found) == 1 and found[0] + 1 == start < len(lines) and _is_alone(lines, start):
        return Found(lines[found[0]].value, lines[found[0]].text, "headline")
    return None


def announced(lines: Sequence[Line]) -> Found[str] | None:
    """The title of what a notice sends along, where it is printed behind the notice; None without one.

    >>> from schema.text import Text
    >>> printed = ("各科室：", "现将《2023年工作要点》印发给你们，请执行。", "某局", "2023年工作要点")
    >>> announced([Line(Text.of(value)) for value in printed]).value
    '2023年工作要点'
    """
    start = zones(lines).start
    for name in _announcements(lines[start : start + _OPENING]):
        line = next(repeated(lines[start:], name), None)
        if line is not None:
            return Found(line.value, line.text, "announced")
    return None


def _announcements(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        for match in _ANNOUNCED.finditer(line.value):
            yield match[1]


def _reads_so(line: Line) -> bool:
    value = line.value
    return (
        not line.cell
        and len(_CHINESE.findall(value)) >= _LEAST
        and could_be(value)
        and not _STOP.search(value)
        and marker_of(value) is None
        and not is_organisation(value)
        and not DELIVERED.match(value)
        and not any(pairs([line]))
        and first_date(line.text) is None
    )


def _is_dated(line: Line) -> bool:
    if len(line.value) > 2 * _FACT or DELIVERED.match(line.value):
        return False
    published = any(pair.field == "published" for pair in pairs([line]))
    return published or (len(line.value) <= _FACT and first_date(line.text) is not None)


def _is_alone(lines: Sequence[Line], start: int) -> bool:
    """Whether the line above the text is the only one of its kind, with nothing but furniture above it.

    A page whose pieces of work each have a bare line above their text begins with the first of them.
    """
    above = all(is_edge_furniture(line.value) or is_breadcrumb(line.value) for line in lines[: start - 1])
    return above and not any(_reads_so(line) for line in lines[start:])
