"""Header words: which column holds the task, its source, its progress, its units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from extract.layouts.grid.remedy import remedied
from extract.lexicon.load import load_toml

Pairs = tuple[tuple[str, str], ...]
"""Words that an issuer's form adds to the lexicon, each with its column."""

Column = str
"""A key of columns.toml, ``extra`` for a header that no field holds, or ``""``: no header."""

_MAX_HEADER: Final = 32
_BLANKS: Final = re.compile(r"[\s*]+")
_TOLD: Final = frozenset({"content", "progress"})
_OFTEN: Final = frozenset({"", "extra", "lead", "support", "responsible"})
"""Columns of which a table may have several."""
# 2021年6月(进展)   (进度)一季度   上半年(完成情况)
_PERIOD: Final = re.compile(
    r"(?:(?:20)?\d{2}年)?(?:第?[一二三四前1-4]{1,2}季度?|[上下]半年|全年|年度|\d{1,2}(?:[-—–~至]\d{1,2})?月份?)|20\d{2}年"
)
# 自查内容（年度任务）: what stands in brackets only explains
_BRACKET: Final = re.compile(r"[（(][^（）()]*[）)]")
# 扣分原因及改进措施   存在问题与整改举措: what went wrong comes first
_CAUSES: Final = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:原因|问题|困难|不足)(?:分析)?(?:以?及|[和与、])[\u4e00-\u9fff]{0,6}(?:措施|举措|办法)"
)
# 调查核实情况   现场核查情况: what was found out, no word of what was done
_FOUND: Final = re.compile(r"(?:[现场群众信访举报问题]{0,4})(?:调查|核实|核查|查实|查证){1,2}(?:情况|结果)")
_PAIR: Final = 2
# 一级指标   三级指标
_LEVEL: Final = re.compile(r"[一二三四]级指标(?:名称)?")
_LEVELS: Final = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A header word found in a string: half-open offsets and the column it stands for."""

    column: Column
    start: int
    end: int


@lru_cache(maxsize=64)
def _lexicon(added: Pairs = ()) -> dict[str, Column]:
    known = {
        word: column
        for column, entry in load_toml("columns").items()
        for word in (*entry["words"], *entry.get("exact", ()))
    }
    return known | dict(added)


@lru_cache(maxsize=64)
def _pattern(added: Pairs = ()) -> re.Pattern[str]:
    words = sorted(_lexicon(added), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in words))


@cache
def _exact() -> frozenset[str]:
    return frozenset(load_toml("columns")["seq"]["exact"])


def column_of(cell: str, added: Pairs = ()) -> Column:
    """The column that a header cell names: by its last and longest word.

    >>> column_of("市科委2021年落实情况"), column_of("任 务 内 容"), column_of("备注")
    ('progress', 'content', 'extra')
    >>> column_of("管考建议"), column_of("管考建议", (("管考建议", "status"),))
    ('content', 'status')
    """
    value = _BLANKS.sub("", cell)
    if not value:
        return ""
    core = _BRACKET.sub("", value) or value
    lexicon = _lexicon(added)
    if core in lexicon:
        return lexicon[core]
    if _CAUSES.fullmatch(core):
        return "problems"
    found = [word for word in words_in(core, added) if core[word.start : word.end] not in _exact()]
    if len(core) > _MAX_HEADER or not found:
        return "extra"
    best = max(found, key=lambda word: (word.end == len(core), word.end - word.start, word.end))
    return best.column if best.end - best.start > 1 else "extra"


def words_in(value: str, added: Pairs = ()) -> list[Word]:
    """Header words from left to right, the longest at each place.

    >>> [w.column for w in words_in("序号任务内容任务来源全年落实情况")]
    ['seq', 'content', 'source', 'progress']
    """
    lexicon = _lexicon(added)
    return [Word(lexicon[m.group()], m.start(), m.end()) for m in _pattern(added).finditer(value)]


def columns_of(cells: Sequence[str], added: Pairs = ()) -> tuple[Column, ...] | None:
    """The columns of a header row; None when the cells are no header row.

    A header row has short cells, names the task or its progress and at least one more
    column, and repeats no field but for ``extra``, units and the progress of one period
    after another: of two task columns the first is the task and the second its target.
    """
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < 2 or any(len(cell) > _MAX_HEADER for cell in filled):
        return None
    if sum(cell.rstrip().endswith(("：", ":")) for cell in filled) * 3 >= len(filled):
        return None  # 索引号：… 发布机构：… are pairs of labels and values
    columns = _distinct([column_of(cell, added) for cell in cells], cells)
    named = [column for column in columns if column not in {"", "extra"}]
    told = _TOLD & set(named)
    known = len(named) + (sum(_is_kept(cell) for cell in filled) if told == _TOLD else 0)
    if len(named) < 2 or known * 2 < len(filled) or not told:
        return None
    return tuple(columns)


def _is_kept(cell: str) -> bool:
    """Whether a header cell is one that the lexicon knows to be of no field: 备注, 建设规模."""
    value = _BLANKS.sub("", cell)
    return _lexicon().get(_BRACKET.sub("", value) or value) == "extra"


def _distinct(columns: list[Column], cells: Sequence[str]) -> list[Column]:
    columns = _led(_dealt(_levelled(remedied(columns, cells), cells), cells), cells)
    progress = cells[columns.index("progress")] if "progress" in columns else ""
    if "content" not in columns and "target" in columns:
        columns[columns.index("target")] = "content"
    seen: set[Column] = set()
    for index, column in enumerate(columns):
        if column in _OFTEN or (column == "progress" and column in seen and _again(cells[index], progress)):
            continue
        if column == "content" and column in seen and "target" not in columns:
            columns[index] = "target"
        elif column in seen:
            columns[index] = "extra"
        seen.add(columns[index])
    return columns


def _levelled(columns: list[Column], cells: Sequence[str]) -> list[Column]:
    """Columns where 一级指标 | 二级指标 | 三级指标 name the task: the last level is it."""
    levels = [i for i, cell in enumerate(cells) if _LEVEL.fullmatch(_BLANKS.sub("", cell))]
    if len(levels) < _LEVELS:
        return columns
    named = {**dict.fromkeys(levels, "extra"), levels[0]: "dimension", levels[-1]: "content"}
    return [named.get(i, column) for i, column in enumerate(columns)]


def _dealt(columns: list[Column], cells: Sequence[str]) -> list[Column]:
    """Columns where 调查核实情况 stands before 处理整改情况: the progress is what was done about it."""
    places = [i for i, column in enumerate(columns) if column == "progress"]
    if len(places) != _PAIR or not _FOUND.fullmatch(_BLANKS.sub("", cells[places[0]])):
        return columns
    return [*columns[: places[0]], "extra", *columns[places[0] + 1 :]]


def _led(columns: list[Column], cells: Sequence[str]) -> list[Column]:
    """Columns where the body in charge (主管单位) stands beside those that support it: it leads them."""
    if "support" not in columns or "lead" in columns:
        return columns
    return [
        "lead" if column == "responsible" and _BLANKS.sub("", cell).startswith("主管") else column
        for column, cell in zip(columns, cells, strict=True)
    ]


def _again(cell: str, first: str) -> bool:
    """Whether two headers differ by their period only: 2021年6月进展, 2021年9月进展."""
    bare = [_PERIOD.sub("", _BLANKS.sub("", header)) for header in (cell, first)]
    return cell != first and bare[0] == bare[1]
