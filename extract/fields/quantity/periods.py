"""The period a number covers, as printed: 1-11月, 前三季度, 截至12月底, 全年, 十四五."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from extract.alternatives import sought

_YEAR: Final = r"(?:[0-9]{4}年|[二一][〇○零一二三四五六七八九]{3}年)"
_OWN: Final = r"(?:去年|今年|上年|本年|当年|前年)"
_MONTH: Final = r"(?:1[0-2]|0?[1-9])"
_QUARTER: Final = (
    r"(?:前[一二三四1-4两]个?季度|第?[一二三四1-4]季度|上半年|下半年|前[一二三四五六七八九十两0-9]{1,2}个月)"
)
# Alternatives from the most to the least telling; each bounded.
PERIOD: Final = re.compile(
    r"(?=[截0-9二一去今上本当全前第三四下十“\"年近])(?:"
    rf"截(?:至|止到?)(?:目前|{_YEAR}?(?:{_MONTH}月(?:底|末|[0-9]{{1,2}}日)?|年?底|年?末|[一二三四]季度末)|{_YEAR}(?:底|末)?)"
    rf"|(?:{_YEAR}|{_OWN})?{_MONTH}月?份?[-~至到—]{_MONTH}月份?"
    rf"|(?:{_YEAR}|{_OWN})?(?:全年|{_QUARTER})"
    rf"|[“\"]?十[一二三四五六七八]五[”\"]?(?:期间|时期|以来|期末|末)?"
    rf"|(?:{_YEAR}|{_OWN}){_MONTH}月(?:底|末|份)?"
    rf"|{_YEAR}(?:[-~至到—]{_YEAR})?(?:以来|度|底|末)?|{_OWN}(?:以来|度|底|末|同期)?|年内|年初以来|近[两三五十]年来?"
    rf"|{_MONTH}月份|[0-9]{{4}}(?=财年))"
)
# The first two characters of a period, or its number and what stands behind that
_BEGUN: Final = re.compile(
    r"[截0-9二一去今上本当全前第三四下十“\"年近](?:(?<=[0-9])[0-9]{0,3}[-~至到—年月份季财]"
    r"|[至止年半季内初〇○零一二三四五六七八九十两0-9](?<![0-9].))"
)
# 同比 and 比上年 name what is compared with, not what is covered.
_COMPARED: Final = re.compile(r"[比较于]$")
_SENTENCE: Final = re.compile(r"[。；;\n]")


class Periods:
    """The periods that a text names, ready to be asked for a place."""

    def __init__(self, text: str) -> None:
        """``text`` is folded, with its quotations in place (“十四五”)."""
        self._found = [
            (match.start(), match.end())
            for match in sought(_BEGUN, PERIOD, text)
            if not _COMPARED.search(text[max(0, match.start() - 1) : match.start()])
        ]
        self._starts = [start for start, _ in self._found]
        self._breaks = [match.start() for match in _SENTENCE.finditer(text)]

    def at(self, place: int) -> tuple[int, int] | None:
        """The nearest period before ``place`` in its sentence, half-open, or None.

        >>> text = "2022年1-11月,新设科技型企业5.64万家"
        >>> start, end = Periods(text).at(17)
        >>> text[start:end]
        '2022年1-11月'
        """
        index = bisect_right(self._starts, place - 1) - 1
        if index < 0:
            return None
        start, end = self._found[index]
        broken = bisect_right(self._breaks, place - 1) - 1
        return None if end > place or (broken >= 0 and self._breaks[broken] > start) else (start, end)
