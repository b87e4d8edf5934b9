"""What no record accounts for: the promise that nothing of the body is lost, measured."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, islice, pairwise
from typing import Final

from extract.body import merged
from extract.draft import Draft
from schema.issues import Issue, issue
from schema.page import Page
from schema.records import Label, Span, Task
from schema.text import Interval

_SHOWN: Final = 40
_NUMBERS: Final = 20


def uncovered(
    page: Page, tasks: Iterable[Task], labels: Sequence[Label], own: Sequence[Span]
) -> list[Interval]:
    """The stretches of the page's text that are in no record's field and no labelled block."""
    taken = [(span.text_start, span.text_end) for task in tasks for span in task.spans]
    taken += [(label.start, label.end) for label in labels]
    taken += [(span.text_start, span.text_end) for span in own]
    taken += [(block.start, block.end) for block in page.blocks if block.kind == "furniture"]
    free: list[Interval] = []
    at = 0
    for start, end in [*merged(taken), (len(page.text), len(page.text))]:
        if start > at and _says_something(page.text.value[at:start]):
            free.append((at, start))
        at = max(at, end)
    return free


def leftovers(free: Iterable[Interval], drafts: Iterable[Draft]) -> list[Label]:
    """What drafts were made from and no field keeps (责任单位： in a bracket, 、 between names)."""
    used = merged([piece for draft in drafts for text in draft.texts() for piece in text.pieces()])
    starts = [start for start, _ in used]
    found: list[Label] = []
    for low, high in free:
        for at in range(max(0, bisect_right(starts, low) - 1), len(used)):
            start, end = used[at]
            if start >= high:
                break
            if min(end, high) > max(start, low):
                found.append(Label(kind="label", start=max(start, low), end=min(end, high)))
    return found


def _says_something(value: str) -> bool:
    return any(character.isalnum() for character in value)


def coverage(page: Page, free: Iterable[Interval]) -> float:
    """Share of the page's characters, white space and bare punctuation aside, that is accounted for."""
    total = sum(map(str.isalnum, page.text.value))
    lost = sum(sum(map(str.isalnum, page.text.value[start:end])) for start, end in free)
    return 1.0 if not total else round(1 - lost / total, 6)


def findings(page: Page, free: Iterable[Interval]) -> list[Issue]:
    """An issue for each stretch that nothing accounts for."""
    value = page.text.value
    return [issue("uncovered_text", value[start:end].strip()[:_SHOWN], start, end) for start, end in free]


def gaps(tasks: Sequence[Task]) -> list[Issue]:
    """An issue when numbered tasks of one section leave numbers out."""
    numbers: dict[tuple[str, ...], list[int]] = {}
    for task in tasks:
        if task.kind == "task" and task.seq and task.seq.isdigit():
            numbers.setdefault(task.section, []).append(int(task.seq))
    rising = (found for found in numbers.values() if found == sorted(found))
    left_out = (range(one + 1, two) for found in rising for one, two in pairwise(found))
    missing = [*islice(chain.from_iterable(left_out), _NUMBERS)]  # 3, 20230115: two million of them
    return [issue("sequence_gap", "、".join(map(str, missing)))] if missing else []
