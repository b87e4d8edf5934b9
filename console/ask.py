"""Answers of ``query`` and ``search`` on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from console.render import Format, render
from console.streams import tell
from schema.errors import UsageError
from store.database import reading
from store.query import Answer, answering, limited
from store.search import Hit, Wanted, search


def format_of(name: str) -> Format:
    """Raises UsageError for a format that there is not."""
    try:
        return Format(name)
    except ValueError:
        raise UsageError(f"unknown format {name!r}: one of {', '.join(Format)}") from None


def statement(sql: str | None, file: Path | None) -> str:
    """The SQL from the argument, standard input (``-``) or a file."""
    if (sql is None) == (file is None):
        raise UsageError("give one statement: as an argument, - for standard input, or --file")
    if sql is not None:
        return sys.stdin.read() if sql == "-" else sql
    try:
        return Path(file or "").read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} can't be read: {error}") from None


def ask(database: Path, sql: str, form: str, limit: int, timeout: float) -> None:
    """Prints the answer; says on standard error when rows were left out."""
    wanted = format_of(form)
    with answering(database, sql, timeout) as answer:
        render(wanted, answer.columns, _counted(answer, limit))


def _counted(answer: Answer, limit: int) -> Iterator[tuple[Any, ...]]:
    for batch in limited(answer.batches, limit):
        if not batch:
            tell(f"only the first {limit} rows are shown; --limit 0 shows all")
        yield from batch


def find(database: Path, wanted: Wanted, form: str) -> None:
    """Prints the tasks found; says on standard error when there are none."""
    from extract.script import simplify

    chosen = format_of(form)
    with reading(database) as connection:
        hits = search(connection, wanted, simplify)
    render(chosen, [field.name for field in fields(Hit)], [astuple(hit) for hit in hits])
    if not hits:
        tell("nothing found")
