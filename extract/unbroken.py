"""Pages whose line breaks were lost: where the path, the title, facts about the page and its foot begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from extract.chrome import is_edge_furniture, is_toolbar

_LEAST: Final = 200
_HEAD: Final = 400  # no path, title and facts about a page are longer
_TOKEN: Final = re.compile(r"\S+")
_ARROW: Final = re.compile(r"[>＞›»→]+")
# 来源：某镇人民政府   【打印】   上一条：…
_FACT: Final = re.compile(r"[【\[]|[\u4e00-\u9fff]{2,6}[：:]")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_TITLE, _SHORT = 8, 4
_STOPS: Final = "。！"

Place = tuple[int, int]


def is_unbroken(value: str, size: int) -> bool:
    """Whether a line is most of a page of that many characters, so that it can't be one paragraph of it."""
    return len(value) >= _LEAST and len(value) * 2 > size


def breaks(value: str) -> list[int]:
    """Where lines begin in such a line, in front of its text and behind it; [] when nothing tells them.

    >>> page = "首页 > 公开 某镇2020年工作总结 时间：2020-07-03 11:02 今年，我镇取得进展。 下一条：无"
    >>> [page[low:high].strip() for low, high in zip([0, *breaks(page)], [*breaks(page), None])]
    ['首页 > 公开', '某镇2020年工作总结', '时间：2020-07-03 11:02', '今年，我镇取得进展。', '下一条：无']
    """
    stop = min((at for mark in _STOPS if (at := value.find(mark, 0, _HEAD)) >= 0), default=0)
    last = max(value.rfind(mark) for mark in _STOPS) + 1
    head = [match.span() for match in _TOKEN.finditer(value, 0, stop)]
    foot = (match for match in _TOKEN.finditer(value, last or len(value)) if is_edge_furniture(match[0]))
    return sorted({*_head(value, head), *(match.start() for match in foot)} - {0})


def _head(value: str, tokens: Sequence[Place]) -> Iterator[int]:
    """Behind a path of pages a fact begins a line, and so do a title in front of one and the text itself."""
    facts = [index for index, (low, _) in enumerate(tokens) if _FACT.match(value, low)]
    arrows = [index for index, place in enumerate(tokens) if _ARROW.fullmatch(value, *place)]
    if not arrows:
        return
    yield from (tokens[index][0] for index in facts)
    for index, (low, high) in enumerate(tokens):
        if index - 2 in arrows and index not in arrows and index - 1 not in arrows:
            yield low
        if index + 1 in facts and len(_CHINESE.findall(value, low, high)) >= _TITLE:
            yield low
    known = max((*facts, *(index + 1 for index in arrows)), default=len(tokens))
    if facts:
        text = (low for low, high in tokens[known + 1 :] if not _goes_on(value[low:high]))
        yield from islice(text, 1)


def _goes_on(token: str) -> bool:
    """Whether a token still belongs to the facts about the page: 11:02, 次, 打印."""
    return len(token) <= _SHORT or not _CHINESE.search(token) or is_toolbar(token)
