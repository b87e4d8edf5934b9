"""Runs over many documents: skip what is stored, read in parallel, write in bulk.

What only new documents need (workers, rules, Arrow) loads with the first of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from schema.errors import Rejected, UsageError
from schema.page import RawDocument
from store.database import reading
from store.intake import Found, Intake, stored
from store.limits import Limits
from store.parts import Job, Part
from store.reissues import fingerprint_rows
from store.rows import COLUMNS, NOTHING_GIVEN, Address, DocumentRows, Given, original, rows_of
from store.run import Notice, Run, Summary
from store.workspace import writing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from schema.records import Extraction
    from store.cluster import Cluster
    from store.diff import Change

Process = Callable[[RawDocument, Given], "Extraction"]
"""Bytes to records; at the top of a module, so that it can be sent to workers."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do.

    ``jobs`` 0 works in this process, without limits on time and memory; with a ``cluster`` the work is
    done there.
    """

    database: Path
    process: Process
    parser_version: str
    given: Given = NOTHING_GIVEN
    jobs: int = 1
    force: bool = False
    wait: bool = False
    limits: Limits = field(default_factory=Limits)
    cluster: Cluster | None = None


def prepare(process: Process, job: Job) -> DocumentRows:
    """What a worker does: read, extract, and lay out as rows with their search words."""
    from store.words import index_rows

    rows = rows_of(process(job.raw, job.given), job.raw, job.given)
    index_rows(rows)
    fingerprint_rows(rows)
    return rows


def ingest(plan: Plan, sources: Iterable[Found], notify: Callable[[Notice], None]) -> Summary:
    """Stores every document that is not stored under the current rules.

    What cannot be read goes to ``rejects``; nothing but an unusable database (DatabaseError)
    ends the run. An interrupted run keeps the documents that were done.
    """
    with writing(plan.database, plan.wait) as space:
        run = Run(space, "ingest", plan.parser_version, notify)
        try:
            intake = Intake(run, stored(space, run), None if plan.force else plan.parser_version, plan.given)
            return _drive(plan, run, intake.jobs(sources), intake.addresses)
        finally:
            run.close()


def peeked(sources: Iterator[Found], named: str) -> Iterator[Found]:
    """The sources, once it is known that there is one. Raises UsageError when there is none."""
    first = next(sources, None)
    if first is None:
        raise UsageError(f"nothing to read in {named}: no file of a known kind")
    return chain((first,), sources)


def reprocess(
    plan: Plan, notify: Callable[[Notice], None], report: Callable[[Change], None], dry_run: bool = False
) -> Summary:
    """Extracts the stored originals again; ``report`` is told what changes, task by task.

    With ``dry_run`` nothing is written and the summary says what would have been.
    """
    if dry_run:
        return _dry_run(plan, notify, report)
    from store.diff import compare

    with reading(plan.database) as old, writing(plan.database, plan.wait) as space:

        def before(connection: DuckDBPyConnection, documents: list[DocumentRows]) -> list[DocumentRows]:
            found, differing = compare(connection, documents)
            _tell(run.summary, found, report)
            return differing

        run = Run(space, "reprocess", plan.parser_version, notify, before)
        try:
            return _drive(plan, run, stored_jobs(old), lambda doc_id: [])
        finally:
            run.close()


def stored_jobs(connection: DuckDBPyConnection) -> Iterator[Job]:
    """Every stored original, in the order of doc_id, with what was said about it at its ingest."""
    kept = COLUMNS["originals"]
    listed = ", ".join(f"o.{name}" for name in kept)
    names = connection.execute("SELECT doc_id FROM documents ORDER BY doc_id").fetchall()
    for start in range(0, len(names), 32):
        part = [name for (name,) in names[start : start + 32]]
        rows = connection.execute(
            f"SELECT {listed}, d.source_uri, d.file_name FROM originals o JOIN documents d USING (doc_id)"
            " WHERE doc_id IN (SELECT unnest(?)) ORDER BY doc_id",
            [part],
        ).fetchall()
        for row in rows:
            raw = original(row[: len(kept)], row[-2], row[-1])
            yield Job(raw, Given(row[kept.index("given_year")], row[kept.index("given_agency")]))


def _drive(plan: Plan, run: Run, jobs: Iterator[Job], addresses: Callable[[str], list[Address]]) -> Summary:
    """Does the jobs here or on the cluster, and keeps what was done when it is interrupted."""
    with ExitStack() as stack:
        try:
            if (first := next(jobs, None)) is None:
                return run.finish()
            jobs = chain((first,), jobs)
            if plan.cluster:
                _drive_there(stack, plan, run, jobs, addresses)
            else:
                _drive_here(plan, run, jobs, addresses)
        except KeyboardInterrupt:
            run.finish(complete=False)
            raise
        return run.finish()


def _drive_here(plan: Plan, run: Run, jobs: Iterator[Job], addresses: Callable[[str], list[Address]]) -> None:
    from store.pool import outcomes

    for job, result in outcomes(_work(plan), jobs, plan.jobs, plan.limits):
        if isinstance(result, Rejected):
            run.rejected(job.raw.uri, job.raw.sha256, result)
        else:
            run.stored(result, addresses(result.doc_id))


def _drive_there(
    stack: ExitStack, plan: Plan, run: Run, jobs: Iterator[Job], addresses: Callable[[str], list[Address]]
) -> None:
    """Parts can be read until the stack closes the cluster: their rows may still be waiting then."""
    for batch, part in stack.enter_context(_parts(plan, run.summary.run_id, jobs)):
        if not part.versions <= {plan.parser_version}:
            theirs = ", ".join(sorted(part.versions))
            raise UsageError(f"the cluster has the rules {theirs}, this machine {plan.parser_version}")
        for job, result in zip(batch, part.outcomes, strict=True):
            if isinstance(result, Rejected):
                run.rejected(job.raw.uri, job.raw.sha256, result)
        if part.documents:
            run.arrived(part, [one for document in part.documents for one in addresses(document.doc_id)])


def _results(plan: Plan, jobs: Iterator[Job]) -> Iterator[tuple[Job, DocumentRows | Rejected]]:
    if plan.cluster is None:
        from store.pool import outcomes

        yield from outcomes(_work(plan), jobs, plan.jobs, plan.limits)
        return
    with _parts(plan, f"dry-run-{os.urandom(6).hex()}", jobs) as stream:
        for batch, part in stream:
            whole = iter(part.whole() if part.documents else ())
            for job, outcome in zip(batch, part.outcomes, strict=True):
                yield job, outcome if isinstance(outcome, Rejected) else next(whole)


@contextmanager
def _parts(plan: Plan, key: str, jobs: Iterator[Job]) -> Iterator[Iterator[tuple[list[Job], Part]]]:
    from store.cluster import Cluster, connected

    with connected(plan.cluster or Cluster(), plan.jobs, key) as station:
        yield station.parts(_work(plan), jobs, plan.limits)


def _work(plan: Plan) -> Callable[[Job], DocumentRows]:
    return partial(prepare, plan.process)


def _dry_run(plan: Plan, notify: Callable[[Notice], None], report: Callable[[Change], None]) -> Summary:
    from store.diff import compare

    summary = Summary("dry-run")
    with reading(plan.database) as connection:
        for job, result in _results(plan, stored_jobs(connection)):
            if isinstance(result, Rejected):
                summary.rejected += 1
                notify(Notice("rejected", job.raw.uri, result.message))
            else:
                found, differing = compare(connection, [result])
                _tell(summary, found, report)
                summary.documents += len(differing)
    return summary


def _tell(summary: Summary, found: Iterable[Change], report: Callable[[Change], None]) -> None:
    for change in found:
        report(change)
        setattr(summary, change.kind, getattr(summary, change.kind) + 1)
