"""The columns of tables that mend problems: 存在问题 | 整改措施 | 整改情况."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

_BESIDE: Final = re.compile(r"[\s*]+|[（(][^（）()]*[）)]")
_MEASURES: Final = ("措施", "举措")
_TROUBLES: Final = ("问题", "意见", "缺失", "缺失事项", "不足", "隐患")
_AIMS: Final = ("整改目标", "整改要求")
_TASKS: Final = frozenset({"content", "target"})
_LATE: Final = frozenset({"progress", "problems"})
_TOLD: Final = frozenset({"progress", "status"})


def remedied(columns: Sequence[str], cells: Sequence[str]) -> list[str]:
    """The columns of a header, with the problem as the task where nothing else is one.

    The problem then stands before what was done; measures and their aim are kept as they are.
    Measures behind progress and problems (进展情况 | 存在问题 | 改进措施) say what comes next.

    >>> remedied(["problems", "content", "progress"], ["存在问题", "整改措施", "整改情况"])
    ['content', 'extra', 'progress']
    >>> remedied(["content", "progress", "problems", "content"], ["任务", "进展", "问题", "改进措施"])
    ['content', 'progress', 'problems', 'next_steps']
    """
    names = [_BESIDE.sub("", cell) for cell in cells]
    found = list(columns)
    tasks = [i for i, column in enumerate(found) if column in _TASKS]
    measures = [i for i in tasks if names[i].endswith(_MEASURES)]
    mended = {*measures, *(i for i in tasks if names[i].endswith(_AIMS))}
    own = [i for i in tasks if i not in mended]
    told = next((i for i, column in enumerate(found) if column in _TOLD), 0)
    if not own and "problems" in found[:told]:
        return _put(found, mended, "extra", found.index("problems"))
    if measures and "next_steps" not in found and {"content", *_LATE} <= set(found[: measures[0]]):
        return _put(found, measures[:1], "next_steps")
    if own and names[own[0]].endswith(_TROUBLES) and measures[:1] > own[:1]:
        return _put(found, mended, "extra")
    return found


def _put(columns: list[str], places: Collection[int], name: str, task: int | None = None) -> list[str]:
    put = [name if i in places else column for i, column in enumerate(columns)]
    return [*put[:task], "content", *put[task + 1 :]] if task is not None else put
