"""Where a page's text begins and ends: the lines before it, its lines, the lines behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extract.body import Line

_UNDER: Final = 6  # lines under a title (or at the top without one): date, source, speaker
_CLOSING: Final = 8  # the last lines of a text: signature, release note
_SENTENCE: Final = 40  # a paragraph: longer than any label, and with a full stop inside
# Prose ends with a stop, perhaps behind a bracket or a quote: …完成。） …落实。”, or leads on: …报告如下：
_STOPPED: Final = re.compile(r"[。；！？;!?][”’」）)】]{0,2}$|如下[：:]$")
_NUMERAL: Final = "[一二三四五六七八九十百]{1,4}"
# 一、 （一） 第1项 第二条 1. 1、: the text has begun. Not 2019.1.15 and not 1.5亿.
_NUMBERED: Final = re.compile(
    rf"(?:{_NUMERAL}[、.．]|[（(]\s?{_NUMERAL}\s?[)）]|第(?:{_NUMERAL}|[0-9]{{1,3}})[项条件号]"
    r"|[0-9]{1,3}[.．、](?![0-9]))"
)
# 各位代表： 各区人民政府，市政府各部门： a letter's address opens the text too.
_ADDRESS: Final = re.compile(r"^(?:各|主任、)[^。]{1,60}[:：]$")


# an>, /p>, --> in front of a line: the end of a tag whose beginning was cut away.
TAG_END: Final = re.compile(r"(?:</?[a-zA-Z][^<>]{0,80}>|/?[a-z]{1,8}>|-->)\s*(?=[\u4e00-\u9fff（(])")


@dataclass(frozen=True, slots=True)
class Zones:
    """Line numbers: the head is ``[:start]``, the text ``[start:end]``, the tail ``[end:]``.

    A page without any line of prose is all head.
    """

    start: int
    end: int


def edges(lines: Sequence[Line], title_end: int | None) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines before and behind the text that may be about the page itself.

    A page whose prose is hard-wrapped or whose tables lost their cells has long zones
    without prose: only their outer lines count. ``title_end`` is the offset behind the title.
    """
    area = zones(lines)
    head = lines[: area.start]
    titled = sum(1 for line in head if title_end is not None and line.end <= title_end)
    return head[: titled + _UNDER], lines[max(area.start, area.end - _CLOSING, len(lines) - 2 * _CLOSING) :]


def zones(lines: Sequence[Line]) -> Zones:
    """The first and last line that is prose or numbered, as a half-open interval of line numbers."""
    size = len(lines)
    first = next((at for at in range(size) if is_prose(lines[at].value)), size)
    last = next((at for at in range(size - 1, first, -1) if is_prose(lines[at].value)), first)
    return Zones(first, min(last + 1, size))


def is_prose(line: str) -> bool:
    """Whether a line belongs to the text itself: a sentence, a numbered heading, an address.

    >>> is_prose("一、基本情况")
    True
    >>> is_prose("各项任务均按照序时进度要求有力有序推进,全年承担的重点任务已经圆满完成,现通报如下。")
    True
    >>> is_prose("2019-01-15 | 浏览:2639次"), is_prose("【打印本页】 【关闭窗口】")
    (False, False)
    """
    remains = TAG_END.match(line)
    line = line[remains.end() :] if remains else line
    if _NUMBERED.match(line) or _ADDRESS.match(line):
        return True
    if len(line) < _SENTENCE:
        return False
    return bool(_STOPPED.search(line)) or line.count("。") > 1 or len(line) > 4 * _SENTENCE
