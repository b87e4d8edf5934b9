"""ducha: government performance reports in, task records in one DuckDB file out.

Each command parses its options, calls one function and prints; nothing heavy is imported before.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from console.options import DATABASE, Agency, Database, Jobs, Output, OutputFormat, Wait, Year, default_jobs
from console.streams import FAILED, prepare, put, statuses, tell


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


@app.command()
def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, globs; - for stdin.")],
    database: Database = DATABASE,
    jobs: Jobs = default_jobs(),
    force: Annotated[bool, typer.Option("--force", help="Read documents again that are stored.")] = False,
    report_year: Annotated[int | None, typer.Option(min=1949, max=2100, help="The year reported on.")] = None,
    agency: Annotated[str | None, typer.Option(help="The reporting agency.")] = None,
    form: OutputFormat = Output.TEXT,
    wait: Wait = False,
) -> None:
    """Store the reports at PATH….

    Example: ducha ingest reports/ 'more/*.html' --jobs 4
    """
    import pipeline
    from console.progress import telling, told
    from console.render import as_json
    from store.batch import Plan, peeked
    from store.batch import ingest as run
    from store.rows import Given

    given = Given(report_year, agency)
    plan = Plan(database, pipeline.process, pipeline.PARSER_VERSION, given, jobs, force, wait)
    sources = peeked(pipeline.documents(paths, sys.stdin.buffer), " ".join(paths))
    with telling() as teller:
        summary = run(plan, sources, teller)
    told(summary, database)
    if form is Output.JSON:
        put(as_json(summary.counts("ingest")))
    raise typer.Exit(FAILED if summary.failed else 0)


@app.command()
def fetch(
    urls: Annotated[list[str] | None, typer.Argument(metavar="URL…", help="Reports, or lists.")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder of originals.")] = Path("fetched"),
    follow: Annotated[bool, typer.Option("--follow", help="URL… are lists: fetch their reports.")] = False,
    sitemap: Annotated[bool, typer.Option("--sitemap", help="URL… are sitemaps: fetch their pages.")] = False,
    source: Annotated[str | None, typer.Option("--from", metavar="FILE", help="URLs; - for stdin.")] = None,
    profile: Annotated[str | None, typer.Option(help="trs, jcms, generic or a .toml file.")] = None,
    title: Annotated[str | None, typer.Option(help="Only links whose words this pattern finds.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Reports fetched at most.")] = None,
    delay: Annotated[float, typer.Option(min=0, help="Seconds between two requests to a host.")] = 2.0,
    deadline: Annotated[float, typer.Option(min=0.1, help="Seconds for one response.")] = 60.0,
    contact: Annotated[
        str | None, typer.Option(envvar="DUCHA_CONTACT", help="Whom sites may write to; sent to them.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Connect to private addresses too.")
    ] = False,
    form: OutputFormat = Output.TEXT,
) -> None:
    """Download report pages politely into a folder that ingest reads. Again: only what changed.

    Example: ducha fetch https://www.example.gov.cn/ducha/ --follow --title 落实情况 --out reports
    """
    from console.fetch import contact_or_user, counts, telling, told, wanted
    from console.render import as_json
    from ingest.fetch.plan import Plan
    from ingest.fetch.run import fetch as run

    plan = Plan(
        urls=wanted(urls or (), source), out=str(out), follow=follow, sitemap=sitemap, profile=profile,
        title=title, limit=limit, delay=delay, deadline=deadline, allow_private=allow_private,
        contact=contact_or_user(contact),
    )  # fmt: skip
    with telling() as teller:
        summary = run(plan, teller)
    told(summary, out)
    if form is Output.JSON:
        put(as_json(counts(summary)))
    raise typer.Exit(FAILED if summary.bad or not summary.finished else 0)


@app.command()
def reprocess(
    database: Database = DATABASE,
    jobs: Jobs = default_jobs(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would change.")] = False,
    form: OutputFormat = Output.TEXT,
    wait: Wait = False,
) -> None:
    """Extract the stored originals again with the rules in force; prints task by task what changes.

    Example: ducha reprocess --dry-run
    """
    import pipeline
    from console.progress import told
    from console.reprocess import Changes
    from store.batch import Plan
    from store.batch import reprocess as run

    plan = Plan(database, pipeline.process, pipeline.PARSER_VERSION, jobs=jobs, wait=wait)
    with Changes(form is Output.JSON) as changes:
        summary = run(plan, changes.notice, changes.change, dry_run)
        changes.end(summary)
    told(summary, database)
    raise typer.Exit(FAILED if summary.failed else 0)


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
def verify(
    database: Database = DATABASE, jobs: Jobs = default_jobs(), form: OutputFormat = Output.TEXT
) -> None:
    """Read the stored originals again and prove that every field is what its span says.

    Example: ducha verify --format json
    """
    from console.audit import verified

    raise typer.Exit(0 if verified(database, jobs, form is Output.JSON) else FAILED)


@app.command()
def check(database: Database = DATABASE, form: OutputFormat = Output.TEXT) -> None:
    """List contradictions in the reports' numbers, what was flagged, and text no record accounts for.

    Example: ducha check
    """
    from console.audit import checked

    checked(database, form is Output.JSON)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A report; - for stdin.")],
    form: OutputFormat = Output.TEXT,
) -> None:
    """Print which rule took which line of a report, and what nothing took. Stores nothing.

    Example: ducha explain report.html
    """
    from console.explain import explained

    for line in explained(file, form is Output.JSON):
        put(line)


@app.command()
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


@app.command(name="eval")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.json", help="Labelled records by file name.")],
    database: Database = DATABASE,
    form: OutputFormat = Output.TEXT,
) -> None:
    """Score the stored records against labelled ones.

    Example: ducha eval gold.json
    """
    from console.audit import scored

    scored(database, gold, form is Output.JSON)


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
