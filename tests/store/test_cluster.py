"""The same records from a cluster of two workers as from this process; what goes wrong there stays there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from schema.errors import Rejected, UsageError
from schema.page import RawDocument
from store.batch import Plan, ingest, reprocess
from store.cluster import Cluster, batches
from store.database import reading
from store.diff import Change
from store.export import export
from store.limits import Limits
from store.parts import Job, read_jobs, write_jobs, write_part
from store.rows import NOTHING_GIVEN, DocumentRows, Given, Tables
from store.run import Notice, Summary
from tests.store import work
from tests.store.made import raw_of, report

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [raw_of(report(2, word=f"平台{n}"), f"报告/{n}.txt") for n in range(20)]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two workers, as ``dask scheduler`` and ``dask worker`` start it."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def plan(database: Path, scheduler: str, tmp_path: Path) -> Plan:
    there = Cluster(scheduler, (tmp_path / "staging").as_uri())
    return Plan(database, work.process, "1", limits=Limits(seconds=60, memory=400 << 20), cluster=there)


def run(plan: Plan, *found: RawDocument | tuple[str, Rejected]) -> tuple[Summary, list[Notice]]:
    notices: list[Notice] = []
    return ingest(plan, found, notices.append), notices


def exported(path: Path, folder: Path) -> dict[str, bytes]:
    with reading(path) as connection:
        return {file.name: file.read_bytes() for file in export(connection, folder, "jsonl")}


def test_a_cluster_stores_what_one_process_stores(plan: Plan, tmp_path: Path) -> None:
    here = replace(plan, database=tmp_path / "here.duckdb", cluster=None, jobs=0)
    run(here, *DOCUMENTS)
    twice = replace(DOCUMENTS[3], uri="报告/again.txt", name="again.txt")
    summary, _ = run(plan, *reversed(DOCUMENTS), twice)
    assert (summary.documents, summary.tasks, summary.skipped, summary.failed) == (20, 40, 1, False)
    run(here, twice)
    assert exported(plan.database, tmp_path / "a") == exported(here.database, tmp_path / "b")
    again, _ = run(plan, *DOCUMENTS)
    assert (again.documents, again.skipped) == (0, 20)
    assert not [*(tmp_path / "staging").iterdir()]


def test_bad_documents_do_not_stop_the_others(plan: Plan) -> None:
    names = ["hang", "crash", "exit", "eat", "reject", "raise"]
    bad = [raw_of(report(1) + name, f"报告/{name}.txt") for name in names]
    empty = raw_of("某市情况", "报告/无.txt")
    soon = replace(plan, limits=Limits(seconds=8, memory=400 << 20))
    summary, notices = run(soon, *DOCUMENTS[:8], *bad, empty, *DOCUMENTS[8:])
    assert (summary.documents, summary.rejected, summary.flagged) == (21, 6, 1)
    assert [n.uri for n in notices if n.kind == "flagged"] == ["报告/无.txt"]
    with reading(plan.database) as connection:
        found = connection.execute("SELECT source_uri, stage, code FROM rejects").fetchall()
    assert {uri[3:-4]: (stage, code) for uri, stage, code in found} == {
        "hang": ("extract", "timeout"),
        "crash": ("extract", "crash"),
        "exit": ("extract", "crash"),
        "eat": ("extract", "memory"),
        "reject": ("decode", "binary"),
        "raise": ("extract", "crash"),
        "无": ("extract", "no_tasks"),
    }


@pytest.mark.parametrize("dry_run", [True, False])
def test_reprocess_on_a_cluster(plan: Plan, tmp_path: Path, dry_run: bool) -> None:
    run(plan, *DOCUMENTS)
    before = exported(plan.database, tmp_path / "a")
    found: list[Change] = []
    same = reprocess(plan, lambda _: None, found.append, dry_run)
    assert (same.documents, found) == (0, [])
    newer = replace(plan, process=work.process_newer, parser_version="2")
    summary = reprocess(newer, lambda _: None, found.append, dry_run)
    assert (summary.documents, summary.lost, summary.changed, len(found)) == (20, 20, 20, 40)
    assert (exported(plan.database, tmp_path / "b") == before) is dry_run


def test_workers_with_other_rules_are_refused(plan: Plan) -> None:
    with pytest.raises(UsageError, match="the cluster has the rules 1, this machine 2"):
        run(replace(plan, parser_version="2"), *DOCUMENTS)


def test_a_staging_path_that_nobody_can_write(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    there = Cluster(plan.cluster.address if plan.cluster else None, str(tmp_path / "file" / "x"))
    with pytest.raises(UsageError, match="nothing can be staged"):
        run(replace(plan, cluster=there), *DOCUMENTS)


def test_a_cluster_elsewhere_needs_a_path_that_all_reach(plan: Plan) -> None:
    with pytest.raises(UsageError, match="--staging"):
        run(replace(plan, cluster=Cluster("tcp://127.0.0.1:1")), *DOCUMENTS)


def test_missing_packages_are_named(tmp_path: Path) -> None:
    """As without the extra: the packages can't be imported."""
    (tmp_path / "一.txt").write_text("某市情况", encoding="utf-8")
    for name in ("distributed", "fsspec"):
        (tmp_path / f"{name}.py").write_text("raise ImportError", encoding="utf-8")
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]; import cli; cli.main()"
    command = [sys.executable, "-c", code, "ingest", "一.txt", "--engine", "dask"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert "install ducha[dask]" in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1


def test_batches_are_worth_a_message() -> None:
    jobs = [Job(RawDocument("a", "a", b"x" * size), NOTHING_GIVEN) for size in (1, 3 << 20, *[1] * 50)]
    assert [len(batch) for batch in batches(jobs)] == [2, 4, 8, 16, 16, 6]
    large = [Job(RawDocument("a", "a", b"x" * (3 << 20)), NOTHING_GIVEN)] * 3
    assert [len(batch) for batch in batches(large)] == [1, 1, 1]


def test_jobs_and_documents_survive_the_way(tmp_path: Path) -> None:
    jobs = [
        Job(DOCUMENTS[0], Given(2020, "某局")),
        Job(RawDocument("=a", "b", b"\xff\0", "x/y", "gbk"), Given()),
    ]
    write_jobs(f"memory://{tmp_path}/in.parquet", jobs)
    assert read_jobs(f"memory://{tmp_path}/in.parquet") == jobs
    rejected = Rejected("decode", "binary", "not text")
    documents = [work.prepared(raw) for raw in DOCUMENTS[:2]]
    part = write_part(f"memory://{tmp_path}/out", [documents[0], rejected, documents[1]])
    assert [one.doc_id for one in part.documents] == [one.doc_id for one in documents]
    assert part.versions == {"1"}
    assert [filled(one) for one in part.whole()] == [filled(one) for one in documents]


def filled(document: DocumentRows) -> Tables:
    return {name: rows for name, rows in document.tables.items() if rows}
