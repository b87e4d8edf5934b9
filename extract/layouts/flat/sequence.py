"""Row numbers of a table whose borders are lost, told from all other numbers by their order.

Every digit run that could be a row number is a candidate; the rows are the best strictly
increasing chain over the whole document. A step of one is worth most, a gap costs, and a
row is worth more when the text up to the next number has the shape of a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Form = Literal["bare", "stop"]

# 6家企业 counts; 6家庭医生 and 12项目建设 are rows 6 and 12 whose text begins so
_COUNTED: Final = (
    r"[万亿余多]|家(?![庭电政长园校具居乡])|个(?!人)|项(?!目)|件|名(?![优录单师])|人(?![才民大口工事社力居])"
    r"|次(?!序)|元(?!旦)|条(?!例)|场(?![馆所景地])|座|所(?!有)|处(?![置理罚])|台(?![风账湾])|辆|套|只|批(?!准)"
    r"|支(?![持部撑柱援])|期(?!货)|户(?![籍外])|亩|公里|公顷|米|吨|届|篇|份|位|种(?![植业])|类(?!别)"
)
# A row number, no digit or decimal point around it; alone on its line, whatever the next one begins with.
_CANDIDATE: Final = re.compile(
    r"(?<![^\n])(?P<alone>\d{1,5})(?=[ \t\u3000]*\n)"
    r"|(?<![\d.．,，:：\-—–/第])(?P<number>\d{1,5})"
    r"(?:(?P<stop>[.．、])(?!\d)[ \u3000]?|(?P<bare>[ \t\u3000\n]*)"
    # 10 5万头养殖场: behind a blank the row may begin with a number of its own
    r"(?=[^\d\s.．、,，%％）)年月日时点分]|(?<=[ \t\u3000\n])\d{1,4}[^\d\s.．、,，年月日\-]))"
    rf"(?!{_COUNTED})"
)
_BLANKS: Final = " \t\u3000"
_MAX_GAP: Final = 4
_THREE_DIGITS: Final = 999
_STEP: Final = 3.0
_GAP_COST: Final = 2.0
_LINE_START: Final = 2.0
# Where rows begin lines, 进度落后者3件 in the middle of one is hardly a row number.
_INSIDE_COST: Final = 4.0


@dataclass(frozen=True, slots=True)
class Number:
    """A candidate: offsets of the number (with its stop), its value, whether it begins a line."""

    value: int
    start: int
    end: int
    form: Form
    line_start: bool


def candidates(text: str) -> list[Number]:
    """All digit runs of a text that could number a row.

    >>> [n.value for n in candidates("1推进2.0版\\n2、建成3个平台")]
    [1, 2]
    """
    found = []
    reached: set[int] = set()
    for match in _CANDIDATE.finditer(text):
        start = match.start()
        value = int(match["alone"] or match["number"])
        if value > _THREE_DIGITS and reached.isdisjoint(range(value - _MAX_GAP, value)):
            continue  # 2021: a year, unless the rows have come that far
        reached.add(value)
        end = match.end("stop") if match["stop"] else match.end("alone" if match["alone"] else "number")
        before = start
        while before and text[before - 1] in _BLANKS:
            before -= 1
        found.append(
            Number(
                value,
                start,
                end,
                "stop" if match["stop"] else "bare",
                not before or text[before - 1] == "\n",
            )
        )
    return found


def best_chain(numbers: Sequence[Number], shape: Callable[[int, int], float], size: int) -> list[Number]:
    """The chain of candidates that scores best; [] when none reaches two rows.

    ``shape(start, end)`` values the text between two numbers as a row (0: no opinion),
    ``size`` is the length of the text. Linear in the number of candidates: only the best
    chain that ends with each of the last few values is kept.
    """
    best: list[Number] = []
    best_score = 0.0
    for form in ("stop", "bare"):
        chain, score = _chain([n for n in numbers if n.form == form], shape, size)
        if len(chain) > 1 and score > best_score:
            best, best_score = chain, score
    return best


def _chain(
    numbers: Sequence[Number], shape: Callable[[int, int], float], size: int
) -> tuple[list[Number], float]:
    score = [0.0] * len(numbers)
    back = [-1] * len(numbers)
    ends: dict[int, list[int]] = {}
    starts = {number.value for number in numbers if number.line_start}
    inside = -_INSIDE_COST if {1, 2} <= starts else 0.0
    for index, number in enumerate(numbers):
        own = _LINE_START if number.line_start else inside
        score[index] = own + (_STEP if number.value == 1 else -_GAP_COST * min(number.value, 5))
        for step in range(1, _MAX_GAP + 1):
            for before in ends.get(number.value - step, ()):
                row = shape(numbers[before].end, number.start)
                value = score[before] + own + _STEP - _GAP_COST * (step - 1) + row
                if value > score[index]:
                    score[index], back[index] = value, before
        kept = ends.setdefault(number.value, [])
        kept.append(index)
        kept.sort(key=lambda i: -score[i])
        del kept[3:]
    if not numbers:
        return [], 0.0
    totals = [score[i] + shape(numbers[i].end, size) for i in range(len(numbers))]
    at = max(range(len(numbers)), key=totals.__getitem__)
    total, chain = totals[at], []
    while at >= 0:
        chain.append(numbers[at])
        at = back[at]
    return chain[::-1], total
