"""What gets records out: ``query``, ``search``, ``show``, ``export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.options import DATABASE, Agency, Database, Output, OutputFormat, Year
from console.streams import put


def query(
    sql: Annotated[str | None, typer.Argument(metavar="SQL", help="One statement; - reads stdin.")] = None,
    database: Database = DATABASE,
    form: Annotated[
        str, typer.Option("--format", help="table, csv, json, jsonl or markdown.", metavar="FORMAT")
    ] = "table",
    file: Annotated[Path | None, typer.Option("--file", "-f", help="Read the statement from a file.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="Rows printed at most; 0 for all.")] = 100_000,
    timeout: Annotated[float, typer.Option(min=0.01, help="Seconds it may take.")] = 10.0,
) -> None:
    """Ask the database in SQL: read only, no files, no network.

    Example: ducha query "SELECT status, count(*) FROM tasks GROUP BY 1" --format csv
    """
    from console.ask import ask, statement

    ask(database, statement(sql, file), form, limit, timeout)


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help='“…” or "…" for a phrase.')],
    database: Database = DATABASE,
    year: Year = None,
    agency: Agency = None,
    status: Annotated[str | None, typer.Option(help="Only tasks of this status.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Tasks printed at most.")] = 20,
    form: Annotated[
        str, typer.Option("--format", help="table, csv, json, jsonl or markdown.", metavar="FORMAT")
    ] = "table",
) -> None:
    """Find tasks by words, simplified or traditional, best first.

    Example: ducha search 集成电路 --year 2021
    """
    from console.ask import find
    from store.search import Wanted

    find(database, Wanted(" ".join(words), year, agency, status, limit), form)


def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="A task_id, the start of one, or a doc_id.")],
    database: Database = DATABASE,
    form: OutputFormat = Output.TEXT,
) -> None:
    """Show one task or document with its evidence in the original text.

    Example: ducha show 0f9b197b
    """
    from console.evidence import shown
    from console.render import as_json
    from store.database import reading
    from store.show import show as find

    with reading(database) as connection:
        found = find(connection, name.lower())
    put(as_json(found) if form is Output.JSON else shown(found))


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go.")],
    database: Database = DATABASE,
    form: Annotated[
        str, typer.Option("--format", help="parquet, csv, jsonl, xlsx or datapackage.", metavar="FORMAT")
    ] = "csv",
    raw: Annotated[bool, typer.Option("--raw", help="Leave text that starts like a formula alone.")] = False,
) -> None:
    """Write every table as a file. The same records give the same bytes.

    Example: ducha export out/ --format parquet
    """
    from store.database import reading
    from store.export import export as write

    with reading(database) as connection:
        for path in write(connection, folder, form, raw):
            put(str(path))
