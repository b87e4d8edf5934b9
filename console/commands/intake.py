"""What puts reports into the database: ``ingest``, ``fetch``, ``reprocess``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from console.options import (
    DATABASE,
    Cluster,
    Database,
    Engine,
    Engines,
    Jobs,
    Output,
    OutputFormat,
    Rules,
    Staging,
    Wait,
    default_jobs,
)
from console.streams import FAILED, put


def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, globs; - for stdin.")],
    database: Database = DATABASE,
    jobs: Jobs = default_jobs(),
    force: Annotated[bool, typer.Option("--force", help="Read documents again that are stored.")] = False,
    report_year: Annotated[int | None, typer.Option(min=1949, max=2100, help="The year reported on.")] = None,
    agency: Annotated[str | None, typer.Option(help="The reporting agency.")] = None,
    rules: Rules = None,
    engine: Engines = Engine.LOCAL,
    cluster: Cluster = None,
    staging: Staging = None,
    form: OutputFormat = Output.TEXT,
    wait: Wait = False,
) -> None:
    """Store the reports at PATH….

    Example: ducha ingest reports/ 'more/*.html' --jobs 4
    """
    import pipeline
    from console.engine import chosen
    from console.progress import telling, told
    from console.render import as_json
    from store.batch import Plan, peeked
    from store.batch import ingest as run
    from store.rows import Given

    given = Given(report_year, agency)
    forms = pipeline.forms(rules or ())
    plan = Plan(
        database, pipeline.reader(forms), pipeline.version(forms), given, jobs, force, wait,
        cluster=chosen(engine, cluster, staging),
    )  # fmt: skip
    sources = peeked(pipeline.documents(paths, sys.stdin.buffer), " ".join(paths))
    with telling() as teller:
        summary = run(plan, sources, teller)
    told(summary, database)
    if form is Output.JSON:
        put(as_json(summary.counts("ingest")))
    raise typer.Exit(FAILED if summary.failed else 0)


def fetch(
    urls: Annotated[list[str] | None, typer.Argument(metavar="URL…", help="Reports, or lists.")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder of originals.")] = Path("fetched"),
    follow: Annotated[bool, typer.Option("--follow", help="URL… are lists: fetch their reports.")] = False,
    sitemap: Annotated[bool, typer.Option("--sitemap", help="URL… are sitemaps: fetch their pages.")] = False,
    source: Annotated[str | None, typer.Option("--from", metavar="FILE", help="URLs; - for stdin.")] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="trs, jcms, generic or a .toml file.")
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="PATTERN", help="Only links whose words this pattern finds.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Reports fetched at most in a run.")
    ] = None,
    delay: Annotated[
        float, typer.Option(metavar="S", min=0, help="Seconds between two requests to a host.")
    ] = 2.0,
    deadline: Annotated[
        float, typer.Option(metavar="S", min=0.1, help="Seconds for one response, to its last byte.")
    ] = 60.0,
    max_time: Annotated[
        float | None,
        typer.Option(metavar="S", min=1, help="Seconds for the run; the same command goes on from there."),
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(metavar="TEXT", envvar="DUCHA_CONTACT", help="Whom sites may write to; sent to them."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Connect to private addresses too.")
    ] = False,
    form: OutputFormat = Output.TEXT,
) -> None:
    """Download report pages politely into a folder that ingest reads; run again, only what changed.

    Example: ducha fetch https://www.example.gov.cn/ducha/ --follow --title 落实情况 --out reports
    """
    from console.fetch import contact_or_user, counts, telling, told, wanted
    from console.render import as_json
    from ingest.fetch.plan import Plan
    from ingest.fetch.run import fetch as run

    plan = Plan(
        urls=wanted(urls or (), source), out=str(out), follow=follow, sitemap=sitemap, profile=profile,
        title=title, limit=limit, delay=delay, deadline=deadline, max_time=max_time,
        allow_private=allow_private, contact=contact_or_user(contact),
    )  # fmt: skip
    with telling() as teller:
        summary = run(plan, teller)
    told(summary, out)
    if form is Output.JSON:
        put(as_json(counts(summary)))
    raise typer.Exit(FAILED if summary.bad or not summary.finished else 0)


def reprocess(
    database: Database = DATABASE,
    jobs: Jobs = default_jobs(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would change.")] = False,
    rules: Rules = None,
    engine: Engines = Engine.LOCAL,
    cluster: Cluster = None,
    staging: Staging = None,
    form: OutputFormat = Output.TEXT,
    wait: Wait = False,
) -> None:
    """Extract the stored originals again with the rules in force; prints task by task what changes.

    Example: ducha reprocess --dry-run
    """
    import pipeline
    from console.engine import chosen
    from console.progress import told
    from console.reprocess import Changes
    from store.batch import Plan
    from store.batch import reprocess as run

    forms = pipeline.forms(rules or ())
    plan = Plan(
        database, pipeline.reader(forms), pipeline.version(forms), jobs=jobs, wait=wait,
        cluster=chosen(engine, cluster, staging),
    )  # fmt: skip
    with Changes(form is Output.JSON) as changes:
        summary = run(plan, changes.notice, changes.change, dry_run)
        changes.end(summary)
    told(summary, database)
    raise typer.Exit(FAILED if summary.failed else 0)
