"""Items that a dash parts from what was done: 1、老旧小区加装电梯——累计签约31部，开工22部。"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from extract.body import Line
from extract.layouts.label import Mark
from extract.numbering import Style, head

# 多表合一采集——因标准不一致，本月没有进展。 but no dash behind a stop, and no second one
_PARTED: Final = re.compile(r"[^。；;：:，,—–]{4,40}?\s*(?P<dash>——|–{1,2}|—|--)\s*(?=[^—–\s])[^—–]{6,}")
_FEWEST: Final = 4


def dashed(lines: Sequence[Line]) -> list[list[Mark]]:
    """A mark of progress at the dash of every item, where four of five of a numbering have one.

    A list of none for each line else.
    """
    found: list[list[Mark]] = [[] for _ in lines]
    items: dict[Style, list[tuple[int, re.Match[str] | None]]] = defaultdict(list)
    for index, line in enumerate(lines):
        marker = head(line.value)
        if marker is not None:
            items[marker.style].append((index, _PARTED.fullmatch(line.value, marker.end)))
    for each in items.values():
        parted = [(index, match) for index, match in each if match]
        if len(parted) >= _FEWEST and len(parted) * 5 >= len(each) * 4:
            for index, match in parted:
                found[index] = [Mark("progress", "", *match.span("dash"), alone=False)]
    return found
