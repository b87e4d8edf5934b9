"""The labelled tasks of three real reports, to be set in other forms; nothing of them is kept here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIELDS = ("content", "source", "progress", "problems")
SEEDS = {"000": ("seq", "content", "source", "progress"), "002": ("content", "progress", "problems")}
SEEDS["003"] = ("seq", "content", "progress")
HEADERS = {
    "seq": "序号",
    "content": "任务内容",
    "source": "任务来源",
    "progress": "落实情况",
    "problems": "存在问题及原因",
}
MOST = 31  # tasks of a report: more only take time
Task = dict[str, str]


@dataclass(frozen=True)
class Facts:
    """One report: its tasks, and which of a table's columns it has."""

    title: str
    keys: tuple[str, ...]
    tasks: tuple[Task, ...]

    def header(self, words: dict[str, str] | None = None, keys: tuple[str, ...] = ()) -> list[str]:
        """The header words of the columns, other ones where ``words`` gives them."""
        return [(HEADERS | (words or {}))[key] for key in keys or self.keys]

    def rows(self, keys: tuple[str, ...] = (), joint: str = "") -> list[list[str]]:
        """The cells, a row a task; the lines inside a cell are joined."""
        return [[task[key].replace("\n", joint) for key in keys or self.keys] for task in self.tasks]


def facts_of(seed: str, shared: Path) -> Facts:
    labels = json.loads((shared / "gold" / "seeds.json").read_text(encoding="utf-8"))
    (known,) = (value for name, value in labels.items() if name.startswith(seed))
    return Facts(_title(known), SEEDS[seed], tuple(known["tasks"][:MOST]))


def _title(known: dict[str, Any]) -> str:
    year = known["meta"]["report_year"]
    return str(known["meta"].get("title", f"{year}年重点任务落实情况"))
