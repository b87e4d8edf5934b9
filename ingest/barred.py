"""Tables whose cells came out one a line, each with the bar that stood behind it.

Converters write so when a cell holds a paragraph: ``序号 |``, ``任务 |``, ``1 |``, ``建成平台 |``. An
empty cell is a bar of its own; a bar more ends the row, or nothing does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from schema.text import Text

_BAR: Final = re.compile(r"[ \t\u3000]*\|++[ \t\u3000]*\Z")
_NUMBERED: Final = frozenset({"序号", "编号", "项号", "No", "NO"})
_NUMBER: Final = re.compile(r"[0-9]{1,4}")
_FEWEST: Final = 3
_LONGEST: Final = 12  # lines of one cell
_MISSING: Final = 2  # empty last cells that left no bar

Cells = list[Text]


def barred(rows: Sequence[Text], at: int) -> tuple[list[list[Cells]], int]:
    """The rows of the table that begins at a line, a cell as its lines, and how many lines it took (0: none).

    >>> page = ["序号 |", "任务 |", "进展 |", "7 |", "建成平台 |", "||", "8 |", "植树 |", "已完成 |"]
    >>> found, taken = barred([Text.of(line) for line in page], 0)
    >>> [[[line.value for line in cell] for cell in row] for row in found[1:]], taken
    ([[['7'], ['建成平台'], []], [['8'], ['植树'], ['已完成']]], 9)
    """
    if not _opens(rows, at):
        return [], 0
    header: list[Cells] = []
    table: list[list[Cells]] = []
    row: list[Cells] = []
    end = at
    for cell, bars, behind in _cells(rows, at):
        if not header and cell and _NUMBER.fullmatch(cell[0].value):
            header, row = row, []
        if header and _begins(cell, row, table, len(header)):
            table.append(row)
            row = []
        wide = len(header) if header else len(row) + 1
        row += [cell] * bool(cell) + [[]] * min(bars - bool(cell) or (not cell), wide - len(row) - bool(cell))
        end = behind
    table += [row] if row else []
    if len(header) < _FEWEST or not table or any(len(each) > len(header) for each in table):
        return [], 0
    return [header, *([*each, *([[]] * (len(header) - len(each)))] for each in table)], end - at


def _opens(rows: Sequence[Text], at: int) -> bool:
    """序号 and its bar, and two more cells with theirs on the next lines."""
    opening = [row.value.strip() for row in rows[at : at + _FEWEST]]
    named = "".join(opening[0].rstrip("| ").split()) in _NUMBERED if opening else False
    return named and len(opening) == _FEWEST and all(value.endswith("|") for value in opening)


def _cells(rows: Sequence[Text], at: int) -> Iterator[tuple[Cells, int, int]]:
    """Cells as (lines, bars behind them, index of the next line), up to a line with bars inside."""
    lines: Cells = []
    for index in range(at, len(rows)):
        row = rows[index].strip()
        bar = _BAR.search(row.value)
        words = row.cut(0, bar.start() if bar else len(row)).strip()
        if "|" in words.value or len(lines) >= _LONGEST:
            return
        if words:
            lines.append(words)
        if bar:
            yield lines, row.value.count("|", bar.start()), index + 1
            lines = []


def _begins(cell: Cells, row: list[Cells], table: list[list[Cells]], width: int) -> bool:
    """Whether a cell is the number of the next row: behind a full one, or one in hardly less."""
    if not row or not cell or not _NUMBER.fullmatch(cell[0].value):
        return False
    last = row[0][0].value if row[0] else ""
    follows = last.isdecimal() and int(cell[0].value) == int(last) + 1
    return follows and width - len(row) <= _MISSING
