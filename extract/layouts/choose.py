"""Which layout a page has: the strategies read it, the best evidence wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from extract.body import Body
from extract.draft import Reading
from extract.layouts import blocks, labelled, summary
from extract.layouts.flat import flattened
from extract.layouts.grid import table
from extract.layouts.prose import narrative, reply

Strategy = Callable[[Body], Reading]

STRATEGIES: Final[Sequence[tuple[Strategy, float]]] = (
    (table.read, 1.0),
    (blocks.read, 1.0),
    (labelled.read, 1.0),
    (flattened.read, 0.95),
    (reply.read, 0.9),
    (summary.read, 0.65),
    (narrative.read, 0.3),
)
"""In order of preference, each with the highest score it gives: of two with the same the earlier wins."""


def choose(body: Body, layout: str | None = None) -> Reading:
    """The reading with the highest score; the order of strategies decides between equals.

    One of the ``layout`` that the issuer's form names comes before all others, when it finds a record.
    A strategy that can't win any more isn't asked.
    """
    readings: list[Reading] = []
    best = -1.0
    for strategy, highest in STRATEGIES:
        if highest > best or layout:
            readings.append(strategy(body))
            best = max(best, readings[-1].score)
    named = [reading for reading in readings if reading.layout == layout and reading.drafts]
    return max(named or readings, key=lambda reading: reading.score)
