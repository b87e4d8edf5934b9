"""Processor time of a piece of work, freed of the noise of the machine and of the test process."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The best of some rounds in processor seconds.

    The collector rests meanwhile: it walks the heap of all tests before, not the work's own.
    """
    best = float("inf")
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            start = time.process_time()
            work()
            best = min(best, time.process_time() - start)
    finally:
        gc.enable()
    return best
