"""Contenders side by side: in every round each takes its turn on the same pages.

Every round has pages of its own, since some contenders remember what they have seen.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

Thing = TypeVar("Thing")


class Turn(NamedTuple):
    """Median milliseconds a page, and the median over the rounds of the ratio to the yardstick."""

    name: str
    milliseconds: float
    ratio: float | None


def raced(
    works: Mapping[str, Callable[[Thing], object]], rounds: Sequence[Sequence[Thing]], yardstick: str
) -> list[Turn]:
    """Every work on all things of a round, round by round, beginning with another one each time."""
    names = list(works)
    times: dict[str, list[float]] = {name: [] for name in names}
    for number, things in enumerate(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            times[name].append(1000 * _seconds(works[name], things) / len(things))
    return [Turn(name, statistics.median(times[name]), _ratio(times, name, yardstick)) for name in names]


def _seconds(work: Callable[[Thing], object], things: Sequence[Thing]) -> float:
    began = time.perf_counter()
    for thing in things:
        work(thing)
    return time.perf_counter() - began


def _ratio(times: dict[str, list[float]], name: str, yardstick: str) -> float | None:
    if yardstick not in times:
        return None
    return statistics.median(a / b for a, b in zip(times[name], times[yardstick], strict=True))
