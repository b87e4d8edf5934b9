"""Whole states only: kills, full disks, several writers, readers meanwhile; for real."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from schema.errors import DatabaseError
from store.batch import Plan, ingest
from store.database import connect, reading
from store.export import export
from store.workspace import writing
from tests.store import work
from tests.store.made import raw_of, report

ROOT = Path(__file__).parent.parent.parent
SLOW = bool(os.environ.get("DUCHA_SLOW"))
DOCUMENTS = 30
WRITER = """
import sys
from pathlib import Path
from store.batch import Plan, ingest
from tests.store import work
from tests.store.made import raw_of, report
import store.run, store.workspace
store.run._DOCUMENTS_A_FLUSH = 3
store.workspace._MIN_INTERVAL = store.workspace._COPY_SHARE = 0.0
count, jobs, wait = int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "wait"
sources = [raw_of(report(3, word=f"平台{n}"), f"报告/{n}.txt") for n in range(count)]
ingest(Plan(Path(sys.argv[1]), work.process, "1", jobs=jobs, wait=wait), sources, lambda notice: None)
"""


def start(path: Path, count: int = DOCUMENTS, jobs: int = 0, wait: bool = False) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WRITER, str(path), str(count), str(jobs), "wait" if wait else ""]
    return subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with reading(path) as connection:
        return connection.execute(sql).fetchall()


def exported(path: Path, folder: Path) -> dict[str, bytes]:
    with reading(path) as connection:
        return {file.name: file.read_bytes() for file in export(connection, folder, "jsonl")}


def assert_whole(path: Path) -> int:
    """Every stored document has all its rows; how many there are."""
    sql = """
        SELECT d.doc_id,
               (SELECT count(*) FROM tasks t WHERE t.doc_id = d.doc_id),
               (SELECT count(*) FROM spans t WHERE t.doc_id = d.doc_id),
               (SELECT count(*) FROM metrics t WHERE t.doc_id = d.doc_id),
               (SELECT count(*) FROM originals t WHERE t.doc_id = d.doc_id)
        FROM documents d"""
    found = rows(path, sql)
    assert all(row[1:] == (3, 13, 3, 1) for row in found)
    assert len({row[0] for row in found}) == len(found)
    return len(found)


def test_killed_at_any_moment_and_run_again(tmp_path: Path) -> None:
    whole = tmp_path / "whole.duckdb"
    began = time.monotonic()
    assert start(whole).wait() == 0
    lasts = time.monotonic() - began
    expected = exported(whole, tmp_path / "whole")
    chance = random.Random(1)
    path = tmp_path / "killed.duckdb"
    seen = 0
    for _ in range(100 if SLOW else 5):
        writer = start(path)
        time.sleep(chance.uniform(0.3, 1.0) * lasts)
        writer.kill()
        writer.communicate()
        if path.exists():
            now = assert_whole(path)
            assert now >= seen
            seen = 0 if now == DOCUMENTS else now
            if now == DOCUMENTS:
                path.unlink()
    assert start(path).wait() == 0
    assert assert_whole(path) == DOCUMENTS
    assert exported(path, tmp_path / "killed") == expected


def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    code = WRITER.replace('f"报告/{n}.txt"', 'f"报告/hang{n}.txt"')
    arguments = [sys.executable, "-c", code, str(tmp_path / "x.duckdb"), "2", "2", ""]
    writer = subprocess.Popen(arguments, cwd=ROOT)
    deadline = time.monotonic() + 60
    while len(descendants(writer.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    below = descendants(writer.pid)
    assert len(below) >= 2
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    while any(alive(pid) for pid in below) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [pid for pid in below if alive(pid)] == []


def descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *descendants(child)]
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_second_writer_is_told_who_writes(database: Path) -> None:
    with writing(database), pytest.raises(DatabaseError, match=f"process {os.getpid()}"), writing(database):
        pass
    with writing(database) as space:
        assert space.connection


def test_four_writers_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    writers = [start(path, count, wait=True) for count in (4, 8, 12, 16)]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    assert assert_whole(path) == 16
    assert rows(path, "SELECT count(*) FROM runs WHERE finished_at IS NOT NULL") == [(4,)]
    assert rows(path, "SELECT count(*) FROM addresses") == [(16,)]


def test_readers_are_never_kept_waiting_and_see_whole_states(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    assert start(path, 1).wait() == 0
    writer = start(path)
    counts = []
    while writer.poll() is None:
        counts.append(in_another_process(path))
    assert writer.returncode == 0
    assert counts
    assert counts == sorted(counts)
    assert assert_whole(path) == DOCUMENTS


def in_another_process(path: Path) -> int:
    """A reader that has no ducha, only DuckDB."""
    code = (
        "import duckdb, sys;print(duckdb.connect(sys.argv[1], read_only=True).sql('FROM documents').shape[0])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_a_reader_keeps_what_it_opened(database: Path) -> None:
    plan = Plan(database, work.process, "1", jobs=0)
    ingest(plan, [raw_of(report(1))], lambda _: None)
    with reading(database) as connection:
        ingest(plan, [raw_of(report(2), "报告/二.txt")], lambda _: None)
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(1,)]
    assert rows(database, "SELECT count(*) FROM documents") == [(2,)]


def test_a_full_disk_leaves_the_old_state(database: Path) -> None:
    plan = Plan(database, work.process, "1", jobs=0)
    ingest(plan, [raw_of(report(1))], lambda _: None)
    before = database.read_bytes()
    many = [raw_of(report(200, word=f"平台{n}"), f"报告/{n}.txt") for n in range(40)]
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + (1 << 19), limits[1]))
        with pytest.raises(DatabaseError, match="can't be written"):
            ingest(plan, many, lambda _: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert database.read_bytes() == before
    assert not database.with_name(database.name + ".new").exists()
    assert ingest(plan, many[:2], lambda _: None).documents == 2


def test_leftovers_of_a_killed_writer_are_thrown_away(database: Path) -> None:
    for name in (".new", ".new.wal"):
        database.with_name(database.name + name).write_bytes(b"half")
    ingest(Plan(database, work.process, "1", jobs=0), [raw_of(report(1))], lambda _: None)
    assert rows(database, "SELECT count(*) FROM documents") == [(1,)]
    assert sorted(file.name for file in database.parent.iterdir()) == ["ducha.duckdb", "ducha.duckdb.lock"]


def test_what_another_program_wrote_is_kept_or_nothing_is_published(database: Path) -> None:
    plan = Plan(database, work.process, "1", jobs=0)
    ingest(plan, [raw_of(report(1))], lambda _: None)
    with duckdb.connect(str(database)) as other:
        other.execute("CREATE TABLE notes AS SELECT '看过' AS note")
    ingest(plan, [raw_of(report(2), "二.txt")], lambda _: None)
    assert rows(database, "SELECT note FROM notes") == [("看过",)]
    with writing(database) as space:
        space.connection.execute("INSERT INTO notes VALUES ('丢了')")
        with duckdb.connect(str(database)) as other:
            other.execute("INSERT INTO notes VALUES ('还在')")
        with pytest.raises(DatabaseError, match="changed by another program"):
            space.publish()
    assert rows(database, "SELECT note FROM notes ORDER BY note") == [("看过",), ("还在",)]


def test_locked_by_another_program(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    assert start(path, 1).wait() == 0
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", code, str(path)], **pipes) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(DatabaseError, match=f"locked by process {holder.pid}"):
            connect(path, read_only=True)
        holder.communicate("")


@pytest.mark.parametrize("kind", ["text", "cut", "foreign", "newer", "folder"])
def test_a_file_that_is_no_database_of_ours_is_left_alone(database: Path, kind: str) -> None:
    plan = Plan(database, work.process, "1", jobs=0)
    ingest(plan, [raw_of(report(1))], lambda _: None)
    if kind == "text":
        database.write_text("这是一份报告" * 5000)
    elif kind == "cut":
        database.write_bytes(database.read_bytes()[:10_000])
    elif kind == "folder":
        database.unlink()
        database.mkdir()
    else:
        change = "DROP TABLE meta" if kind == "foreign" else "UPDATE meta SET value = '99'"
        with duckdb.connect(str(database)) as connection:
            connection.execute(change)
    before = database.read_bytes() if database.is_file() else b""
    with pytest.raises(DatabaseError):
        ingest(plan, [raw_of(report(2))], lambda _: None)
    assert (database.read_bytes() if database.is_file() else b"") == before


def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="can't be written"), writing(tmp_path / "none" / "x.duckdb"):
        pass


def test_waiting_for_another_writer(database: Path) -> None:
    done = []

    def second() -> None:
        with writing(database, wait=True):
            done.append("second")

    with writing(database):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.3)
        done.append("first")
    thread.join(5)
    assert done == ["first", "second"]
