"""Points inside a text: 一是 … 二是 … 三是, one after the other."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final

from extract.layouts.prose.chain import run
from extract.lexicon.load import load_toml
from extract.numbering import Marker, Style, head, inline
from extract.numerals import parse_numeral
from schema.text import Text

_POINT: Final[frozenset[Style]] = frozenset({"point"})
_SENTENCE: Final = re.compile(r"[。；;！!\n]|[：:](?=.)")
# 引进项目3个；新开工项目100个。上半年，引进…: aims in a row, and from where on their results are told
_RESULTS: Final = re.compile(
    r"。(?=(?:截至|截止|[上下]半年|前三季度|目前|今年以来|年初以来|全年|[0-9]{1,2}[-—－–至][0-9]{1,2}月)[^。；;]{0,12}[，,])"
)
# 我们也看到存在的问题：…；…。  2022年工作打算：1、…；2、…
_OPENING: Final = re.compile(r"[^。；;：:\n]{2,60}[：:]")
_CLAUSE: Final = re.compile(r"[；;]")
_SHORTEST, _LONGEST = 4, 150
_TRAILING: Final = "。；;，,：:、.． \t\u3000\n"
# 存在问题及下一步工作计划 目前，我区… — a heading and its text on one line, a blank between
_GLUED: Final = re.compile(
    r"(?![^\s\u4e00-\u9fff]+\s)[^\s，,。；;：:、]{2,40}(?=[ \u3000]\S{2,}[，,。；;：:])(?![ \u3000]\S{0,20}$)"
)
_MAX_TITLE: Final = 60
# 今年再办好15件民生实事。 — a count that announces the points after it
_ANNOUNCED: Final = re.compile(
    r"(?P<count>\d{1,2}|[一二三四五六七八九十两]{1,3})(?:件|项|个|方面)[^。；;：:\n]{0,8}"
    r"(?:实事|任务|事项|项目|工程|工作)[^。；;：:\n]{0,12}[。：:，,]\s*$"
)


def points(text: Text) -> tuple[Text, list[tuple[Text, Text]], Text]:
    """What stands before the points, the points as (label, text), what stands after them.

    The last point ends with its paragraph.

    >>> intro, found, rest = points(Text.of("有不足：一是人手少；二是经费紧。"))
    >>> str(intro), [(str(a), str(b)) for a, b in found], str(rest)
    ('有不足：', [('一是', '人手少；'), ('二是', '经费紧。')], '')
    """
    chosen = _first_run(text.value)
    if not chosen:
        return text, [], text.cut(len(text), len(text))
    starts = [marker.start for marker in chosen]
    end = _last_end(text.value, starts)
    found = [
        (text.cut(marker.start, marker.end).strip(), text.cut(marker.end, high).strip())
        for marker, high in zip(chosen, [*starts[1:], end], strict=True)
    ]
    return text.cut(0, starts[0]).strip(), found, text.cut(end, len(text)).strip()


def _first_run(value: str) -> list[Marker]:
    """The points of the first list: 一是 at the start of a line after a second point begins another."""
    markers = list(inline(value, _POINT))
    for index, marker in enumerate(markers):
        line_start = marker.number == 1 and value[marker.start - 1 : marker.start] == "\n"
        before = run(markers[:index]) if line_start else []
        if before and value[before[0].start : before[0].end] == value[marker.start : marker.end]:
            return before
    return run(markers)


def _last_end(value: str, starts: list[int]) -> int:
    """The last point ends with its paragraph, or with its sentence when all others are one sentence."""
    paragraph = value.find("\n", starts[-1])
    end = len(value) if paragraph < 0 else paragraph
    if turn := _turn().search(value, starts[-1], end):
        return turn.start()
    others = [value[low:high].rstrip(_TRAILING) for low, high in pairwise(starts)]
    stop = value.find("。", starts[-1], end)
    if len(others) > 1 and stop >= 0 and not any("。" in point or "\n" in point for point in others):
        return stop + 1
    return end


@cache
def _turn() -> re.Pattern[str]:
    """…二是经费紧。下一步，我局将…: a sentence in the last point that turns to what comes next."""
    words = load_toml("sections")["turns"]["plan"]
    return re.compile(rf"(?<=[。；;])[ \u3000]*(?={'|'.join(map(re.escape, words))})")


def announced(intro: Text, count: int) -> bool:
    """Whether the text before the points announces that many pieces of work.

    >>> announced(Text.of("今年再办好两件民生实事。"), 2)
    True
    """
    match = _ANNOUNCED.search(intro.value[-60:])
    return bool(match) and parse_numeral(match["count"]) == count if match else False


def enumerated(text: Text) -> tuple[Text, list[Text], Text]:
    """What a paragraph lists behind a colon, a clause each, with the words before and behind the list.

    >>> intro, found, rest = enumerated(Text.of("存在的问题：产业规模不大；村级经济薄弱。将加以解决。"))
    >>> str(intro), [str(item) for item in found], str(rest)
    ('存在的问题：', ['产业规模不大', '村级经济薄弱'], '将加以解决。')
    """
    opening = _OPENING.match(text.value)
    if opening is None:
        return text, [], text.cut(len(text), len(text))
    stop = text.value.find("。", opening.end())
    end = len(text) if stop < 0 else stop + 1
    items = [item.strip(_TRAILING) for item in text.cut(opening.end(), end).split(_CLAUSE)]
    found = [_unnumbered(item) for item in items if item]
    if len(found) < 2 or not all(_SHORTEST <= len(item) <= _LONGEST for item in found):
        return text, [], text.cut(len(text), len(text))
    return text.cut(0, opening.end()), found, text.cut(end, len(text)).strip()


def _unnumbered(item: Text) -> Text:
    marker = head(item.value)
    return item.cut(marker.end, len(item)) if marker else item


def split_title(text: Text) -> tuple[Text, Text]:
    """A point or heading line as its first sentence without stop, and the rest.

    >>> [str(part) for part in split_title(Text.of("压实责任。常务会议听取汇报2次。"))]
    ['压实责任', '常务会议听取汇报2次。']
    """
    glued = _GLUED.match(text.value)
    if glued:
        return text.cut(0, glued.end()).strip(_TRAILING), text.cut(glued.end(), len(text)).strip()
    match = _SENTENCE.search(text.value)
    if match and match.group() in ";；":
        match = _RESULTS.search(text.value) or match
    at = match.start() if match else len(text)
    if match and match.group() in ":：" and (at > _MAX_TITLE or "\n" not in text.value[: at + 2]):
        # 一个统领:以“三城一区”规划…为统领 — a colon inside a heading without stop goes on
        stop = re.search(r"[。；;！!\n]", text.value)
        if stop is None and len(text) <= _MAX_TITLE * 2:
            return text.strip(_TRAILING), text.cut(len(text), len(text))
    head, rest = text.cut(0, at), text.cut(min(len(text), at + 1), len(text))
    return head.strip(_TRAILING), rest.strip()
