"""Storing documents: in bulk, each whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from store.parts import arrow
from store.reissues import mark_reissues
from store.rows import BY_KEY, COLUMNS, Address, DocumentRows, Row, Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from duckdb import DuckDBPyConnection

_STAGED: Final = "staged_rows"
_APPEND: Final = "INSERT INTO {} BY NAME SELECT * FROM staged_rows"

# What a run adds to a document's own columns.
_DOCUMENTS: Final = """
INSERT INTO documents BY NAME
SELECT *, $run_id AS run_id, $now::TIMESTAMP AS ingested_at FROM staged_rows
"""

# The document that stood at an address before; standard input is no address.
_ADDRESSES: Final = """
INSERT INTO addresses BY NAME
SELECT s.*, $run_id AS run_id, $now::TIMESTAMP AS seen_at, (
    SELECT max_by(a.doc_id, a.seen_at) FROM addresses a
    WHERE a.source_uri = s.source_uri AND s.source_uri <> '-'
) AS replaces
FROM (
    SELECT unnest($doc_id) AS doc_id, unnest($source_uri) AS source_uri, unnest($file_name) AS file_name,
           unnest($url)::VARCHAR AS url, unnest($fetched_at)::TIMESTAMP AS fetched_at,
           unnest($attached_to)::VARCHAR[] AS attached_to
) s
WHERE doc_id IN (SELECT doc_id FROM documents)
  AND NOT EXISTS (FROM addresses a WHERE a.doc_id = s.doc_id AND a.source_uri = s.source_uri)
"""

# A known file of which it is told now, or told anew, where it was fetched.
_TRACED: Final = """
UPDATE addresses SET url = s.url, fetched_at = s.fetched_at, attached_to = s.attached_to
FROM (
    SELECT unnest($doc_id) AS doc_id, unnest($source_uri) AS source_uri, unnest($url)::VARCHAR AS url,
           unnest($fetched_at)::TIMESTAMP AS fetched_at, unnest($attached_to)::VARCHAR[] AS attached_to
) s
WHERE addresses.doc_id = s.doc_id AND addresses.source_uri = s.source_uri AND s.url IS NOT NULL
  AND row(addresses.url, addresses.fetched_at, addresses.attached_to)
      IS DISTINCT FROM row(s.url, s.fetched_at, s.attached_to)
"""

# One document from several addresses: the first, whatever the order they came in.
_ORIGINS: Final = """
UPDATE originals SET fetched_from = a.url
FROM (SELECT doc_id, min(url) AS url FROM addresses GROUP BY doc_id) a
WHERE originals.doc_id = a.doc_id AND a.url IS NOT NULL AND originals.fetched_from IS DISTINCT FROM a.url
"""
_URLS: Final = """
UPDATE documents SET url = o.fetched_from FROM originals o
WHERE documents.doc_id = o.doc_id AND o.fetched_from IS NOT NULL
  AND documents.url IS DISTINCT FROM o.fetched_from
"""
# The page may state another address: there it stands, but it is not the field.
_PLACES: Final = """
DELETE FROM spans WHERE field = 'url' AND task_id IS NULL
  AND doc_id IN (SELECT doc_id FROM originals WHERE fetched_from IS NOT NULL)
"""

# One document under several names: the same row whatever the order they came in.
_FIRST_ADDRESS: Final = """
UPDATE documents SET source_uri = a.source_uri, file_name = a.file_name
FROM (SELECT doc_id, min(source_uri) AS source_uri, arg_min(file_name, source_uri) AS file_name
      FROM addresses GROUP BY doc_id) a
