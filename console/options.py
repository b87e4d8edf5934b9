"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from os import cpu_count
from pathlib import Path
from typing import Annotated

import typer


class Output(StrEnum):
    """For people or for programs."""

    TEXT = "text"
    JSON = "json"


class Engine(StrEnum):
    """Where documents are read."""

    LOCAL = "local"
    DASK = "dask"


def default_jobs() -> int:
    return min(cpu_count() or 1, 8)


Database = Annotated[
    Path,
    typer.Option("--db", envvar="DUCHA_DB", metavar="FILE", help="The database file."),
]
DATABASE = Path("ducha.duckdb")

Jobs = Annotated[
    int,
    typer.Option("--jobs", "-j", min=0, help="Worker processes; 0 works in this process, without limits."),
]
Engines = Annotated[
    Engine, typer.Option("--engine", help="local: processes of this machine; dask: a Dask cluster.")
]
Cluster = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Dask: the scheduler. Without: --jobs workers here.")
]
Staging = Annotated[
    str | None, typer.Option(metavar="PATH", help="Dask: a folder or URL that all workers reach.")
]
Rules = Annotated[
    list[str] | None,
    typer.Option("--rules", metavar="FILE", help="A layout file (TOML) to add to the rules; again for more."),
]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for another writer instead of giving up.")]
OutputFormat = Annotated[Output, typer.Option("--format", help="text for people, json for programs.")]
Year = Annotated[int | None, typer.Option("--year", help="Only reports of this year.")]
Agency = Annotated[str | None, typer.Option("--agency", help="Only agencies whose name holds this.")]
