"""Labelled facts of a page about itself: 发布日期: 2022-01-14 信息来源: 办公室."""

from __future__ import annotations

import re
from collections import Counter
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
# 来源:某新闻网作者:某某: who wrote it is glued to where it stood first
_HANDS: Final = "作者|编辑|责编|记者|供稿|撰稿"
_BAR: Final = re.compile(r"\s*[|｜【\[［]")
# 索引号: | 1134…/2020-00328 | 信息分类: | 规范性文件 |: a table by bars has one between label and value too.
_BETWEEN: Final = re.compile(r"[ \u3000]*[|｜]?")
_BULLET: Final = re.compile(r"[•·●*-][ \u3000]+")
_ALONE: Final = 2  # labels by themselves are a form's when there are several
_LONGEST: Final = 200
_NAMING: Final = frozenset({"title", "index_no", "doc_no"})  # of which a page has one
_RECORDS: Final = 3


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
    listed = _is_form(lines)
    for index, line in enumerate(lines):
        found = list(_on_line(line, alone=line.cell or listed))
        following = lines[index + 1] if index + 1 < len(lines) else None
        if found and following and not found[-1].value and _may_continue(found[-1], line, following):
            found[-1] = _continued(found[-1], following)
        yield from found


def of_page(found: Sequence[Pair], lines: Sequence[Line]) -> tuple[Pair, ...]:
    """The pairs without those whose label opens several lines: it names records (标题：…), not the page.

    >>> text = Text.of("标题：甲楼漏水\\n标题：乙楼漏水\\n标题：丙楼漏水")
    >>> lines = [Line(text.cut(at, at + 7)) for at in (0, 8, 16)]
    >>> of_page([*pairs(lines[:1])], lines)
    ()
    """
    if all(pair.field not in _NAMING for pair in found):
        return tuple(found)
    opened = {line.start: label.group() for line in lines if (label := label_pattern().match(line.value))}
    often = Counter(opened.values())
    return tuple(
        pair for pair in found if pair.field not in _NAMING or often[opened.get(pair.start, "")] < _RECORDS
    )


def _is_form(lines: Sequence[Line]) -> bool:
    """索引号 / 005452161 / 发布日期 / 2020-01-01: labels without colons, each on a line of its own."""
    alone = {_label_of(line) for line in lines if not line.cell} & _fields().keys()
    return len(alone - set(load_toml("metadata")["whole"]["ambiguous"])) >= _ALONE


def _label_of(line: Line) -> str:
    return re.sub(r"\s", "", _BULLET.sub("", line.value, count=1))


def _on_line(line: Line, *, alone: bool) -> Iterator[Pair]:
    """The pairs of one line; in a table cell and in a form the label may stand without its colon."""
    field = _fields().get(_label_of(line))
    if field and alone:
        yield Pair(field, line.text.cut(len(line.text), len(line.text)), line.start, line.end)
        return
    labels = [*label_pattern().finditer(line.value)]
    if _BAR.search(line.value):
        labels = sorted([*labels, *_bar_pattern().finditer(line.value)], key=lambda label: label.start())
    stops = [*(label.start() for label in labels[1:]), len(line.value)]
    for label, stop in zip(labels, stops, strict=False):
        between = _BETWEEN.match(line.value, label.end(), stop)
        begin = between.end() if between else label.end()
        bar = _BAR.search(line.value, begin, stop)
        value = line.text.cut(begin, bar.start() if bar else stop).strip()
        yield Pair(_field_of(label), value, line.start + label.start(), line.start + stop)


def _may_continue(pair: Pair, line: Line, following: Line) -> bool:
    """文号: may have its value below; 字号： is a tool, unless both are cells of one table."""
    return pair.field != "other" or (line.cell and following.cell)


def _continued(pair: Pair, line: Line) -> Pair:
    """The pair with the next line for its value, when that is no label and short."""
    bullet = _BULLET.match(line.value)
    value = line.text[bullet.end() :] if bullet else line.text
    if len(line.value) > _LONGEST or value.value.startswith(("【", "[", "•")) or _opens_with_label(line):
        return pair
    return Pair(pair.field, value, pair.start, line.end)


def _opens_with_label(line: Line) -> bool:
    return bool(label_pattern().match(line.value)) or _label_of(line) in _fields()


def _field_of(label: re.Match[str]) -> str:
    return _fields()[re.sub(r"[\s:：|｜]", "", label.group())]


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
    # <span>2023-10-19</span><span>来源：某局</span><span>浏览次数：3次</span><span>字体：</span>
    glued = rf"(?<=[网社报局办台端])(?:{_HANDS})"
    return re.compile(rf"(?:(?:{free})|(?:(?<![\w《“])|(?<=[0-9])|(?<=[0-9]次))(?:{bound})|{glued}){_COLON}")


@cache
def _bar_pattern() -> re.Pattern[str]:
    """A known label that fills a cell of a table by bars: 文号 | 某政办发〔2021〕88号 |."""
    words = sorted(_fields(), key=lambda word: (-len(word), word))
    return re.compile(rf"(?:(?<=^)|(?<=[|｜ ]))(?:{'|'.join(map(_spaced, words))})[ \u3000]{{0,4}}(?=[|｜])")


def _spaced(word: str) -> str:
    return _INNER.join(map(re.escape, word))
