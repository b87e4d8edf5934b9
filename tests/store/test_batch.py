"""Runs: what is skipped, rejected, flagged; what is left behind; what reprocessing reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from schema.errors import Rejected, UsageError
from schema.page import RawDocument
from store.batch import Found, Plan, ingest, peeked, reprocess
from store.database import reading
from store.diff import Change
from store.export import export
from store.limits import Limits
from store.rows import Given
from store.run import Notice, Summary
from tests.store import work
from tests.store.made import raw_of, report


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with reading(path) as connection:
        return connection.execute(sql).fetchall()


def run(plan: Plan, *found: Found) -> tuple[Summary, list[Notice]]:
    notices: list[Notice] = []
    return ingest(plan, found, notices.append), notices


def exported(path: Path, folder: Path) -> dict[str, bytes]:
    with reading(path) as connection:
        return {file.name: file.read_bytes() for file in export(connection, folder, "jsonl")}


@pytest.fixture
def plan(database: Path) -> Plan:
    return Plan(database, work.process, "1", jobs=0)


def bad(name: str) -> RawDocument:
    return raw_of(report(1) + name, f"报告/{name}.txt")


def test_stored_documents_are_skipped_without_being_read(plan: Plan) -> None:
    raw = raw_of(report(3))
    first, _ = run(plan, raw)
    assert (first.documents, first.tasks, first.skipped, first.failed) == (1, 3, 0, False)
    second, notices = run(replace(plan, process=exploding), raw)
    assert (second.documents, second.skipped, second.failed) == (0, 1, False)
    assert [notice.kind for notice in notices] == ["skipped"]


def exploding(raw: RawDocument, given: Given) -> Any:
    raise AssertionError("a stored document was read again")


@pytest.mark.parametrize(
    "change",
    [{"force": True}, {"parser_version": "2"}, {"given": Given(2020)}, {"given": Given(agency="市经信局")}],
)
def test_what_makes_a_stored_document_be_read_again(plan: Plan, change: dict[str, Any]) -> None:
    run(plan, raw_of(report(1)))
    again, _ = run(replace(plan, **change), raw_of(report(1)))
    assert (again.documents, again.skipped) == (1, 0)


def test_what_was_said_at_the_ingest_is_remembered(plan: Plan) -> None:
    run(replace(plan, given=Given(2019, "市经信局")), raw_of(report(1)))
    again, _ = run(plan, raw_of(report(1)))
    assert again.skipped == 1
    run(replace(plan, force=True), raw_of(report(1)))
    assert rows(plan.database, "SELECT report_year, agency FROM documents") == [(2019, "市经信局")]


def test_bad_documents_do_not_stop_the_others(plan: Plan) -> None:
    limits = Limits(seconds=6, memory=400 << 20)
    names = ["hang", "crash", "exit", "eat", "reject", "raise"]
    good = [raw_of(report(2, word=f"平台{n}"), f"报告/{n}.txt") for n in range(12)]
    sources: list[Found] = [
        *good[:6],
        *map(bad, names),
        *good[6:],
        ("报告/无权", Rejected("read", "unreadable", "no")),
    ]
    summary, notices = run(replace(plan, jobs=2, limits=limits), *sources)
    assert (summary.documents, summary.rejected) == (12, 7)
    assert len([n for n in notices if n.kind == "rejected"]) == 7
    found = rows(plan.database, "SELECT source_uri, stage, code FROM rejects")
    assert {uri.rsplit("/", 1)[-1]: (stage, code) for uri, stage, code in found} == {
        "hang.txt": ("extract", "timeout"),
        "crash.txt": ("extract", "crash"),
        "exit.txt": ("extract", "crash"),
        "eat.txt": ("extract", "memory"),
        "reject.txt": ("decode", "binary"),
        "raise.txt": ("extract", "crash"),
        "无权": ("read", "unreadable"),
    }


def test_the_others_are_stored_as_if_the_bad_were_not_there(plan: Plan, tmp_path: Path) -> None:
    good = [raw_of(report(2, word=f"平台{n}"), f"报告/{n}.txt") for n in range(5)]
    run(plan, *good)
    other = replace(plan, database=tmp_path / "other.duckdb", jobs=2)
    run(other, bad("crash"), *reversed(good), bad("raise"))
    assert exported(plan.database, tmp_path / "a") == exported(other.database, tmp_path / "b")


def test_a_document_without_tasks_is_stored_and_flagged(plan: Plan) -> None:
    summary, notices = run(plan, raw_of("某市情况"), raw_of(report(1), "报告/好.txt"))
    assert (summary.documents, summary.flagged, summary.failed) == (2, 1, True)
    assert [n.uri for n in notices if n.kind == "flagged"] == ["报告/一.txt"]
    assert rows(plan.database, "SELECT code, severity FROM issues") == [("no_tasks", "error")]


def test_a_document_that_can_not_be_stored_is_rejected_alone(plan: Plan) -> None:
    summary, _ = run(replace(plan, process=unstorable), raw_of(report(1)), bad("gut"), bad("schlecht"))
    assert (summary.documents, summary.rejected) == (2, 1)
    assert rows(plan.database, "SELECT stage, code, source_uri FROM rejects") == [
        ("store", "refused", "报告/schlecht.txt")
    ]


def unstorable(raw: RawDocument, given: Given) -> Any:
    done = work.process(raw, given)
    if "schlecht" not in raw.name:
        return done
    return done.model_copy(update={"document": done.document.model_copy(update={"info_source": "\ud800"})})


def test_the_same_bytes_twice_in_one_run(plan: Plan) -> None:
    summary, _ = run(replace(plan, jobs=1), raw_of(report(1), "b.txt"), raw_of(report(1), "a.txt"))
    assert (summary.documents, summary.skipped) == (1, 1)
    assert rows(plan.database, "SELECT source_uri, file_name FROM documents") == [("a.txt", "a.txt")]
    assert rows(plan.database, "SELECT count(*) FROM addresses") == [(2,)]


def test_runs_tell_what_was_done(plan: Plan) -> None:
    run(plan, raw_of(report(2)), bad("reject"))
    ((command, finished, version, counts),) = rows(
        plan.database, "SELECT command, finished_at >= started_at, parser_version, counts FROM runs"
    )
    assert (command, finished, version) == ("ingest", True, "1")
    told = json.loads(counts)
    assert {name: told[name] for name in ("documents", "tasks", "skipped", "rejected", "flagged")} == {
        "documents": 1,
        "tasks": 2,
        "skipped": 0,
        "rejected": 1,
        "flagged": 0,
    }


def test_a_name_that_is_no_utf8_is_stored_escaped(plan: Plan) -> None:
    run(plan, RawDocument("报告/\udcb1.txt", "\udcb1.txt", report(1).encode()))
    assert rows(plan.database, "SELECT file_name FROM documents") == [("\\xb1.txt",)]


def test_an_interrupted_run_keeps_what_was_done(plan: Plan) -> None:
    def sources() -> Iterator[Found]:
        yield raw_of(report(1))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(plan, sources(), lambda _: None)
    assert rows(plan.database, "SELECT count(*) FROM documents") == [(1,)]
    assert rows(plan.database, "SELECT finished_at FROM runs") == [(None,)]


def test_peeked() -> None:
    raw = raw_of(report(1))
    assert [*peeked(iter([raw, raw]), "x")] == [raw, raw]
    with pytest.raises(UsageError, match="nothing to read in x"):
        peeked(iter([]), "x")


def changed(plan: Plan, dry_run: bool = False) -> tuple[Summary, list[Change]]:
    found: list[Change] = []
    return reprocess(plan, lambda _: None, found.append, dry_run), found


def test_the_same_rules_change_nothing(plan: Plan, tmp_path: Path) -> None:
    run(plan, raw_of(report(3)), raw_of(report(2, word="基地"), "报告/二.txt"))
    before = exported(plan.database, tmp_path / "a")
    summary, found = changed(replace(plan, jobs=2))
    assert (summary.documents, summary.gained, summary.lost, summary.changed, found) == (0, 0, 0, 0, [])
    assert exported(plan.database, tmp_path / "b") == before


@pytest.mark.parametrize("dry_run", [True, False])
def test_newer_rules_are_reported_task_by_task(plan: Plan, tmp_path: Path, dry_run: bool) -> None:
    run(plan, raw_of(report(3)))
    before = exported(plan.database, tmp_path / "a")
    newer = replace(plan, process=work.process_newer, parser_version="2")
    summary, found = changed(newer, dry_run)
    assert [change.kind for change in found] == ["changed", "changed", "lost"]
    assert found[0].fields == {"status": ("completed", "in_progress")}
    assert (summary.documents, summary.gained, summary.lost, summary.changed) == (1, 0, 1, 2)
    assert (exported(plan.database, tmp_path / "b") == before) is dry_run
    assert rows(plan.database, "SELECT count(*) FROM tasks") == [(3 if dry_run else 2,)]
    back, found = changed(plan, dry_run)
    assert [change.kind for change in found] == ([] if dry_run else ["changed", "changed", "gained"])
    assert back.gained == (0 if dry_run else 1)
