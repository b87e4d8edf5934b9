"""Cells that say a state and its class in a bracket: 已解决（A类）, A类（已解决）, 正常（绿灯）."""

from __future__ import annotations

import re
from typing import Final

from schema.text import Interval

# A类   B   甲类   二类   绿灯
_CLASS: Final = r"(?:[A-Da-dＡ-Ｄ]类?|[甲乙丙丁一二三四]类|[红黄绿蓝]灯)"
_CLASSED: Final = re.compile(
    rf"\s*(?:(?P<front>[^（）()\s]{{2,12}})\s*[（(]\s*{_CLASS}\s*[）)]"
    rf"|{_CLASS}\s*[（(]\s*(?P<inside>[^（）()\s]{{2,12}})\s*[）)])[\s。；;]*"
)


def state_of(value: str) -> Interval | None:
    """Where the state stands in a cell that classes it, half-open; None for other cells.

    >>> state_of("已解决（A类）"), state_of("B类(正在解决)"), state_of("完成（50%）")
    ((0, 3), (3, 7), None)
    """
    match = _CLASSED.fullmatch(value)
    return match.span("front" if match["front"] else "inside") if match else None
