"""The tables as files: the same rows give the same bytes, whenever and in whatever order they came."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from schema.errors import UsageError
from store.columns import columns_of
from store.datapackage import describe
from store.plain import plain
from store.rows import COLUMNS, INTERNAL

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMATS: Final = ("csv", "jsonl", "parquet", "xlsx", "datapackage")

# What tells of runs rather than of reports stays out, as do the originals and the search index.
EXPORTED: Final = (
    *(name for name in COLUMNS if name not in INTERNAL),
    "task_links",
    "addresses",
)

_BATCH: Final = 5000
_EPOCH: Final = dt.datetime(2000, 1, 1)
_XLSX_CELL: Final = 32_767  # characters that a cell of Excel can hold

# A cell that a spreadsheet would run: =1+1, +…, -…, @…, also full width, also behind white space.
_FORMULA: Final = re.compile(r"[\s\x00]*[=+\-@＝＋－＠\t\r]")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?%?")

Row = tuple[Any, ...]


def export(connection: DuckDBPyConnection, folder: Path, form: str, raw: bool = False) -> list[Path]:
    """Writes every table into ``folder`` and returns the files in order.

    In csv, xlsx and datapackage, text that a spreadsheet would run as a formula gets an apostrophe
    in front; ``raw`` leaves it as it is. Raises UsageError for an unknown format or a folder that
    can't be written.
    """
    if form not in FORMATS:
        raise UsageError(f"unknown format {form!r}: one of {', '.join(FORMATS)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _export(connection, folder, form, raw)
    except OSError as error:
        raise UsageError(f"{folder} can't be written: {error.strerror or error}") from None


def neutral(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula, made plain by an apostrophe; numbers stay.

    >>> neutral("=1+1"), neutral("－－建成3个"), neutral("-5.2%"), neutral("建成3个")
    ("'=1+1", "'－－建成3个", '-5.2%', '建成3个')
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value


def _export(connection: DuckDBPyConnection, folder: Path, form: str, raw: bool) -> list[Path]:
    if form == "xlsx":
        return [_whole(folder / "ducha.xlsx", lambda part: _xlsx(connection, part, raw))]
    if form == "datapackage":
        data = [_table(connection, folder, name, "csv", raw) for name in EXPORTED]
        return [*data, describe(connection, folder, data, raw)]
    return [_table(connection, folder, name, form, raw) for name in EXPORTED]


def _table(connection: DuckDBPyConnection, folder: Path, name: str, form: str, raw: bool) -> Path:
    path = folder / f"{name}.{form}"
    if form == "parquet":
        return _whole(path, lambda part: _parquet(connection, name, part))
    if form == "jsonl":
        return _whole(path, lambda part: _jsonl(connection, name, part))
    return _whole(path, lambda part: _csv(connection, name, part, raw))


def _whole(path: Path, write: Callable[[Path], None]) -> Path:
    """Writes beside and renames: no half file bears the name."""
    part = path.with_name(path.name + ".part")
    try:
        write(part)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _select(connection: DuckDBPyConnection, table: str) -> str:
    """All rows in an order that depends on nothing but themselves."""
    names = [name for name, _, _ in columns_of(connection, table)]
    first = [name for name in ("doc_id", "ordinal") if name in names and table != "spans"]
    order = ", ".join([*first, *(name for name in names if name not in first)])
    return f"SELECT {', '.join(names)} FROM {table} ORDER BY {order}"


def _rows(connection: DuckDBPyConnection, table: str) -> Iterator[Row]:
    result = connection.execute(_select(connection, table))
    while batch := result.fetchmany(_BATCH):
        yield from batch


def _csv(connection: DuckDBPyConnection, table: str, path: Path, raw: bool) -> None:
    """With a byte order mark, by which Excel knows UTF-8; lists and JSON as JSON."""
    names = [name for name, _, _ in columns_of(connection, table)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(names)
        for row in _rows(connection, table):
            writer.writerow([_cell(value, raw) for value in row])


def _cell(value: Any, raw: bool) -> Any:
    if isinstance(value, list):
        value = json.dumps(plain(value), ensure_ascii=False)
    elif isinstance(value, bool):
        value = str(value).lower()
    return value if raw else neutral(value)


def _jsonl(connection: DuckDBPyConnection, table: str, path: Path) -> None:
    described = columns_of(connection, table)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in _rows(connection, table):
            _write_line(file, [(name, kind) for name, kind, _ in described], row)


def _write_line(file: IO[str], described: list[tuple[str, str]], row: Row) -> None:
    record = {
        name: json.loads(value) if kind == "JSON" and value is not None else plain(value)
        for (name, kind), value in zip(described, row, strict=True)
    }
    file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _parquet(connection: DuckDBPyConnection, table: str, path: Path) -> None:
    import pyarrow.parquet as pq

    reader = connection.sql(_select(connection, table)).to_arrow_reader(_BATCH)
    with pq.ParquetWriter(path, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def _xlsx(connection: DuckDBPyConnection, path: Path, raw: bool) -> None:
    import xlsxwriter

    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), settings) as book:
        book.set_properties({"created": _EPOCH})
        for table in EXPORTED:
            sheet = book.add_worksheet(table)
            sheet.write_row(0, 0, [name for name, _, _ in columns_of(connection, table)])
            for at, row in enumerate(_rows(connection, table), 1):
                sheet.write_row(at, 0, [_short(_cell(plain(value), raw)) for value in row])


def _short(value: Any) -> Any:
    return value[:_XLSX_CELL] if isinstance(value, str) else value
