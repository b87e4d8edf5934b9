"""One task or document with its evidence in the text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from schema.errors import UsageError
from store.rows import CHILDREN, COLUMNS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Found = dict[str, Any]
_CONTEXT: Final = 24
_ADDRESSES: Final = "SELECT source_uri, url, fetched_at, attached_to, run_id FROM addresses"
_ID: Final = re.compile(r"[0-9a-f]{1,16}")


def show(connection: DuckDBPyConnection, name: str) -> Found:
    """A task (by its id or the start of it) or a document, as nested plain values.

    ``evidence`` lists every stored place with the words that stand there and those around it, and the
    ``part`` of the original (a page, a cell) that it begins in, where the original has such.
    A task that stands in several documents (copies, reissues) is shown in each. Raises
    UsageError when nothing or more than one thing is meant.
    """
    if not _ID.fullmatch(name):
        raise UsageError(f"{name!r} is no id: ids are hexadecimal")
    tasks = _ids(connection, "tasks", "task_id", name)
    documents = _ids(connection, "documents", "doc_id", name)
    if name in documents:
        return document(connection, name)
    if name in tasks:
        tasks, documents = [name], []
    if len(tasks) + len(documents) > 1:
        listed = ", ".join((tasks + documents)[:5])
        raise UsageError(f"{name} is the start of several ids: {listed}, …")
    if documents:
        return document(connection, documents[0])
    if not tasks:
        raise UsageError(f"no task or document has the id {name}")
    return task(connection, tasks[0])


def document(connection: DuckDBPyConnection, doc_id: str) -> Found:
    """A document's own fields, its addresses, issues and tasks in short."""
    (found,) = _records(connection, "SELECT * EXCLUDE (text) FROM documents WHERE doc_id = ?", [doc_id])
    where = "WHERE doc_id = ? ORDER BY ALL"
    found["addresses"] = _records(connection, f"{_ADDRESSES} {where}", [doc_id])
    found["issues"] = _records(connection, f"SELECT * EXCLUDE (doc_id) FROM issues {where}", [doc_id])
    found["checks"] = _records(connection, f"SELECT * EXCLUDE (doc_id) FROM checks {where}", [doc_id])
    found["evidence"] = _evidence(connection, doc_id, None)
    short = "SELECT ordinal, task_id, kind, label, title, status FROM tasks WHERE doc_id = ? ORDER BY ordinal"
    found["tasks"] = _records(connection, short, [doc_id])
    return {"document": found}


def task(connection: DuckDBPyConnection, task_id: str) -> Found:
    """A task in every document that holds it, with its parts and evidence."""
    sql = "SELECT * FROM task_records WHERE task_id = ? ORDER BY published_on, doc_id"
    found = _records(connection, sql, [task_id])
    for one in found:
        one["extra"] = json.loads(one["extra"])
        for table, attribute in CHILDREN.items():
            columns = ", ".join(COLUMNS[table][2:])
            sql = f"SELECT {columns} FROM {table} WHERE doc_id = ? AND task_id = ? ORDER BY ordinal"
            one["task_sources" if attribute == "sources" else attribute] = _records(
                connection, sql, [one["doc_id"], task_id]
            )
        one["evidence"] = _evidence(connection, one["doc_id"], task_id)
    return {"tasks": found}


def _evidence(connection: DuckDBPyConnection, doc_id: str, task_id: str | None) -> list[Found]:
    """Places with the words there, and ``before`` and ``after`` for the reader."""
    ((text,),) = connection.execute("SELECT text FROM documents WHERE doc_id = ?", [doc_id]).fetchall()
    sql = (
        "SELECT field, ordinal, text_start, text_end, source_start, source_end, part FROM v_evidence"
        " WHERE doc_id = ? AND task_id IS NOT DISTINCT FROM ? ORDER BY text_start, text_end, field"
    )
    places = _records(connection, sql, [doc_id, task_id])
    for place in places:
        start, end = place["text_start"], place["text_end"]
        place["before"] = text[max(0, start - _CONTEXT) : start]
        place["words"] = text[start:end]
        place["after"] = text[end : end + _CONTEXT]
    return places


def _ids(connection: DuckDBPyConnection, table: str, column: str, start: str) -> list[str]:
    sql = f"SELECT DISTINCT {column} FROM {table} WHERE starts_with({column}, ?) ORDER BY 1 LIMIT 6"
    return [name for (name,) in connection.execute(sql, [start]).fetchall()]


def _records(connection: DuckDBPyConnection, sql: str, values: list[Any]) -> list[Found]:
    connection.execute(sql, values)
    names = [column[0] for column in connection.description or []]
    return [dict(zip(names, row, strict=True)) for row in connection.fetchall()]
