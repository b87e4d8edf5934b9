"""Furniture on the same line as the text: a flattened page in front, links behind."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extract.chrome import bare
from extract.lexicon.load import load_toml
from extract.pairs import label_pattern

_REACH: Final = 400  # a path and a title fit into this before the first label or tool
_VALUE: Final = re.compile(r"\s*[^\s，。；]{0,40}(?:\s+[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?)?")
_BLANKS: Final = re.compile(r"[\s|｜]*")
# 某市2020年重点工作完成情况 发布时间：… — the title at the head of a page on one line
_TITLE: Final = re.compile(r"[^\s，。；：:]{6,60}\s+")
_PATH: Final = "位置"  # 当前位置： 您所在的位置:


def prefix_end(value: str) -> int:
    """The offset at which the text begins behind a path, labels and tools on its own line.

    0 for a line that begins neither with the page's path nor with a title before a label:
    nothing is taken from prose.

    >>> line = "当前位置： 首页公开 某工作的函 来源：某市 时间：2014-12-10 00:00 微信 --> 省政府：情况如下。"
    >>> line[prefix_end(line):]
    '省政府：情况如下。'
    """
    titled = _TITLE.match(value)
    if titled and label_pattern().match(value, titled.end()):
        return _chain(value, titled.end())
    if _PATH not in bare(value)[:12] or not bare(value).startswith(_openings()):
        return 0
    first = _first_item(value)
    return _chain(value, first) if first is not None else 0


def suffix_start(value: str) -> int:
    """The offset behind which a line of text holds only tools: ``… 2014年12月10日 附件下载``.

    >>> line = "各项任务均已完成。 来源：某市 附件下载"
    >>> line[:suffix_start(line)]
    '各项任务均已完成。'
    """
    end = len(value.rstrip())
    match = _last_item().search(value[:end])
    while match:
        end = len(value[: match.start()].rstrip())
        match = _last_item().search(value[:end])
    return end


def _first_item(value: str) -> int | None:
    """Where the first label with a value or the first tool stands, behind the path."""
    start = value.find(_PATH) + len(_PATH) + 1
    places = [
        match.start() for match in (_tool().search(value, start, _REACH), _label(value, start)) if match
    ]
    return min(places, default=None)


def _label(value: str, start: int) -> re.Match[str] | None:
    return label_pattern().search(value, start, min(len(value), _REACH))


def _chain(value: str, place: int) -> int:
    """Behind the last of the labels and tools that follow each other, blanks between them."""
    while place < 3 * _REACH:
        tool = _tool().match(value, place)
        label = None if tool else label_pattern().match(value, place)
        if label:
            filled = _VALUE.match(value, label.end())
            end = filled.end() if filled else label.end()
        elif tool:
            end = tool.end()
        else:
            break
        blanks = _BLANKS.match(value, end)
        place = blanks.end() if blanks else end
    return place


@cache
def _openings() -> tuple[str, ...]:
    return tuple(word for word in load_toml("furniture")["starts"]["anywhere"] if _PATH in word)


@cache
def _tool() -> re.Pattern[str]:
    """A tool's name that stands alone between blanks: 微信, 文件下载, 相关链接：, -->."""
    words = "|".join(re.escape(word) for word in _inline_words())
    return re.compile(rf"(?<!\S)(?:{words})[：:]?(?!\S)")


@cache
def _last_item() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _inline_words())
    return re.compile(rf"\s(?:{words}|来源[:：]\S{{1,20}})$")


def _inline_words() -> list[str]:
    return sorted(load_toml("furniture")["tokens"]["inline"], key=lambda word: (-len(word), word))
