"""Labelled intervals of a page that do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schema.records import Label


def disjoint(labels: Iterable[Label]) -> list[Label]:
    """The labels in text order, each less what an earlier one of the argument covers.

    >>> title, line = Label(kind="title", start=4, end=9), Label(kind="metadata", start=0, end=9)
    >>> [(label.kind, label.start, label.end) for label in disjoint([title, line])]
    [('metadata', 0, 4), ('title', 4, 9)]
    """
    kept: list[Label] = []
    for label in labels:
        kept += without(label, kept)
    return sorted(kept, key=lambda label: label.start)


def without(label: Label, taken: Sequence[Label]) -> list[Label]:
    """The parts of a label that none of the taken ones covers.

    >>> line = Label(kind="furniture", start=0, end=9)
    >>> [(part.start, part.end) for part in without(line, [Label(kind="title", start=2, end=5)])]
    [(0, 2), (5, 9)]
    """
    parts: list[Label] = []
    place = label.start
    for other in sorted(taken, key=lambda other: other.start):
        if other.end <= place or other.start >= label.end:
            continue
        if other.start > place:
            parts.append(label.model_copy(update={"start": place, "end": other.start}))
        place = other.end
    if place < label.end:
        parts.append(label.model_copy(update={"start": place}))
    return parts
