"""Labels as people write them, whole fields or beginnings, brought into one form.

Two shapes are read. Whole fields: ``{"meta": {"title": …}, "tasks": [{"seq": …, "content": …}]}``.
Beginnings: ``{"title": …, "publish_date": …, "tasks": [{"content_prefix": …, "lead_units": […]}]}``.
``X_accept`` lists more values that are right for ``X``; ``tasks_scope`` says that only a part of the
tasks is labelled.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from schema.errors import UsageError

FIELDS: Final = ("content", "source", "progress", "problems", "next_steps", "deadline", "dimension")
# Columns of documents, and the other names that labels have for them.
META: Final = {
    "title": ("title",),
    "agency": ("agency",),
    "report_year": ("report_year",),
    "published_on": ("published_on", "publish_date"),
    "info_source": ("info_source",),
    "doc_no": ("doc_no", "document_number"),
    "index_no": ("index_no", "index_number"),
}

Labels = dict[str, Any]
Fold = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A labelled value, folded: the whole of a field or how it begins."""

    text: str
    whole: bool

    def agrees(self, value: str) -> bool:
        return value == self.text if self.whole else value.startswith(self.text)


@dataclass(frozen=True, slots=True)
class KnownTask:
    """A labelled task; None for units that are not labelled."""

    name: str
    number: str
    fields: dict[str, Wanted]
    units: frozenset[str] | None
    lead_units: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Known:
    """A labelled document: every value that is right for a column ("" for none), its tasks."""

    name: str
    meta: dict[str, tuple[str, ...]]
    tasks: tuple[KnownTask, ...]
    scoped: bool


def folding(simplify: Callable[[str], str]) -> Fold:
    """How values are compared: NFKC, no white space, traditional characters as simplified ones.

    >>> folding(str)("建成 ３ 个\\n平台")
    '建成3个平台'
    """

    def fold(value: Any) -> str:
        text = unicodedata.normalize("NFKC", "" if value is None else str(value))
        return simplify("".join(text.split()))

    return fold


def read(path: Path) -> dict[str, Labels]:
    """Labels by file name or stem, from one JSON file or a folder of them.

    Raises UsageError when nothing there can be read as labels.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"{path} holds no .json files")
    found: dict[str, Labels] = {}
    for file in files:
        labels = _object(file)
        found |= {file.stem: labels} if isinstance(labels.get("tasks"), list) else labels
    return found


def known(name: str, labels: Labels, fold: Fold) -> Known:
    """One document's labels in the common form.

    Raises UsageError for labels of another shape.
    """
    try:
        numbers = Counter(str(task.get("seq")) for task in labels["tasks"])
        tasks = [_task(at, task, numbers, fold) for at, task in enumerate(labels["tasks"], 1)]
        return Known(name, _meta(labels, fold), tuple(tasks), bool(labels.get("tasks_scope")))
    except (KeyError, TypeError, AttributeError):
        shape = '{file name: {"meta": {…}, "tasks": [{"seq": …, …}]}}'
        raise UsageError(f"labels look like {shape}, those of {name} don't") from None


def _object(file: Path) -> Labels:
    try:
        labels = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{file} can't be read: {error}") from None
    if not isinstance(labels, dict):
        raise UsageError(f"{file} holds no object of labels by file name")
    return labels


def _meta(labels: Labels, fold: Fold) -> dict[str, tuple[str, ...]]:
    given = labels.get("meta", labels)
    found = {}
    for column, names in META.items():
        for name in names:
            if name in given:
                values = [given[name], *given.get(f"{name}_accept", [])]
                found[column] = tuple(dict.fromkeys(fold(value) for value in values))
    return found


def _task(at: int, task: Labels, numbers: Counter[str], fold: Fold) -> KnownTask:
    fields: dict[str, Wanted] = {key: Wanted(fold(task[key]), True) for key in FIELDS if key in task}
    for key in FIELDS:
        if task.get(f"{key}_prefix") is not None:
            fields[key] = Wanted(fold(task[f"{key}_prefix"]), False)
    number = task.get("seq")
    name = f"task {number}" if number is not None and numbers[str(number)] == 1 else f"task #{at}"
    leads, others = task.get("lead_units"), task.get("units")
    everyone = None if others is None else _names([*others, *(leads or [])], fold)
    # An empty list of leads says something only where the task's units are told at all.
    told = bool(leads or others)
    return KnownTask(name, fold(number), fields, everyone, _names(leads or [], fold) if told else None)


def _names(units: list[str], fold: Fold) -> frozenset[str]:
    return frozenset(fold(unit) for unit in units)
