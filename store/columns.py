"""The columns of a stored table as an export shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OMITTED: Final = ("run_id", "ingested_at", "seen_at", "replaces")
"""What tells of runs rather than of reports."""


def columns_of(connection: DuckDBPyConnection, table: str) -> list[tuple[str, str, str]]:
    """The exported columns of a table: name, DuckDB type, description."""
    sql = (
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns()"
        " WHERE table_name = ? ORDER BY column_index"
    )
    rows = connection.execute(sql, [table]).fetchall()
    return [(name, kind, said) for name, kind, said in rows if name not in OMITTED]
