"""What ``reprocess`` prints: tasks gained, lost and changed."""

from __future__ import annotations

import json
from types import TracebackType
from typing import Any

from console.progress import telling
from console.render import as_json
from console.streams import put
from store.diff import Change
from store.plain import plain
from store.run import Summary

_SIGNS = {"gained": "+", "lost": "-", "changed": "~"}
_WIDEST = 70


class Changes:
    """Prints changes as they are found, or all of them as one JSON document at the end."""

    def __init__(self, as_document: bool) -> None:
        self._json = as_document
        self._kept: list[dict[str, Any]] = []
        self._telling = telling()

    def __enter__(self) -> Changes:
        self.notice: Any = self._telling.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._telling.__exit__(kind, error, trace)

    def change(self, change: Change) -> None:
        if self._json:
            self._kept.append(_record(change))
            return
        put(f"{_SIGNS[change.kind]} {change.file_name}  {change.task_id}  {change.title[:_WIDEST]}")
        for name, (before, after) in change.fields.items():
            put(f"    {name}: {_short(before)} → {_short(after)}")

    def end(self, summary: Summary) -> None:
        counts = summary.counts("reprocess")
        if self._json:
            put(as_json(counts | {"changes": self._kept}))
        else:
            put(f"{summary.gained} gained, {summary.lost} lost, {summary.changed} changed")


def _record(change: Change) -> dict[str, Any]:
    fields = {name: {"before": old, "after": new} for name, (old, new) in change.fields.items()}
    named = ("kind", "doc_id", "file_name", "task_id", "title")
    return {name: getattr(change, name) for name in named} | {"fields": fields}


def _short(value: Any) -> str:
    value = plain(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.replace("\n", "⏎")
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
