"""The collector: seldom inside, as before outside, and nothing piles up between documents."""

from __future__ import annotations

import gc
import weakref

import pytest

from store.collector import seldom_collecting, tidied


class Knot:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.own = self


def test_the_thresholds_are_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError):
        fail_inside(before[0])
    assert gc.get_threshold() == before


def fail_inside(before: int) -> None:
    with seldom_collecting():
        assert gc.get_threshold()[0] > before
        raise KeyError


def test_what_a_document_left_is_freed() -> None:
    try:
        tidied()
        assert gc.get_freeze_count()
        left = weakref.ref(Knot())
        tidied()
        assert left() is None
    finally:
        gc.unfreeze()
