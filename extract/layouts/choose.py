"""Which layout a page has: every strategy reads it, the best evidence wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from extract.body import Body
from extract.draft import Reading
from extract.layouts import flattened, labelled, narrative, reply, summary, table

Strategy = Callable[[Body], Reading]

STRATEGIES: Final[Sequence[Strategy]] = (
    table.read,
    labelled.read,
    flattened.read,
    reply.read,
    summary.read,
    narrative.read,
)
"""In order of preference: an earlier strategy wins over a later one with the same score."""


def choose(body: Body, layout: str | None = None) -> Reading:
    """The reading with the highest score; the order of strategies decides between equals.

    One of the ``layout`` that the issuer's form names comes before all others, when it finds a record.
    """
    readings = [strategy(body) for strategy in STRATEGIES]
    named = [reading for reading in readings if reading.layout == layout and reading.drafts]
    return max(named or readings, key=lambda reading: reading.score)
