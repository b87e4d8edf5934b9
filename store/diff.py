"""What newer rules make of a document: its tasks gained, lost and changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from store.rows import CHILDREN, COLUMNS, INTERNAL, DocumentRows, Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COMPARED: Final = tuple(name for name in COLUMNS if name not in INTERNAL)
_FIELDS: Final = tuple(name for name in COLUMNS["tasks"] if name not in ("task_id", "doc_id"))

Stored = dict[str, dict[str, list[Row]]]
"""doc_id → table → rows."""


@dataclass(frozen=True, slots=True)
class Change:
    """One task that is ``gained``, ``lost`` or ``changed``; fields as (before, after)."""

    kind: str
    doc_id: str
    file_name: str
    task_id: str
    title: str
    fields: dict[str, tuple[Any, Any]]


def compare(
    connection: DuckDBPyConnection, documents: Sequence[DocumentRows]
) -> tuple[list[Change], list[DocumentRows]]:
    """What changes from the stored rows of these documents to the given ones.

    Gives the tasks gained, lost and changed in document order, and the documents of which any row differs.
    """
    stored = _stored(connection, [document.doc_id for document in documents])
    found = [change for document in documents for change in _of(document, stored[document.doc_id])]
    return found, [document for document in documents if not _same(document, stored[document.doc_id])]


def _same(document: DocumentRows, stored: dict[str, list[Row]]) -> bool:
    return all(
        _ordered(document.tables.get(name, ())) == _ordered(stored.get(name, ())) for name in _COMPARED
    )


def _of(document: DocumentRows, stored: dict[str, list[Row]]) -> Iterator[Change]:
    before, after = _by_task(stored), _by_task(document.tables)
    name = document.tables["documents"][0][COLUMNS["documents"].index("file_name")]
    for task_id in [*after, *(lost for lost in before if lost not in after)]:
        old, new = before.get(task_id), after.get(task_id)
        kind = "gained" if old is None else "lost" if new is None else "changed"
        fields = _fields(old, new) if old and new else {}
        title = (new or old or {})["title"]
        if kind != "changed" or fields:
            yield Change(kind, document.doc_id, name, task_id, title, fields)


def _fields(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}


def _by_task(tables: dict[str, list[Row]]) -> dict[str, dict[str, Any]]:
    """task_id → its fields, child rows as lists under the names of Task's attributes."""
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(tables.get("tasks", ()), key=lambda row: int(row[2])):
        values = dict(zip(COLUMNS["tasks"], row, strict=True))
        found[values["task_id"]] = {name: values[name] for name in _FIELDS}
    for table, attribute in CHILDREN.items():
        rows = defaultdict(list)
        for row in sorted(tables.get(table, ()), key=lambda row: int(row[2])):
            rows[row[1]].append(list(row[3:]))
        for task_id, task in found.items():
            task[attribute] = rows[task_id]
    return found


def _stored(connection: DuckDBPyConnection, doc_ids: list[str]) -> Stored:
    found: Stored = {doc_id: defaultdict(list) for doc_id in doc_ids}
    for name in _COMPARED:
        at = COLUMNS[name].index("doc_id")
        rows = connection.execute(
            f"SELECT {', '.join(COLUMNS[name])} FROM {name} WHERE doc_id IN (SELECT unnest(?))", [doc_ids]
        ).fetchall()
        for row in rows:
            found[row[at]][name].append(row)
    return found


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=repr)
