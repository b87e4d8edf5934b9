"""The description beside exported CSV files that makes them a Frictionless data package."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from store.columns import columns_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TYPES: Final = {
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "JSON": "object",
    "VARCHAR[]": "array",
}

_KEYS: Final[dict[str, list[str]]] = {
    "documents": ["doc_id"],
    "tasks": ["doc_id", "task_id"],
    **{
        name: ["doc_id", "task_id", "ordinal"]
        for name in ("task_sources", "task_steps", "task_units", "metrics", "mentions", "targets")
    },
}


def describe(connection: DuckDBPyConnection, folder: Path, data: list[Path], raw: bool) -> Path:
    """Writes ``datapackage.json`` for the CSV files: columns, types, descriptions, keys, hashes."""
    said = "" if raw else " Text that a spreadsheet would run as a formula has an apostrophe in front."
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "ducha",
        "title": "Task records from government performance reports",
        "description": "Every table as CSV in UTF-8 with a byte order mark." + said,
        "resources": [_resource(connection, path) for path in data],
    }
    path = folder / "datapackage.json"
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")
    os.replace(part, path)
    return path


def _resource(connection: DuckDBPyConnection, path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {
        "name": path.stem,
        "type": "table",
        "path": path.name,
        "description": _said(connection, path.stem),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "schema": _schema(connection, path.stem),
    }


def _schema(connection: DuckDBPyConnection, table: str) -> dict[str, Any]:
    fields = [
        {"name": name, "type": _TYPES.get(kind, "string"), "description": said}
        for name, kind, said in columns_of(connection, table)
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    names = {field["name"] for field in fields}
    if table in _KEYS:
        schema["primaryKey"] = _KEYS[table]
    if "doc_id" in names and table != "documents":
        schema["foreignKeys"] = [{"fields": ["doc_id"], "reference": _to("documents", ["doc_id"])}]
    return schema


def _to(table: str, fields: list[str]) -> dict[str, Any]:
    return {"resource": table, "fields": fields}


def _said(connection: DuckDBPyConnection, table: str) -> str:
    sql = "SELECT coalesce(comment, '') FROM duckdb_tables() WHERE table_name = ?"
    ((said,),) = connection.execute(sql, [table]).fetchall()
    return str(said)
