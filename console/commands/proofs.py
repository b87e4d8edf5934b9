"""What tells how good the records are: ``verify``, ``check``, ``explain``, ``schema``, ``eval``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.options import DATABASE, Database, Jobs, Output, OutputFormat, Rules, default_jobs
from console.streams import FAILED, put


def verify(
    database: Database = DATABASE, jobs: Jobs = default_jobs(), form: OutputFormat = Output.TEXT
) -> None:
    """Read the stored originals again and prove that every field is what its span says.

    Example: ducha verify --format json
    """
    from console.audit import verified

    raise typer.Exit(0 if verified(database, jobs, form is Output.JSON) else FAILED)


def check(database: Database = DATABASE, form: OutputFormat = Output.TEXT) -> None:
    """List contradictions in the reports' numbers, what was flagged, and text no record accounts for.

    Example: ducha check
    """
    from console.audit import checked

    checked(database, form is Output.JSON)


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A report; - for stdin.")],
    form: OutputFormat = Output.TEXT,
    html: Annotated[bool, typer.Option("--html", help="The same in colour, as one HTML page.")] = False,
    rules: Rules = None,
) -> None:
    """Print which rule took which line of a report, and what nothing took. Stores nothing.

    Example: ducha explain report.html
    """
    from console.explain import explained

    for line in explained(file, form is Output.JSON, html, rules or ()):
        put(line)


def schema(
    ddl: Annotated[bool, typer.Option("--ddl", help="The SQL that makes the tables instead.")] = False,
) -> None:
    """Print the JSON Schema of a stored document with its tasks.

    Example: ducha schema | jq '.["$defs"].Task'
    """
    if ddl:
        from store.database import ddl as statements

        put(statements().rstrip())
    else:
        from console.render import as_json
        from schema.records import Extraction

        put(
            as_json(
                {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Extraction.model_json_schema()
            )
        )


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Labelled records: a JSON file, or a folder of them.")
    ],
    database: Database = DATABASE,
    against: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Accepted scores (what --format json printed, or TOML)."),
    ] = None,
    form: OutputFormat = Output.TEXT,
) -> None:
    """Score the stored records against labelled ones; ends with 1 when something accepted was lost.

    Example: ducha eval gold.json --against accepted.json
    """
    from console.audit import scored

    raise typer.Exit(0 if scored(database, gold, form is Output.JSON, against) else FAILED)
