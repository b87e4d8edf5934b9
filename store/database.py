"""The DuckDB file: opening it for readers, migrating it for the writer, and its errors in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from schema.errors import DatabaseError, UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Older DuckDB clients (dashboards, notebooks) read the file too; 2.0 would write a format of its own.
STORAGE_VERSION: Final = "v1.3.0"

Settings = dict[str, str | bool | int | float | list[str]]

OFFLINE: Final[Settings] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}
"""No command downloads an extension or reads a variable of this program."""

_SQL: Final = Path(__file__).parent / "sql"

# "Conflicting lock is held in /usr/bin/python3.11 (PID 4711) by user …"
_HOLDER: Final = re.compile(r"\(PID (\d+)\)")


def migrations() -> list[tuple[int, str]]:
    """The numbered SQL files in order: (version, text)."""
    return [(int(file.name[:4]), file.read_text("utf-8")) for file in sorted(_SQL.glob("[0-9]*.sql"))]


def _newest() -> int:
    """The version of the schema that this program makes."""
    return max(int(file.name[:4]) for file in _SQL.glob("[0-9]*.sql"))


def ddl() -> str:
    """The statements that make an empty database, as ``schema --ddl`` prints them."""
    return "\n".join(text for _, text in migrations())


@contextmanager
def reading(path: Path, config: Settings = OFFLINE) -> Iterator[DuckDBPyConnection]:
    """A read-only connection to a published database.

    Raises UsageError when there is no such file, DatabaseError when it can't be used.
    """
    if not path.is_file():
        raise UsageError(f"no database at {path}: ingest something first, or name one with --db")
    connection = connect(path, read_only=True, config=config)
    try:
        _expect_current(connection, path)
        yield connection
    finally:
        connection.close()


def connect(
    path: Path,
    read_only: bool = False,
    config: Settings = OFFLINE,
) -> DuckDBPyConnection:
    """A connection, or DatabaseError in one line for whatever keeps the file from being used."""
    import duckdb

    settings = dict(config) if read_only else {**config, "storage_compatibility_version": STORAGE_VERSION}
    try:
        return duckdb.connect(str(path), read_only=read_only, config=settings)
    except duckdb.Error as error:
        raise DatabaseError(_reason(path, str(error))) from None


def version_of(connection: DuckDBPyConnection) -> int | None:
    """The schema version, 0 for a database without tables, None for one that is not ours."""
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if "meta" not in tables:
        return None if tables else 0
    try:
        rows = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchall()
    except Exception:  # another program's table of that name
        return None
    return int(rows[0][0]) if rows and str(rows[0][0]).isdigit() else None


def migrate(connection: DuckDBPyConnection, path: Path) -> bool:
    """Brings the schema up to date, each step whole; False when it was.

    Raises DatabaseError for a foreign or newer file.
    """
    version = version_of(connection)
    if version is None:
        raise DatabaseError(f"{path} is a DuckDB database, but not one of ducha; it is left as it is")
    _refuse_newer(version, path)
    for number, text in migrations() if version < _newest() else ():
        if number > version:
            connection.execute("BEGIN")
            connection.execute(text)
            connection.execute("DELETE FROM meta WHERE key = 'schema_version'")
            connection.execute("INSERT INTO meta VALUES ('schema_version', ?)", [str(number)])
            connection.execute("COMMIT")
    return version < _newest()


def _expect_current(connection: DuckDBPyConnection, path: Path) -> None:
    version = version_of(connection)
    if not version:
        raise DatabaseError(f"{path} is a DuckDB database, but not one of ducha")
    _refuse_newer(version, path)
    if version < _newest():
        raise DatabaseError(f"{path} has an older schema ({version}): `ducha ingest` brings it up to date")


def _refuse_newer(version: int, path: Path) -> None:
    known = _newest()
    if version > known:
        raise DatabaseError(f"{path} has schema {version}, this ducha knows {known}: install a newer ducha")


def _reason(path: Path, message: str) -> str:
    holder = _HOLDER.search(message)
    if "lock" in message and holder:
        return f"{path} is locked by process {holder.group(1)}"
    if "not a valid DuckDB database" in message or "Trying to read a database file" in message:
        first = message.splitlines()[0]
        return f"{path} is not a database that this DuckDB reads: {first}"
    return f"{path} can't be opened: {message.splitlines()[0]}"