WHERE documents.doc_id = a.doc_id AND documents.source_uri <> a.source_uri
"""


def save(
    connection: DuckDBPyConnection, documents: Sequence[DocumentRows], run_id: str, now: dt.datetime
) -> None:
    """Stores documents in one transaction, replacing those that are there; all or none of them."""
    once = {document.doc_id: document for document in documents}
    tables: Tables = {}
    for document in once.values():
        for name, rows in document.tables.items():
            tables.setdefault(name, []).extend(rows)
    data = {name: arrow(_schema(connection, name, COLUMNS[name]), rows) for name, rows in tables.items()}
    load(connection, [*once], data, run_id, now)


def load(
    connection: DuckDBPyConnection,
    doc_ids: Sequence[str],
    tables: Mapping[str, pa.Table],
    run_id: str,
    now: dt.datetime,
) -> None:
    """Stores all rows of these documents, as ``save`` does, from tables in the columns of the database."""
    with transaction(connection):
        remove(connection, doc_ids)
        for name, rows in tables.items():
            with _staged(connection, rows):
                if name == "documents":
                    connection.execute(_DOCUMENTS, {"run_id": run_id, "now": now})
                else:
                    connection.execute(_APPEND.format(name))


def remove(connection: DuckDBPyConnection, doc_ids: Sequence[str]) -> None:
    """Takes documents with all their rows out (their addresses and runs stay)."""
    known = connection.execute(
        "SELECT doc_id FROM documents WHERE doc_id IN (SELECT unnest(?))", [list(doc_ids)]
    )
    stored = [doc_id for (doc_id,) in known.fetchall()]
    if not stored:
        return
    keys = [int(doc_id, 16) for doc_id in stored]
    for name in COLUMNS:
        column, values = ("doc_key", keys) if name in BY_KEY else ("doc_id", stored)
        connection.execute(f"DELETE FROM {name} WHERE {column} IN (SELECT unnest(?))", [values])


def insert(connection: DuckDBPyConnection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Appends rows of a table that tells of runs, values in the order of ``columns``."""
    if rows:
        # As lists: a run that stores no document does without Arrow, which takes longer to load than to use.
        values = ", ".join(f"unnest(?) AS {name}" for name in columns)
        given = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(f"INSERT INTO {table} BY NAME SELECT {values}", given)


def add_addresses(
    connection: DuckDBPyConnection, seen: Iterable[Address], run_id: str, now: dt.datetime
) -> int:
    """Keeps the addresses of stored documents that are new or newly told; returns how many."""
    once: dict[tuple[str, str], Address] = {}
    for one in sorted((Address(*one) for one in seen), key=lambda one: (one.url is None, repr(one))):
        once.setdefault((one.doc_id, one.source_uri), one)
    if not once:
        return 0
    rows = [once[key] for key in sorted(once)]
    named = dict(zip(Address._fields, map(list, zip(*rows, strict=True)), strict=True))
    with transaction(connection):
        known = {name: named[name] for name in named if name != "file_name"}
        told = connection.execute(_TRACED, known).fetchone() if any(named["url"]) else None
        kept = connection.execute(_ADDRESSES, {**named, "run_id": run_id, "now": now}).fetchone()
    return sum(int(found[0]) for found in (told, kept) if found)


def settle(connection: DuckDBPyConnection) -> None:
    """Gives documents their first addresses and the document they repeat or replace; before publishing."""
    with transaction(connection):
        for statement in (_FIRST_ADDRESS, _ORIGINS, _URLS, _PLACES):
            connection.execute(statement)
        mark_reissues(connection)


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    """Commits at the end, rolls back on any exception."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def _staged(connection: DuckDBPyConnection, rows: pa.Table) -> Iterator[None]:
    """Rows that SQL sees under one name."""
    connection.register(_STAGED, rows)
    try:
        yield
    finally:
        connection.unregister(_STAGED)


def _schema(connection: DuckDBPyConnection, table: str, columns: Sequence[str]) -> pa.Schema:
    """Arrow types as the table's columns have them."""
    relation = connection.sql(f"SELECT {', '.join(columns)} FROM {table} LIMIT 0")
    return relation.to_arrow_table().schema
