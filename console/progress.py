"""What a run tells while it works: a bar on a terminal, bad documents by name, a summary."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from console.streams import tell
from store.run import Notice, Summary


class Teller:
    """Takes a run's notices; names rejected and failed documents on standard error."""

    def __init__(self, bar: Any = None) -> None:
        self._bar = bar
        self._seen = {"stored": 0, "skipped": 0, "rejected": 0, "flagged": 0}

    def __call__(self, notice: Notice) -> None:
        self._seen[notice.kind] += 1
        if notice.kind in ("rejected", "flagged"):
            line = f"{notice.kind}: {notice.uri}: {notice.message}"
            if self._bar is None:
                tell(line)
            else:
                self._bar.console.print(line, markup=False, highlight=False)
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], advance=1, seen=self._shown())

    def _shown(self) -> str:
        return ", ".join(f"{count} {kind}" for kind, count in self._seen.items() if count)


@contextmanager
def telling() -> Iterator[Teller]:
    """A teller with a progress bar when standard error is a terminal."""
    if not sys.stderr.isatty():
        yield Teller()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        *(SpinnerColumn(), BarColumn(pulse_style="green"), TextColumn("{task.completed} documents")),
        *(TextColumn("{task.fields[seen]}"), TimeElapsedColumn()),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bar.add_task("", total=None, seen="")
        yield Teller(bar)


def told(summary: Summary, database: object) -> None:
    """The summary for people."""
    done = f"{summary.documents} documents with {summary.tasks} tasks stored in {database}"
    rest = ", ".join(f"{getattr(summary, name)} {name}" for name in ("skipped", "rejected", "flagged"))
    if summary.failed_before:
        before = f"{summary.failed_before} skipped that failed before"
        rest = f"{rest}; {before} (ducha check names them, --force tries again)"
    tell(f"{done}; {rest}; {summary.seconds:.1f} s")
