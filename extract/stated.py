"""The report's own arithmetic, each claim with the task whose text states it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.claims import claims, total_checks
from schema.page import Page
from schema.records import Check, Task


def stated(page: Page, tasks: Sequence[Task]) -> tuple[Check, ...]:
    """Sums, parts and shares of the text, and totals against the tasks found by source."""
    text = page.cut(0, len(page.text))
    counts = Counter(source.name for task in tasks for source in task.sources)
    found = claims(text) + total_checks(text, counts)
    owners = sorted(
        (span.text_start, span.text_end, task.task_id)
        for task in tasks
        for span in task.spans
        if span.field in {"content", "progress", "problems", "next_steps"}
    )
    starts = [start for start, _, _ in owners]
    checks = []
    for item in sorted(found, key=lambda each: each.at.bounds()):
        start, _ = item.at.bounds()
        at = bisect_right(starts, start) - 1
        inside = at >= 0 and owners[at][1] > start
        checks.append(replace(item.value, task_id=owners[at][2]) if inside else item.value)
    return tuple(checks)
