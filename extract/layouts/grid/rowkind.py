"""Rows of a table that are no records: totals, chapters with their sums, who filled the form in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from extract.layouts.grid.header import Column
from extract.layouts.grid.shape import is_amount
from extract.numbering import head
from schema.text import Interval, Text

_TOTALS: Final = frozenset({"合计", "总计", "小计", "共计", "汇总", "总分", "得分合计", "总得分"})
# 合 计（64个）
_BESIDE: Final = re.compile(r"[\s：:]|[（(][^（）()]*[）)]")
# 一   （二）   三、
_NUMERAL: Final = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")
# 续建项目（5个）
_COUNTED: Final = re.compile(r"[（(]共?\d+[\u4e00-\u9fff]{1,2}[）)]$")
_SUMMED: Final = frozenset({"extra", "", "target"})
# 填报人：周某   审核：   注：√表示…
_FOOTING: Final = re.compile(
    r"(?:(?:填报|填表|制表|审核|审签|联系|经办|复核|分管|负责)(?:人|员|者|领导|负责人|单位|部门|日期|时间|电话)?"
    r"|(?:数据|资料|统计)?(?:来源|截[至止](?:时间|日期)?)|统计(?:时间|日期|口径|单位|情况)?|备注|附注|说明|注)[：:]"
)
# （以上情况截至2022年12月15日）   （数据截止时间：8月底）   （本表由某局提供）
_BRACKETED: Final = re.compile(
    r"[（(](?:以上|上述|本表|此表|表中|数据|资料|统计|注[：:]|说明[：:])[^（）()]{2,60}[）)]"
)


def is_total(own: Mapping[int, Text]) -> bool:
    """Whether a row sums up others, by its first two cells.

    >>> is_total({0: Text.of("合 计（64个）"), 4: Text.of("3862")}), is_total({0: Text.of("合作办学")})
    (True, False)
    """
    return any(_BESIDE.sub("", text.value) in _TOTALS for i, text in own.items() if i < 2)


def is_footing(own: Mapping[int, Text]) -> bool:
    """Whether a row stands below the records: it opens with who filled the table in, or with a note.

    >>> is_footing({0: Text.of("填报人："), 2: Text.of("周某")}), is_footing({0: Text.of("1")})
    (True, False)
    """
    return bool(own) and is_note(own[min(own)].value)


def is_note(value: str) -> bool:
    """Whether a line or cell below the records says who filled them in, as of when, or what they sum up to.

    >>> is_note("（数据截止时间：2025年8月31日）"), is_note("统计：办结4项 在办6项"), is_note("（三处）")
    (True, True, False)
    """
    return bool(_FOOTING.match(value.strip()) or _BRACKETED.fullmatch(value.strip()))


def group_of(own: Mapping[int, Text], columns: Sequence[Column]) -> Text | None:
    """The name of a group of rows that have Arabic numbers: 一 | 续建项目（5个） | 58.2; None for other rows.

    Its number is another one, or none, and nothing but its name and sums are filled.

    >>> row = {0: Text.of("一"), 1: Text.of("续建项目（5个）"), 3: Text.of("58.2")}
    >>> str(group_of(row, ("seq", "content", "responsible", "extra", "progress")))
    '续建项目（5个）'
    """
    if "seq" not in columns or "content" not in columns or "progress" not in columns:
        return None
    seq, name = own.get(columns.index("seq")), own.get(columns.index("content"))
    if name is None or (seq and seq.bounds() != name.bounds() and not _NUMERAL.fullmatch(seq.value)):
        return None
    rest = {i: text for i, text in own.items() if text.bounds() not in _places(seq, name)}
    sums = all(columns[i] in _SUMMED and is_amount(text.value) for i, text in rest.items())
    told = seq is not None and (bool(rest) or seq.bounds() != name.bounds())
    return name if sums and (told or (bool(rest) and _COUNTED.search(name.value))) else None


def _places(*texts: Text | None) -> set[Interval]:
    return {text.bounds() for text in texts if text}


def is_subtotal(first: Mapping[int, Text], own: Mapping[int, Text]) -> bool:
    """Whether a row is a chapter with its sums: a numbered heading over several columns, then amounts.

    ``first`` are the columns that the row's first cell spans.

    >>> cell = Text.of("一、产业类（26个）")
    >>> is_subtotal({0: cell, 1: cell}, {0: cell, 1: cell, 4: Text.of("518596")})
    True
    """
    rest = [text.value for index, text in own.items() if index not in first]
    marker = head(own[min(own)].value)
    chapter = marker is not None and marker.style in {"cn", "cn_paren"}
    return chapter and len(first) > 1 and bool(rest) and all(map(is_amount, rest))
