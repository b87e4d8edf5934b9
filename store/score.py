"""Stored records against labelled ones, field by field."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from schema.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FIELDS: Final = ("content", "source", "progress", "problems")
META: Final = ("title", "agency", "report_year", "published_on", "info_source")

Fold = Callable[[str], str]
Labels = dict[str, Any]


@dataclass(slots=True)
class Score:
    """One labelled document: tasks labelled and stored, fields that agree of those labelled, differences."""

    file_name: str
    stored: bool = False
    labelled: int = 0
    found: int = 0
    exact: int = 0
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)


def score(connection: DuckDBPyConnection, gold: dict[str, Labels], simplify: Fold = str) -> list[Score]:
    """Scores every labelled document; those that are not stored count as all wrong.

    Values are compared after NFKC, ``simplify`` and without white space; tasks are paired by
    their number, and by their order where numbers are missing or stand twice. Raises UsageError
    for labels of another shape.
    """
    try:
        return [_score(connection, name, labels, simplify) for name, labels in sorted(gold.items())]
    except (KeyError, TypeError, AttributeError):
        raise UsageError('labels look like {file name: {"meta": {…}, "tasks": [{"seq": …, …}]}}') from None


def folded(value: Any, simplify: Fold = str) -> str:
    """A value as it is compared.

    >>> folded("建成 ３ 个\\n平台")
    '建成3个平台'
    """
    text = unicodedata.normalize("NFKC", simplify("" if value is None else str(value)))
    return "".join(text.split())


def _score(connection: DuckDBPyConnection, name: str, labels: Labels, simplify: Fold) -> Score:
    tasks = labels["tasks"]
    result = Score(name, labelled=len(tasks))
    documents = connection.execute(
        f"SELECT doc_id, {', '.join(META)} FROM documents WHERE file_name = ?"
        " ORDER BY ingested_at DESC, doc_id",
        [name],
    ).fetchall()
    if not documents:
        result.differences.append("not stored")
        result.fields = {key: (0, len(tasks)) for key in FIELDS if any(key in task for task in tasks)}
        return result
    result.stored = True
    stored = _tasks(connection, documents[0][0])
    result.found = len(stored)
    _compare_meta(result, labels.get("meta", {}), dict(zip(META, documents[0][1:], strict=True)), simplify)
    _compare_tasks(result, tasks, stored, simplify)
    return result


def _tasks(connection: DuckDBPyConnection, doc_id: str) -> list[Labels]:
    names = ("seq", *FIELDS)
    sql = f"SELECT {', '.join(names)} FROM tasks WHERE doc_id = ? AND kind = 'task' ORDER BY ordinal"
    return [dict(zip(names, row, strict=True)) for row in connection.execute(sql, [doc_id]).fetchall()]


def _compare_meta(result: Score, labelled: Labels, stored: Labels, simplify: Fold) -> None:
    for key in META:
        if key in labelled:
            same = folded(labelled[key], simplify) == folded(stored[key], simplify)
            _note(result, f"meta.{key}", same, f"{key}: {labelled[key]!r} ≠ {stored[key]!r}")


def _compare_tasks(result: Score, labelled: list[Labels], stored: list[Labels], simplify: Fold) -> None:
    pairs = _paired(labelled, stored)
    for label, task in pairs:
        wrong = 0
        for key in FIELDS:
            if key in label:
                same = task is not None and folded(label[key], simplify) == folded(task[key], simplify)
                _note(result, key, same, f"task {label.get('seq')}: {key} differs")
                wrong += not same
        result.exact += not wrong and task is not None
    extra = result.found - sum(task is not None for _, task in pairs)
    if extra > 0:
        result.differences.append(f"{extra} tasks that the labels do not have")


def _paired(labelled: list[Labels], stored: list[Labels]) -> list[tuple[Labels, Labels | None]]:
    by_number = {str(task["seq"]): task for task in stored}
    numbers = [str(label.get("seq")) for label in labelled]
    if len(by_number) == len(stored) and len(set(numbers)) == len(numbers) and set(numbers) & set(by_number):
        return [(label, by_number.get(number)) for label, number in zip(labelled, numbers, strict=True)]
    filled = [*stored, *[None] * len(labelled)]
    return [(label, filled[at]) for at, label in enumerate(labelled)]


def _note(result: Score, key: str, same: bool, difference: str) -> None:
    right, total = result.fields.get(key, (0, 0))
    result.fields[key] = (right + same, total + 1)
    if not same:
        result.differences.append(difference)
