"""The grammar of Chinese numbering: 一、 （一） 1. （1） ① 第N项 任务一 一是.

One place for all layouts. The forms and their order of depth follow GB/T 9704-2012
(一、 over （一） over 1. over （1）); real pages use them in any order, so depth is never
read from the form alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from extract.alternatives import sought
from extract.numerals import ordinal

Style = Literal["part", "item", "named", "cn", "cn_paren", "num", "num_paren", "circled", "point", "bullet"]

_CN: Final = r"[一二三四五六七八九十百]{1,5}"
_ANY: Final = rf"(?:{_CN}|\d{{1,3}})"
_GAP: Final = r"[ \t\u3000]*"

# 第一部分 2020年工作回顾   第二章 重点任务
_PART: Final = rf"第{_GAP}(?P<part>{_ANY}){_GAP}(?:部分|章|篇|编|节)[：:、.．]?"
# 壹、前言   參、檢討與改進: chapters of Taiwan; not 陆、海、空
_FORMALS: Final = "壹贰叁参肆伍陆柒捌玖拾"
_FORMAL: Final = rf"(?P<formal>[{_FORMALS}]{{1,3}}){_GAP}[、．.](?!海、)"
# 市十六届人大四次会议第18号建议：
_PROPOSAL: Final = (
    rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{4,20}}第{_GAP}(?P<proposal>\d{{1,4}}){_GAP}号"
    rf"{_GAP}(?:建议|提案|议案){_GAP}[：:、.．]"
)
# 第3项： 第十二条 第12号建议：
_ITEM: Final = (
    rf"第{_GAP}(?P<item>{_ANY}){_GAP}(?:项|件|号(?:建议|提案|议案)?)(?:任务|工作)?"
    rf"(?=[：:、.． \t]|$){_GAP}[：:、.．]?"
)
# 任务一： 重点任务3、 事项（二） and 整改任务一 on a line of its own
_WORK: Final = "(?:任务|事项|目标任务|工作|项目|问题|措施|承诺|目标)"
_NAMED: Final = (
    rf"(?:(?:重点|整改|反馈)?{_WORK}{_GAP}[（(]?(?P<named>{_ANY})[）)]?{_GAP}[：:、.．]"
    rf"|(?:重点|整改|反馈)(?:任务|事项|问题)[（(]?(?P<titled>{_ANY})[）)]?$)"
)
# 一、  十一．
_CN_STOP: Final = rf"(?P<cn>{_CN}){_GAP}(?:、|[．.](?!\d))"
# （一） ( 二 ) (十三)、
_CN_PAREN: Final = rf"[（(]{_GAP}(?P<cn_paren>{_CN}){_GAP}[）)]{_GAP}[、．.]?"
# 1. 2、 3． 1.2021年 1.3月底前 1.100个 but not 2.0 or 1.01亿; "15. 2024" keeps its blank
_AFTER: Final = r"(?=(?:19|20)\d\d年|\d{1,2}月|[1-9]\d{1,3}(?:个(?!百分)|[项家件条座户名所处]))"
_NUM: Final = rf"(?P<num>\d{{1,3}})[ \t\u3000]?(?:[、．]|\.(?:(?!\d)|{_AFTER}))"
# （1） 1） (12)
_NUM_PAREN: Final = rf"(?:[（(]{_GAP})?(?P<num_paren>\d{{1,3}}){_GAP}[）)]{_GAP}[、．.]?"
_CIRCLES: Final = "①-⑳㉑-㉟㈠-㈩❶-❿➀-➓"
_CIRCLED: Final = rf"(?P<circled>[{_CIRCLES}])"
# ⑴ ⒈: a number with its brackets or its stop as one character
_WHOLE_PAREN: Final = r"(?P<whole_paren>[⑴-⒇])"
_WHOLE_STOP: Final = r"(?P<whole_stop>[⒈-⒛])"
# 一是 三要： — a point inside a paragraph, not 一是一 二要素
_POINT: Final = rf"(?P<point>{_CN})(?:是(?!否|一|以[上下来内后前及]|不是)|要(?!求|素|不是))[：:，,]?"
# ——经济运行稳中有进。
_BULLETS: Final = "•·●■◆▪★"
_BULLET: Final = rf"(?P<bullet>——|[{_BULLETS}])"

_FORMS: Final = (
    _PART,
    _FORMAL,
    _ITEM,
    _NAMED,
    _CN_PAREN,
    _CN_STOP,
    _NUM_PAREN,
    _NUM,
    _CIRCLED,
    _WHOLE_PAREN,
    _WHOLE_STOP,
    _POINT,
    _BULLET,
)
# The first characters of the forms: a search looks at one class where no marker begins.
_FIRST: Final = rf"[第任事工项问措承目重整反一二三四五六七八九十百{_FORMALS}\d（(—{_CIRCLES}⑴-⒛{_BULLETS}]"
_WHOLE: Final[dict[str, Style]] = {"whole_paren": "num_paren", "whole_stop": "num"}
# The first character of each row of numbers that are one character, and its number.
_ROWS: Final = ((0x2460, 1, 20), (0x3251, 21, 15), (0x3220, 1, 10), (0x2776, 1, 10), (0x2780, 1, 10))
_ROWS_WHOLE: Final = ((0x278A, 1, 10), (0x2474, 1, 20), (0x2488, 1, 20))
_HEAD: Final = re.compile(rf"(?:{_PROPOSAL}|(?={_FIRST})(?:{'|'.join(_FORMS)})){_GAP}")
# What no marker but a proposal's does without: one of these characters, then what belongs behind it.
_DIGIT: Final = r"[一二三四五六七八九十百\d]"
_BEGUN: Final = re.compile(
    rf"{_FIRST}(?:(?<={_DIGIT}){_DIGIT}{{0,4}}{_GAP}[、．.）)是要]|(?<=[（(]){_GAP}{_DIGIT}|(?<=第){_GAP}{_DIGIT}"
    rf"|(?<=[任事工项问措承目重整反])[务项作目题施诺标点改馈]{_WORK}?{_GAP}[（(]?{_DIGIT}"
    rf"|(?<=[{_FORMALS}])[{_FORMALS}]{{0,2}}{_GAP}[、．.]|(?<=—)—|(?<=[{_CIRCLES}⑴-⒛{_BULLETS}]))"
)
_PROPOSED: Final = re.compile(rf"号{_GAP}(?:建议|提案|议案)")
_INLINE_BEFORE: Final = "。；;：:！!？?”’）)】》… \t\u3000\n"


@dataclass(frozen=True, slots=True)
class Marker:
    """A number as printed: half-open offsets in the string it was found in, its form, its value.

    ``end`` is past the blanks that follow it; a bullet has the number 0.
    """

    style: Style
    number: int
    start: int
    end: int

    def label(self, value: str) -> str:
        """The marker as printed, without the stop that ends it.

        >>> marker = head("第3项：落实")
        >>> marker and marker.label("第3项：落实")
        '第3项'
        """
        return value[self.start : self.end].strip().rstrip("：:、.．，, \t\u3000")


def head(value: str, at: int = 0) -> Marker | None:
    """The marker that begins at ``at``, or None.

    >>> head("（十二）加强监管")
    Marker(style='cn_paren', number=12, start=0, end=4)
    >>> head("2.0版上线") is None
    True
    """
    match = _HEAD.match(value, at)
    return _marker(match) if match else None


def inline(value: str, styles: frozenset[Style], *, anywhere: bool = False) -> Iterator[Marker]:
    """Markers of the given forms inside a line, where a new item can begin.

    That is at its start or after a stop, a closing bracket or a blank; with ``anywhere``
    a bracketed Chinese number may follow any character (titles glued to the next item).

    >>> [m.number for m in inline("会议要求：一是抓落实；二是抓整改。", frozenset({"point"}))]
    [1, 2]
    """
    for marker in markers(value):
        if marker.style not in styles:
            continue
        glued = anywhere and marker.style in {"cn_paren", "cn"}
        if marker.start == 0 or glued or value[marker.start - 1] in _INLINE_BEFORE:
            yield marker


def markers(value: str) -> Iterator[Marker]:
    """Everything in a text that has a marker's form, wherever it stands, in order.

    >>> [(m.style, m.number) for m in markers("建设①机房②线路")]
    [('circled', 1), ('circled', 2)]
    """
    found = _HEAD.finditer(value) if _PROPOSED.search(value) else sought(_BEGUN, _HEAD, value)
    return map(_marker, found)


def _marker(match: re.Match[str]) -> Marker:
    style = match.lastgroup or "bullet"
    if style == "proposal":
        return Marker("item", int(match[style]), match.start(), match.end())
    if style in _WHOLE:
        return Marker(_WHOLE[style], _circled(match[style]), match.start(), match.end())
    if style == "formal":
        number = ordinal(match[style].replace("参", "叁")) or 0
        return Marker("part", number, match.start(), match.end())
    if style == "titled":
        return Marker("named", _number(style, match[style]), match.start(), match.end())
    return Marker(_style(style), _number(style, match[style]), match.start(), match.end())


def _style(name: str) -> Style:
    return name  # type: ignore[return-value]


def _number(style: str, text: str) -> int:
    if style == "bullet":
        return 0
    if style == "circled":
        return _circled(text)
    return int(text) if text.isdigit() else (ordinal(text) or 0)


def _circled(text: str) -> int:
    code = ord(text)
    for first, number, length in (*_ROWS, *_ROWS_WHOLE):
        if first <= code < first + length:
            return code - first + number
    return 0
