"""Labelled facts of a page about itself: 发布日期: 2022-01-14 信息来源: 办公室."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.body import Line
from extract.lexicon.load import load_toml
from schema.text import Text

_COLON: Final = r"[ \u3000]{0,4}[:：]"
_INNER: Final = r"[ \u3000]{0,4}"  # 索 引 号：, 标　　题：
# 【字号 大 中 小】 ends the value before it just as 浏览:2639次 does.
_BAR: Final = re.compile(r"\s*[|｜【\[［]")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """One label with its value: ``field`` as in the lexicon (``other``: a fact no field holds).

    ``start`` … ``end`` is the whole pair in the page's text; ``value`` may be empty.
    """

    field: str
    value: Text
    start: int
    end: int


def pairs(lines: Sequence[Line]) -> Iterator[Pair]:
    """The labelled pairs of lines in order; a value on the line after its label counts.

    A value is never the next label: ``文号: `` before ``发布机构: 某局`` is empty.

    >>> line = Line(Text.of("发布日期: 2022- 01- 14 信息来源: 办公室 字体:[ ]"))
    >>> [(pair.field, pair.value.value) for pair in pairs([line])]
    [('published', '2022- 01- 14'), ('info_source', '办公室'), ('other', '')]
    """
    for index, line in enumerate(lines):
        found = list(_on_line(line))
        following = lines[index + 1] if index + 1 < len(lines) else None
        if found and following and not found[-1].value and _may_continue(found[-1], line, following):
            found[-1] = _continued(found[-1], following)
        yield from found


def _on_line(line: Line) -> Iterator[Pair]:
    """The pairs of one line; in a table cell the label may stand without its colon."""
    field = _fields().get(re.sub(r"\s", "", line.value))
    if field and line.cell:
        yield Pair(field, line.text.cut(len(line.text), len(line.text)), line.start, line.end)
        return
    labels = list(label_pattern().finditer(line.value))
    stops = [*(label.start() for label in labels[1:]), len(line.value)]
    for label, stop in zip(labels, stops, strict=False):
        bar = _BAR.search(line.value, label.end(), stop)
        value = line.text.cut(label.end(), bar.start() if bar else stop).strip()
        yield Pair(_field_of(label), value, line.start + label.start(), line.start + stop)


def _may_continue(pair: Pair, line: Line, following: Line) -> bool:
    """文号: may have its value below; 字号： is a tool, unless both are cells of one table."""
    return pair.field != "other" or (line.cell and following.cell)


def _continued(pair: Pair, line: Line) -> Pair:
    """The pair with the next line for its value, when that is no label and short."""
    if len(line.value) > _LONGEST or line.value.startswith(("【", "[", "•")) or _opens_with_label(line):
        return pair
    return Pair(pair.field, line.text, pair.start, line.end)


def _opens_with_label(line: Line) -> bool:
    return bool(label_pattern().match(line.value)) or re.sub(r"\s", "", line.value) in _fields()


def _field_of(label: re.Match[str]) -> str:
    return _fields()[re.sub(r"[\s:：]", "", label.group())]


@cache
def _fields() -> dict[str, str]:
    fields = load_toml("metadata")["fields"]
    return {word: field for field, words in fields.items() for word in words}


@cache
def label_pattern() -> re.Pattern[str]:
    """Any known label with its colon; words of prose only where nothing is glued in front.

    >>> label_pattern().findall("索 引 号：1 更新时间:2 会议时间：3")
    ['索 引 号：', '更新时间:']
    """
    ambiguous = set(load_toml("metadata")["whole"]["ambiguous"])
    words = sorted(_fields(), key=lambda word: (-len(word), word))
    free = "|".join(_spaced(word) for word in words if word not in ambiguous)
    bound = "|".join(_spaced(word) for word in words if word in ambiguous)
    return re.compile(rf"(?:(?:{free})|(?<![\w《“])(?:{bound})){_COLON}")


def _spaced(word: str) -> str:
    return _INNER.join(map(re.escape, word))
