"""One number as it stands in a text: value, unit, bound, place."""

from __future__ import annotations

from typing import NamedTuple

from schema.records import Comparator


class Reading(NamedTuple):
    """``start`` … ``end`` holds bound, number and unit; ``number`` and ``behind`` are the inner edges.

    ``unit`` is as printed with its magnitude (亿元), ``base_unit`` without (元), ``factor`` the magnitude.
    """

    start: int
    end: int
    number: int
    behind: int
    kind: str
    value: float
    unit: str | None
    base_unit: str | None
    factor: int
    comparator: Comparator
    rule: str
    high: float | None = None
