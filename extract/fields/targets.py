"""Targets against results: what the task asked for and what its progress reports, the same noun and unit.

A result is looked for by the noun counted (新建10个产业协同创新平台 / 新建9个…协同创新平台). Nouns are the
same when one holds the other, or when they end alike and share two fifths of the shorter one's
character pairs (成果转化项目 / 转化落地项目). Planned numbers (拟推动12家) are no results.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Noun:
    """A metric with the noun it counts, without signs, and the noun's character pairs."""

    found: Found[Metric]
    noun: str
    pairs: frozenset[str]


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
    goals = [_noun(item) for item in found if item.value.field == "content" and _is_goal(item.value)]
    if progress is None or not goals:
        return []
    start = progress.bounds()[0]
    results = [
        _noun(item)
        for item in found
        if item.value.field == "progress"
        and item.value.subject
        and any(_comparable(goal.found.value, item.value) for goal in goals)
        and not _planned(progress.value, item.at.bounds()[0] - start)
    ]
    answers = ((goal, _best(goal, results)) for goal in goals)
    return [_target(goal.found, result.found) for goal, result in answers if result]


def _is_goal(metric: Metric) -> bool:
    return bool(metric.subject) and metric.kind not in _UNMEASURED


def _best(goal: _Noun, results: Iterable[_Noun]) -> _Noun | None:
    """The first of the results that are most like the goal; None when none is."""
    best, most = None, 0.0
    for result in results:
        likeness = _likeness(goal, result)
        if likeness > most:
            best, most = result, likeness
    return best


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


def _planned(progress: str, at: int) -> bool:
    """拟推动12家, 计划新建3个: not yet done."""
    return bool(_plan().search(progress[max(0, at - _LOOKBACK) : max(0, at)]))


@cache
def _plan() -> re.Pattern[str]:
    return re.compile(rf"(?:{longest_first(measures()['targets']['planned'])})[^,，。;；、]*$")


def _noun(item: Found[Metric]) -> _Noun:
    noun = _SIGNS.sub("", item.value.subject or "")
    return _Noun(item, noun, frozenset(noun[at : at + 2] for at in range(len(noun) - 1)))


def _likeness(goal: _Noun, result: _Noun) -> float:
    """0 when the two do not measure the same; else the Dice coefficient of their nouns' pairs."""
    if not _comparable(goal.found.value, result.found.value):
        return 0
    left, right = goal.noun, result.noun
    if left == right:
        return 1
    shared = len(goal.pairs & result.pairs)
    pairs, others = len(goal.pairs), len(result.pairs)
    held = min(len(left), len(right)) >= _HELD and (left in right or right in left)
    alike = left[-2:] == right[-2:] and shared >= max(2, _OVERLAP * min(pairs, others))
    return 2 * shared / (pairs + others) if held or alike else 0


def _comparable(goal: Metric, result: Metric) -> bool:
    if goal.base_unit == result.base_unit:
        return (goal.kind == "growth") == (result.kind == "growth")
    return not _families(goal.base_unit).isdisjoint(_families(result.base_unit))


@cache
def _families(unit: str | None) -> frozenset[str]:
    """The names of the units' families that hold one: 项 and 个 may stand for one another."""
    families = measures()["targets"]
    return frozenset(name for name in families if name != "planned" and unit in families[name])
