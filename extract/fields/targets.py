"""Targets against results: what the task asked for and what its progress reports, the same noun and unit.

A result is looked for by the noun counted (新建10个产业协同创新平台 / 新建9个…协同创新平台). Nouns are the
same when one holds the other, or when they end alike and share two fifths of the shorter one's
character pairs (成果转化项目 / 转化落地项目). Planned numbers (拟推动12家) are no results.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, Literal

from extract.alternatives import longest_first
from extract.fields.quantity.measures import measures
from extract.found import Found
from schema.records import Metric, Target
from schema.text import Text

Verdict = Literal["met", "missed", "exceeded"]

TOLERANCE: Final = 0.1
"""How far 左右, 约 and 近 reach: 65家 meets 70家左右, 62家 does not."""

_OVERLAP: Final = 0.4  # of the shorter noun's character pairs
_HELD: Final = 4  # a noun this long inside another is the same noun
_LOOKBACK: Final = 8  # characters before a number in which 拟 or 计划 makes it a plan
_UNMEASURED: Final = frozenset({"duration", "age", "score"})
_SIGNS: Final = re.compile(r"[“”‘’\"·\s]")


def targets(content: Text, progress: Text | None, found: Sequence[Found[Metric]]) -> list[Found[Target]]:
    """Each number of ``content`` with the result of ``progress`` that answers it, in text order.

    ``found`` are the task's metrics, their ``at`` slices of the same text as the two fields. Values
    are in base units; ``ratio`` is result to target to four places, None for a target of 0. ``raw``
    (and ``at``) is the target's phrase and the result's, joined by a newline.

    >>> from extract.context import Context
    >>> from extract.fields.metrics import metrics
    >>> page = Text.of("新建10个产业协同创新平台。新建9个高精尖产业协同创新平台。")
    >>> content, progress = page[:14], page[14:]
    >>> both = metrics("content", content, Context()) + metrics("progress", progress, Context())
    >>> [(t.value.target, t.value.result, t.value.verdict) for t in targets(content, progress, both)]
    [(10.0, 9.0, 'missed')]
    """
    if progress is None:
        return []
    results = [item for item in found if item.value.field == "progress" and not _planned(progress, item)]
    answered = []
    for goal in found:
        if goal.value.field != "content" or goal.value.kind in _UNMEASURED:
            continue
        best = max(results, key=lambda item: _likeness(goal.value, item.value), default=None)
        if best is not None and _likeness(goal.value, best.value) > 0:
            answered.append(_target(goal, best))
    return answered


def verdict(goal: Metric, result: Metric) -> Verdict:
    """How the result stands to the target, by the target's own bound.

    eq, ge and gt ask for at least the number; le and lt for at most; approx is met within a tenth
    either way. A fall asked for (降低20%) is exceeded by a deeper one.
    """
    aim, got = goal.base_value, result.base_value
    if aim < 0 and got < 0:
        aim, got = -aim, -got
    if goal.comparator in ("le", "lt"):
        return "met" if got <= aim else "missed"
    if goal.comparator == "approx":
        slack = abs(aim) * TOLERANCE
        return "missed" if got < aim - slack else "exceeded" if got > aim + slack else "met"
    if goal.comparator == "gt" and got == aim and result.comparator != "gt":
        return "missed"
    below = got < aim or (got == aim and result.comparator == "lt")
    return "missed" if below else "exceeded" if got > aim else "met"


def _target(goal: Found[Metric], result: Found[Metric]) -> Found[Target]:
    at = Text.join((goal.at, result.at), "\n")
    aim, got = goal.value.base_value, result.value.base_value
    target = Target(
        subject=goal.value.subject or "",
        unit=goal.value.base_unit,
        target=aim,
        result=got,
        ratio=round(got / aim, 4) if aim else None,
        verdict=verdict(goal.value, result.value),
        raw=at.value,
    )
    return Found(target, at, "target.noun")


def _planned(progress: Text, item: Found[Metric]) -> bool:
    """拟推动12家, 计划新建3个: not yet done."""
    start = item.at.bounds()[0] - progress.bounds()[0]
    return bool(_plan().search(progress.value[max(0, start - _LOOKBACK) : max(0, start)]))


@cache
def _plan() -> re.Pattern[str]:
    return re.compile(rf"(?:{longest_first(measures()['targets']['planned'])})[^,，。;；、]*$")


def _likeness(goal: Metric, result: Metric) -> float:
    """0 when the two do not measure the same; else the Dice coefficient of their nouns' pairs."""
    if not goal.subject or not result.subject or not _comparable(goal, result):
        return 0
    left, right = _SIGNS.sub("", goal.subject), _SIGNS.sub("", result.subject)
    if left == right:
        return 1
    pairs, others = set(_pairs(left)), set(_pairs(right))
    shared = len(pairs & others)
    held = min(len(left), len(right)) >= _HELD and (left in right or right in left)
    alike = left[-2:] == right[-2:] and shared >= max(2, _OVERLAP * min(len(pairs), len(others)))
    return 2 * shared / (len(pairs) + len(others)) if held or alike else 0


def _pairs(noun: str) -> Iterable[str]:
    return (noun[at : at + 2] for at in range(len(noun) - 1))


def _comparable(goal: Metric, result: Metric) -> bool:
    if goal.base_unit == result.base_unit:
        return (goal.kind == "growth") == (result.kind == "growth")
    return any(
        goal.base_unit in family and result.base_unit in family
        for name, family in measures()["targets"].items()
        if name != "planned"
    )
