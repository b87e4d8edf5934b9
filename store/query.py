"""SQL from anyone: read only, no files, no network, no settings, within time and rows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schema.errors import UsageError
from store.database import OFFLINE, Settings, reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SANDBOX: Final[Settings] = {
    **OFFLINE,
    "enable_external_access": "false",
    "memory_limit": "1GB",
    "max_temp_directory_size": "0B",
    "threads": "2",
    "lock_configuration": "true",
}

# SHOW, DESCRIBE, SUMMARIZE, VALUES and FROM are SELECT to DuckDB; PRAGMA and CALL change settings.
_ALLOWED: Final = frozenset({"SELECT", "EXPLAIN"})
_BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query in batches, with their columns' names and DuckDB types."""

    columns: list[str]
    types: list[str]
    batches: Iterator[list[tuple[Any, ...]]]


class QueryError(UsageError):
    """SQL that can't be answered; the message marks the line."""


@contextmanager
def answering(path: Path, sql: str, timeout: float = 10.0) -> Iterator[Answer]:
    """Runs one statement that reads; the connection is open while the rows are taken.

    Raises QueryError for anything else than one reading statement, for SQL errors, and after
    ``timeout`` seconds.
    """
    with reading(path, SANDBOX) as connection, _within(connection, timeout):
        _refuse_others(connection, sql)
        connection.execute(sql)
        described = connection.description or []
        types = [str(column[1]) for column in described]
        yield Answer([str(column[0]) for column in described], types, _batches(connection))


def limited(batches: Iterator[list[tuple[Any, ...]]], limit: int) -> Iterator[list[tuple[Any, ...]]]:
    """The first ``limit`` rows (0: all), and one more empty batch if there were others.

    >>> [*limited(iter([[(1,), (2,)], [(3,)]]), 2)]
    [[(1,), (2,)], []]
    """
    left = limit
    for batch in batches:
        if limit and not left:
            yield []
            return
        yield batch[:left] if limit else batch
        if limit and len(batch) > left:
            yield []
            return
        left -= len(batch) if limit else 0


def _batches(connection: DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    while batch := connection.fetchmany(_BATCH):
        yield batch


def _refuse_others(connection: DuckDBPyConnection, sql: str) -> None:
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise QueryError(f"one statement at a time, please: these are {len(statements)}")
    kind = str(statements[0].type).rsplit(".", 1)[-1]
    if kind not in _ALLOWED:
        raise QueryError(f"{kind} is not allowed: `query` only reads")


@contextmanager
def _within(connection: DuckDBPyConnection, timeout: float) -> Iterator[None]:
    """Interrupts the connection after ``timeout`` seconds; DuckDB's errors become QueryError."""
    import duckdb

    timer = threading.Timer(timeout, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException:
        raise QueryError(f"not done after {timeout:g} s: narrow the query, or give --timeout") from None
    except duckdb.Error as error:
        raise QueryError(str(error).strip()) from None
    finally:
        timer.cancel()
