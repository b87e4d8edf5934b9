"""Rows as a table for people, csv, json, jsonl or markdown."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from itertools import islice
from typing import Any, Final, TextIO

from store.plain import plain

Row = Sequence[Any]
_WIDEST: Final = 60
_MEASURED: Final = 500  # rows looked at for the widths of a table


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"


def render(form: Format, columns: Sequence[str], rows: Iterable[Row], out: TextIO | None = None) -> None:
    """Prints rows to standard output (or ``out``)."""
    _RENDERERS[form](columns, rows, out or sys.stdout)


def as_json(value: Any) -> str:
    """One JSON document, Chinese as it is."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def _table(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    """Aligned columns; Chinese characters count two; long cells are cut, the rest of formats cut none."""
    from rich.cells import cell_len

    stream = iter(rows)
    first = [[_cell(value) for value in row] for row in islice(stream, _MEASURED)]
    widths = [
        min(_WIDEST, max(cell_len(text) for text in (name, *(row[at] for row in first))))
        for at, name in enumerate(columns)
    ]
    out.write(_line(columns, widths))
    out.write("  ".join("─" * width for width in widths).rstrip() + "\n")
    for cells in first:
        out.write(_line(cells, widths))
    for row in stream:
        out.write(_line([_cell(value) for value in row], widths))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    from rich.cells import cell_len, set_cell_size

    shown = (
        set_cell_size(cell if cell_len(cell) <= width else set_cell_size(cell, width - 1) + "…", width)
        for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(shown).rstrip() + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = _text(value).replace("\n", "⏎")
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _text(value: Any) -> str:
    value = plain(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _csv(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if value is None else _text(value) for value in row])


def _json(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    """One array, a record a line."""
    separator = "[\n"
    for row in rows:
        out.write(separator + _record(columns, row))
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")


def _jsonl(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    for row in rows:
        out.write(_record(columns, row) + "\n")


def _record(columns: Sequence[str], row: Row) -> str:
    values = dict(zip(columns, (plain(value) for value in row), strict=True))
    return json.dumps(values, ensure_ascii=False)


def _markdown(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    out.write("| " + " | ".join(_escaped(name) for name in columns) + " |\n")
    out.write("|" + " --- |" * len(columns) + "\n")
    for row in rows:
        cells = ("" if value is None else _escaped(_text(value)) for value in row)
        out.write("| " + " | ".join(cells) + " |\n")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")


_RENDERERS: Final[dict[Format, Callable[[Sequence[str], Iterable[Row], TextIO], None]]] = {
    Format.TABLE: _table,
    Format.CSV: _csv,
    Format.JSON: _json,
    Format.JSONL: _jsonl,
    Format.MARKDOWN: _markdown,
}
