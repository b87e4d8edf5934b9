"""Rows of a table that are no records: totals, chapters with their sums, who filled the form in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from extract.layouts.grid.shape import is_amount
from extract.numbering import head
from schema.text import Text

_TOTALS: Final = frozenset({"合计", "总计", "小计", "共计", "汇总"})
# 合 计（64个）
_BESIDE: Final = re.compile(r"[\s：:]|[（(][^（）()]*[）)]")
# 填报人：周某   审核：   注：√表示…
_FOOTING: Final = re.compile(
    r"(?:(?:填报|填表|制表|审核|审签|联系|经办|复核|分管|负责)(?:人|员|者|领导|负责人|单位|部门|日期|时间|电话)?"
    r"|(?:数据|资料|统计)?(?:来源|截[至止](?:时间|日期)?)|统计(?:时间|日期|口径|单位|情况)?|备注|附注|说明|注)[：:]"
)
# （以上情况截至2022年12月15日）   （数据截止时间：8月底）   （本表由某局提供）
_BRACKETED: Final = re.compile(r"[（(](?:以上|上述|本表|此表|表中|数据|资料|统计|注[：:]|说明[：:])[^（）()]{2,60}[）)]")


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
