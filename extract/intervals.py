"""Labelled intervals of a page that do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from schema.records import Label
from schema.text import Interval


def disjoint(labels: Iterable[Label], known: Iterable[Label] = ()) -> list[Label]:
    """The labels in text order, each less what ``known`` ones or earlier ones cover.

    >>> title, line = Label(kind="title", start=4, end=9), Label(kind="metadata", start=0, end=9)
    >>> [(label.kind, label.start, label.end) for label in disjoint([title, line])]
    [('metadata', 0, 4), ('title', 4, 9)]
    """
    wanted, taken = list(labels), list(known)
    covered = bytearray(max((label.end for label in (*wanted, *taken)), default=0))
    for label in taken:
        covered[label.start : label.end] = b"\1" * (label.end - label.start)
    kept: list[Label] = []
    for label in wanted:
        for start, end in list(_free(covered, label.start, label.end)):
            covered[start:end] = b"\1" * (end - start)
            whole = (start, end) == (label.start, label.end)
            kept.append(label if whole else replace(label, start=start, end=end))
    return sorted(kept, key=lambda label: label.start)


def without(label: Label, taken: Sequence[Label]) -> list[Label]:
    """The parts of a label that none of the taken ones covers.

    >>> line = Label(kind="furniture", start=0, end=9)
    >>> [(part.start, part.end) for part in without(line, [Label(kind="title", start=2, end=5)])]
    [(0, 2), (5, 9)]
    """
    near = [other for other in taken if other.start < label.end and other.end > label.start]
    return disjoint([label], near)


def _free(covered: bytearray, start: int, end: int) -> Iterator[Interval]:
    """The maximal uncovered intervals inside start … end."""
    place = covered.find(0, start, end)
    while place >= 0:
        stop = covered.find(1, place, end)
        yield (place, end if stop < 0 else stop)
        place = covered.find(0, stop, end) if stop >= 0 else -1
