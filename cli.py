"""ducha: government performance reports in, task records in one DuckDB file out.

The commands are in console/commands; nothing heavy is imported before one of them runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from console.commands import answers, intake, proofs
from console.streams import prepare, statuses, tell


class _Commands(TyperGroup):
    """All commands end with the statuses of the contract."""

    def invoke(self, ctx: Any) -> Any:
        with statuses():
            return super().invoke(ctx)


app = typer.Typer(
    name="ducha",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Turns Chinese government performance reports into task records in one DuckDB file.\n\n"
        "Example: ducha ingest reports/ && ducha query 'SELECT * FROM task_records'\n\n"
        "Exit status: 0 all well; 1 a document was rejected or failed; 2 wrong usage or no such file; "
        "3 the database can't be used."
    ),
)

app.command()(intake.ingest)
app.command()(intake.fetch)
app.command()(intake.reprocess)
app.command()(answers.query)
app.command()(answers.search)
app.command()(answers.show)
app.command()(answers.export)
app.command()(proofs.verify)
app.command()(proofs.check)
app.command()(proofs.explain)
app.command()(proofs.schema)
app.command(name="eval")(proofs.evaluate)


def main() -> None:
    """The entry point of ``ducha`` and ``python cli.py``."""
    prepare()
    _refuse_shadows()
    app(prog_name="ducha")


def _refuse_shadows() -> None:
    """Another distribution's ``schema`` or ``store`` in front of ours would fail in odd ways."""
    import schema as ours

    if Path(ours.__file__ or "").parent.parent != Path(__file__).parent:
        tell(f"ducha: another package named schema is in the way ({ours.__file__}):")
        tell("ducha: install ducha into an environment of its own")
        raise SystemExit(2)


if __name__ == "__main__":
    main()
