"""Runs over many documents: skip what is stored, read in parallel, write in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from schema.errors import Rejected, UsageError
from schema.page import RawDocument
from schema.records import Extraction
from store.cluster import Cluster, connected
from store.database import reading
from store.diff import Change, compare
from store.parts import Job, Part
from store.pool import Limits, outcomes
from store.reissues import fingerprint_rows
from store.rows import COLUMNS, NOTHING_GIVEN, DocumentRows, Given, original, rows_of
from store.run import Notice, Run, Summary
from store.words import index_rows
from store.workspace import writing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Process = Callable[[RawDocument, Given], Extraction]
"""Bytes to records; at the top of a module, so that it can be sent to workers."""

Found = RawDocument | tuple[str, Rejected]
"""What a source yields: a document, or the address of one that can't be read and why."""

Address = tuple[str, str, str]
"""doc_id, source_uri, file_name."""

_KNOWN: Final = """
SELECT d.doc_id, d.parser_version, o.given_year, o.given_agency,
       d.doc_id IN (SELECT doc_id FROM issues WHERE severity = 'error')
FROM documents d JOIN originals o USING (doc_id)
"""


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
            intake = _Intake(plan, run, _known(space.connection))
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


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a stored document; ``failed``: it has an issue of severity ``error``."""

    version: str
    given: Given
    failed: bool


class _Intake:
    """Tells new documents from known ones, and keeps the addresses of both."""

    def __init__(self, plan: Plan, run: Run, known: dict[str, _Known]) -> None:
        self._plan = plan
        self._run = run
        self._known = known
        self._underway: dict[str, list[Address]] = {}
        self._met: set[str] = set()

    def jobs(self, sources: Iterable[Found]) -> Iterator[Job]:
        for found in sources:
            if not isinstance(found, RawDocument):
                self._run.rejected(_printable(found[0]), None, found[1])
                continue
            raw = replace(found, uri=_printable(found.uri), name=_printable(found.name))
            doc_id = raw.sha256[:16]
            address = (doc_id, raw.uri, raw.name)
            if doc_id in self._underway:
                self._underway[doc_id].append(address)
                self._run.skipped(raw.uri, ())
            elif doc_id in self._met or self._is_current(doc_id):
                failed = doc_id in self._known and self._known[doc_id].failed
                self._run.skipped(raw.uri, [address], failed and doc_id not in self._met)
            else:
                self._underway[doc_id] = [address]
                yield Job(raw, self._given(doc_id))

    def addresses(self, doc_id: str) -> list[Address]:
        """Where a document that is done was met."""
        self._met.add(doc_id)
        return self._underway.pop(doc_id)

    def _is_current(self, doc_id: str) -> bool:
        """Stored under these rules, and nothing else was said about it this time."""
        if self._plan.force or doc_id not in self._known:
            return False
        known = self._known[doc_id]
        return known.version == self._plan.parser_version and known.given == self._given(doc_id)

    def _given(self, doc_id: str) -> Given:
        """What is said now, else what was said before."""
        now, before = self._plan.given, self._known[doc_id].given if doc_id in self._known else Given()
        year = before.report_year if now.report_year is None else now.report_year
        return Given(year, before.agency if now.agency is None else now.agency)


def _drive(plan: Plan, run: Run, jobs: Iterator[Job], addresses: Callable[[str], list[Address]]) -> Summary:
    """Does the jobs here or on the cluster, and keeps what was done when it is interrupted."""
    with ExitStack() as stack:
        try:
            if plan.cluster:
                station = stack.enter_context(connected(plan.cluster, plan.jobs, run.summary.run_id))
                _drive_there(plan, run, station.parts(_work(plan), jobs, plan.limits), addresses)
            else:
                _drive_here(run, outcomes(_work(plan), jobs, plan.jobs, plan.limits), addresses)
        except KeyboardInterrupt:
            run.finish(complete=False)
            raise
        return run.finish()


def _drive_here(
    run: Run,
    stream: Iterator[tuple[Job, DocumentRows | Rejected]],
    addresses: Callable[[str], list[Address]],
) -> None:
    for job, result in stream:
        if isinstance(result, Rejected):
            run.rejected(job.raw.uri, job.raw.sha256, result)
        else:
            run.stored(result, addresses(result.doc_id))


def _drive_there(
    plan: Plan, run: Run, stream: Iterator[tuple[list[Job], Part]], addresses: Callable[[str], list[Address]]
) -> None:
    for batch, part in stream:
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
        yield from outcomes(_work(plan), jobs, plan.jobs, plan.limits)
        return
    with connected(plan.cluster, plan.jobs, f"dry-run-{token_hex(6)}") as station:
        for batch, part in station.parts(_work(plan), jobs, plan.limits):
            whole = iter(part.whole() if part.documents else ())
            for job, outcome in zip(batch, part.outcomes, strict=True):
                yield job, outcome if isinstance(outcome, Rejected) else next(whole)


def _work(plan: Plan) -> Callable[[Job], DocumentRows]:
    return partial(prepare, plan.process)


def _dry_run(plan: Plan, notify: Callable[[Notice], None], report: Callable[[Change], None]) -> Summary:
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


def _known(connection: DuckDBPyConnection) -> dict[str, _Known]:
    rows = connection.execute(_KNOWN).fetchall()
    return {row[0]: _Known(row[1], Given(row[2], row[3]), row[4]) for row in rows}


def _printable(name: str) -> str:
    r"""A file name that can be stored: bytes that are no UTF-8 as ``\xNN``."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
