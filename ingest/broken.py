"""Rows of tab-separated text that line ends inside their cells have broken: 1.办结37项。/ 2.诊断8家。→ 无."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from schema.text import Text

_LEAST_WIDTH: Final = 3
_LEAST_ROWS: Final = 3
_LONGEST: Final = 40
"""Lines that one row is broken over at most."""
_BROKEN: Final = 12
_STOPS: Final = tuple("。；;！!？?")
_SPACES: Final = " \r\u00a0\u3000"
# 1.全年承办…  （2）落实…  ③ …
_LISTED: Final = re.compile(r"(?:[（(]?\d{1,2}[)）.．、](?!\d)|[①-⑳])")


def whole_rows(rows: Sequence[Text]) -> list[Text]:
    """The lines with those of one row joined again, a line end inside its broken cell.

    The pieces of a row have, taken together, exactly the cells that most tabbed lines have, and what
    goes on is longer than any cell that begins a whole row; a last cell goes on with the next number.

    >>> page = ("类\\t任务\\t问题", "甲\\t1.修路。", "2.通车三公里。\\t无", "乙\\t架桥\\t无", "丙\\t植树\\t无")
    >>> whole_rows([Text.of(line) for line in page])[1].value
    '甲\\t1.修路。\\n2.通车三公里。\\t无'
    """
    widths = [_width(row.value) for row in rows]
    usual, count = max(
        Counter(w for w in widths if w > 1).items(), key=lambda item: item[::-1], default=(0, 0)
    )
    if usual < _LEAST_WIDTH or count < _LEAST_ROWS:
        return list(rows)
    whole = [row.value for row, width in zip(rows, widths, strict=True) if width == usual]
    opening = max(len(value.split("\t")[0].strip()) for value in whole)
    found: list[Text] = []
    at = 0
    while at < len(rows):
        end = _end(rows, widths, at, usual, opening)
        if end == at + 1 and 1 < widths[at] < usual and widths[at - 1 : at] == [usual]:
            return list(rows)  # empty last cells are left out: short rows are no broken ones
        found.append(Text.join(rows[at:end], "\n") if end > at + 1 else rows[at])
        at = end
    return found


def _end(rows: Sequence[Text], widths: Sequence[int], at: int, usual: int, opening: int) -> int:
    """The index behind the last line of the row that begins at one."""
    total, end = widths[at], at + 1
    if total < 2 or total > usual:
        return end
    last = min(len(rows), at + _LONGEST)
    while total < usual and end < last and 0 < widths[end] < usual:
        if not _goes_on(rows[end - 1].value, rows[end].value, opening):
            break
        total, end = total + widths[end] - 1, end + 1
    if total != usual:
        return at + 1
    while end < last and widths[end] == 1 and _listed_on(rows[end - 1].value, rows[end].value):
        end += 1
    return end


def _goes_on(before: str, value: str, opening: int) -> bool:
    """Whether a line may go on in the last cell of the one before; a short cell breaks behind a stop."""
    cell = before.rsplit("\t", maxsplit=1)[-1].strip()
    broken = len(cell) >= _BROKEN or cell[-1:] in _STOPS
    return broken and len(value.split("\t", maxsplit=1)[0].strip()) > opening


def _listed_on(before: str, value: str) -> bool:
    """Whether a line is the next point of a list in the last cell of the line before."""
    cell = before.rsplit("\t", maxsplit=1)[-1].strip()
    return bool(_LISTED.match(cell) and _LISTED.match(value.strip()))


def _width(value: str) -> int:
    return value.strip(_SPACES).count("\t") + 1 if value.strip() else 0
