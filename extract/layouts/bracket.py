"""Brackets around what lists say: labels (责任单位：市交通局) and states (已完成)."""

from __future__ import annotations

import re
from typing import Final

from extract.layouts.grid.shape import is_state
from schema.text import Text

# 关于学习不够深入的问题。（已完成并长期坚持）   （正在推进，长期整改）
_STATE: Final = re.compile(r"[（(【\[](?P<state>[^（）()【】\[\]]{2,16})[）)】\]][。；;]?$")
_PARTS: Final = re.compile(r"[，,、；;并]")


def state_behind(task: Text) -> tuple[Text, Text] | None:
    """A task and the state in the bracket that it closes with; None for any other bracket.

    >>> [str(part) for part in state_behind(Text.of("制度不健全。（已完成，长期坚持）"))]
    ['制度不健全。', '已完成，长期坚持']
    >>> state_behind(Text.of("修建环线（二期）")) is None
    True
    """
    match = _STATE.search(task.value)
    if match is None or not match.start():
        return None
    if not is_state(match["state"]) and not is_state(_PARTS.split(match["state"])[0]):
        return None
    return task.cut(0, match.start()).strip(), task.cut(*match.span("state"))


def opened_at(value: str, start: int, least: int) -> int:
    """Where a label begins with the bracket before it: 修路（责任单位：市交通局）.

    >>> opened_at("修路（责任单位：市交通局）", 3, 0)
    2
    """
    return start - 1 if start > least and value[start - 1] in "（(" else start


def closed(value: Text, opened: bool) -> Text:
    """A value without the bracket that opened before its label: （牵头：市交通局）.

    >>> str(closed(Text.of("市交通局）"), opened=True))
    '市交通局'
    """
    over = sum(map(value.value.count, "）)")) - sum(map(value.value.count, "（("))
    wrapped = opened and over == 1 and value.value[-1] in "）)"
    return value.cut(0, len(value) - 1).strip() if wrapped else value
