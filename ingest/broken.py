"""Rows of tab-separated text that line ends inside their cells have broken: 1.办结37项。/ 2.诊断8家。→ 无."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from schema.text import Text

_LEAST_WIDTH: Final = 3
_LEAST_ROWS: Final = 3
_LONGEST: Final = 40
"""Lines that one row is broken over at most."""
_BROKEN: Final = 12
_STOPS: Final = tuple("。；;！!？?")
_SPACES: Final = " \r\u00a0\u3000"
# 一、经济建设   （二）社会事业   第 1 页   — 2 —
_HEADING: Final = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第\s?\d|[—–-])")
_NUMBER: Final = re.compile(r"\d{1,4}[.．、]?")
# 1.全年承办…  （2）落实…  ③ …
_LISTED: Final = re.compile(r"(?:[（(]?\d{1,2}[)）.．、](?!\d)|[①-⑳])")


def whole_rows(rows: Sequence[Text]) -> list[Text]:
    """The lines with those of one row joined again, a line end inside its broken cell.

    The pieces of a row have, taken together, exactly the cells that most tabbed lines have, and what
    goes on is longer than any cell that begins a whole row; a last cell goes on with the next number.

    >>> page = ("类\\t任务\\t问题", "甲\\t1.修路。", "2.通车三公里。\\t无", "乙\\t架桥\\t无", "丙\\t树\\t无")
    >>> whole_rows([Text.of(line) for line in page])[1].value
    '甲\\t1.修路。\\n2.通车三公里。\\t无'
    """
    widths = [_width(row.value) for row in rows]
    usual, count = max(
        Counter(w for w in widths if w > 1).items(), key=lambda item: item[::-1], default=(0, 0)
    )
    if usual < _LEAST_WIDTH or count < _LEAST_ROWS:
        return list(rows)
    table = _Table.of(rows, widths, usual)
    found: list[Text] = []
    at = 0
    while at < len(rows):
        end = table.end(at)
        if end == at + 1 and 1 < widths[at] < usual and widths[at - 1 : at] == [usual]:
            return list(rows)  # empty last cells are left out: short rows are no broken ones
        found.append(Text.join(rows[at:end], "\n") if end > at + 1 else rows[at])
        at = end
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines of a text and how many cells each has, most rows, and the longest cell that begins one.

    ``numbered`` tells rows that begin with their numbers.
    """

    lines: tuple[str, ...]
    widths: Sequence[int]
    usual: int
    opening: int
    numbered: bool

    @classmethod
    def of(cls, rows: Sequence[Text], widths: Sequence[int], usual: int) -> _Table:
        lines = tuple(row.value for row in rows)
        firsts = [_first(line) for line, width in zip(lines, widths, strict=True) if width == usual]
        numbers = sum(bool(_NUMBER.fullmatch(first)) for first in firsts)
        return cls(lines, widths, usual, max(map(len, firsts)), numbers * 2 > len(firsts))

    def end(self, at: int) -> int:
        """The index behind the last line of the row that begins at one."""
        total, end = self.widths[at], at + 1
        if total < 2 or total > self.usual:
            return end
        last = min(len(self.lines), at + _LONGEST)
        while total < self.usual and end < last and 0 < self.widths[end] < self.usual:
            if not _goes_on(self.lines[end - 1], self.lines[end], self.opening):
                break
            total, end = total + self.widths[end] - 1, end + 1
        return self._paragraphs(end, last) if total == self.usual else at + 1

    def _paragraphs(self, start: int, last: int) -> int:
        """The index behind the paragraphs with which a row's last cell goes on.

        Between rows with numbers they are all lines but headings, else those with the next number.
        """
        end = start
        while end < last and self.widths[end] == 1 and not _HEADING.match(self.lines[end]):
            end += 1
        row = self.numbered and end < last and self.widths[end] > 1
        if row and _NUMBER.fullmatch(_first(self.lines[end])):
            return end
        end = start
        while end < last and self.widths[end] == 1 and _listed_on(self.lines[end - 1], self.lines[end]):
            end += 1
        return end


def _goes_on(before: str, value: str, opening: int) -> bool:
    """Whether a line may go on in the last cell of the one before; a short cell breaks behind a stop."""
    cell = _last(before)
    broken = "\t" not in before or len(cell) >= _BROKEN or cell[-1:] in _STOPS
    return broken and len(_first(value)) > opening


def _listed_on(before: str, value: str) -> bool:
    """Whether a line is the next point of a list in the last cell of the line before."""
    cell = _last(before)
    return bool(_LISTED.match(cell) and _LISTED.match(value.strip()))


def _first(line: str) -> str:
    return line.split("\t", maxsplit=1)[0].strip()


def _last(line: str) -> str:
    return line.rsplit("\t", maxsplit=1)[-1].strip()


def _width(value: str) -> int:
    return value.strip(_SPACES).count("\t") + 1 if value.strip() else 0
