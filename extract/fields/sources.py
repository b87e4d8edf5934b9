"""Sources: the documents and lists that assigned a task, and its number there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.found import Found
from schema.records import Source
from schema.text import Text

_NUMBER: Final = r"(?:\d{1,4}(?:[.\-—–至]\d{1,4})*|[一二三四五六七八九十百]{1,5})"
# `第2项` `第2、3项` `第十二条` `第5号建议` `（第2项）`
_ITEM: Final = re.compile(
    rf"[（(]?第\s?(?P<items>{_NUMBER}(?:\s?[、,，]\s?{_NUMBER})*)\s?(?:大?项|条|件|款|点|号)(?:任务|工作|建议|提案|议案)?[）)]?"
)
# `重点任务26-1` `实事12`: a bare number ends the name; `省委1号文` keeps its own
_BARE: Final = re.compile(r"(?<=[\u4e00-\u9fff》”])\s?[（(]?(?P<items>\d{1,4}(?:-\d{1,3})?)[）)]?$")
_SEPARATOR: Final = re.compile(r"[、，,；;\n/／]|(?<=[项条件）)])(?:和|及|以及)")
_LONGEST: Final = 20_000  # no cell is longer; a hostile one is cut
_EDGE: Final = " \t\r\n\u3000。：:《》“”-—"


def sources(text: Text) -> list[Found[Source]]:
    """The sources that a cell names, in order; one for each item number.

    ``name`` and ``raw`` are as printed, ``item_no`` is the number without 第 and 项. An item
    without a name of its own belongs to the name before it.

    >>> [(s.value.name, s.value.item_no) for s in sources(Text.of("市政府工作报告第2项、日常履职考核事项"))]
    [('市政府工作报告', '2'), ('日常履职考核事项', None)]
    >>> [(s.value.name, s.value.item_no) for s in sources(Text.of("折子工程第3、5项，第7项"))]
    [('折子工程', '3'), ('折子工程', '5'), ('折子工程', '7')]
    """
    found: list[Found[Source]] = []
    name = ""
    for start, end in _pieces(text.value[:_LONGEST]):
        piece = text.cut(start, end).strip(" \t\r\n\u3000。")
        item = _ITEM.search(piece.value) or _BARE.search(piece.value)
        own = (piece.value[: item.start()] if item else piece.value).strip(_EDGE)
        name = own or name
        if not name:
            continue
        numbers = re.split(r"\s?[、,，]\s?", item["items"]) if item else [None]
        found.extend(
            Found(Source(name=name, item_no=number, raw=piece.value), piece, "sources.list")
            for number in numbers
        )
    return found


def _pieces(value: str) -> Iterator[tuple[int, int]]:
    """The parts of the list; separators inside `第2、3项` part nothing."""
    parted = _ITEM.sub(lambda match: "第" + "项" * (len(match.group()) - 1), value)
    low = 0
    for match in _SEPARATOR.finditer(parted):
        yield low, match.start()
        low = match.end()
    yield low, len(value)
