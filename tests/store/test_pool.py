"""Workers that hang, die or eat memory cost their item and nothing else."""

from __future__ import annotations

import time
from functools import partial

import pytest

from schema.errors import Rejected
from store.limits import Limits
from store.pool import guarded, outcomes
from tests.store import work


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_the_bad_items_fail(jobs: int) -> None:
    limits = Limits(seconds=4, memory=400 << 20)
    found = dict(outcomes(work.double, range(20), jobs, limits))
    failed = {item: result.code for item, result in found.items() if isinstance(result, Rejected)}
    assert failed == {3: "timeout", 5: "crash", 7: "memory", 11: "binary", 13: "crash"}
    assert {item: result for item, result in found.items() if item not in failed} == {
        item: item * 2 for item in range(20) if item not in failed
    }


def test_a_hanging_worker_is_killed_in_time() -> None:
    started = time.monotonic()
    ((_, result),) = outcomes(work.double, [3], 1, Limits(seconds=0.5))
    assert isinstance(result, Rejected)
    assert result.code == "timeout"
    assert time.monotonic() - started < 10


def test_in_this_process_without_workers() -> None:
    found = dict(outcomes(work.double, [1, 11, 13], 0))
    assert found[1] == 2
    assert isinstance(found[11], Rejected)
    assert isinstance(found[13], Rejected)
    assert found[13].message == "RuntimeError: ein Fehler"


def test_items_are_drawn_as_workers_get_free() -> None:
    drawn: list[int] = []

    def items() -> object:
        for number in (1, 2, 4, 6, 8, 10):
            drawn.append(number)
            yield number

    stream = outcomes(work.double, items(), 1)  # type: ignore[arg-type]
    next(stream)
    assert len(drawn) == 1
    stream.close()  # type: ignore[attr-defined]


def test_guarded_passes_results_and_partials() -> None:
    assert guarded(partial(pow, 2), 3) == 8
