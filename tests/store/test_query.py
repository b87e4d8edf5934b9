"""SQL from anyone reads the tables and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schema.errors import DatabaseError, UsageError
from store.query import QueryError, answering, limited
from tests.store.made import raw_of, report

Fill = Callable[..., Path]


def ask(path: Path, sql: str, timeout: float = 10) -> list[tuple[Any, ...]]:
    with answering(path, sql, timeout) as answer:
        return [row for batch in answer.batches for row in batch]


@pytest.fixture
def path(fill: Fill) -> Path:
    return fill(raw_of(report(3)))


def test_an_answer(path: Path) -> None:
    with answering(path, "SELECT seq, kind FROM tasks ORDER BY ordinal") as answer:
        assert answer.columns == ["seq", "kind"]
        assert answer.types == ["VARCHAR", "VARCHAR"]
        assert next(answer.batches) == [("1", "task"), ("2", "task"), ("3", "task")]


@pytest.mark.parametrize(
    "sql",
    [
        "SHOW TABLES",
        "DESCRIBE tasks",
        "SUMMARIZE tasks",
        "EXPLAIN SELECT 1",
        "FROM task_records",
        "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t WHERE x < 5) FROM t",
        "SELECT json_extract_string(extra, '$.备注') FROM tasks; -- 注",
        "VALUES (1)",
    ],
)
def test_what_reads_is_allowed(path: Path, sql: str) -> None:
    assert ask(path, sql)


ESCAPES = [
    "SELECT * FROM read_text('{canary}')",
    "SELECT * FROM read_blob('{canary}')",
    "SELECT * FROM read_csv('{canary}')",
    "SELECT * FROM '{canary}'",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM sniff_csv('{canary}')",
    "COPY tasks TO '{target}'",
    "COPY (SELECT 1) TO '{target}' (FORMAT csv)",
    "EXPORT DATABASE '{target}'",
    "EXPLAIN ANALYZE COPY tasks TO '{target}'",
    "EXPLAIN ANALYZE DELETE FROM tasks",
    "ATTACH '{target}' AS x",
    "ATTACH ':memory:' AS x",
    "INSTALL fts",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "RESET enable_external_access",
    "SET lock_configuration = false",
    "PRAGMA enable_profiling",
    "PRAGMA threads = 64",
    "CALL enable_logging()",
    "FROM enable_logging()",
    "CREATE TABLE x AS SELECT 1",
    "CREATE TEMP TABLE x AS SELECT 1",
    "INSERT INTO tasks SELECT * FROM tasks",
    "DELETE FROM tasks",
    "UPDATE tasks SET title = 'x'",
    "DROP TABLE tasks",
    "BEGIN",
    "CHECKPOINT",
    "USE memory",
    "PREPARE x AS SELECT 1",
    "CREATE SECRET (TYPE s3)",
    "FROM duckdb_secrets()",
    "SELECT 1; COPY tasks TO '{target}'",
    "SELECT getenv('HOME')",
    "SELECT * FROM query('COPY tasks TO ''{target}''')",
    "SELECT * FROM canary_rows",
    "FROM read_parquet('http://127.0.0.1:9/x.parquet')",
    "",
]


@pytest.mark.parametrize("sql", ESCAPES)
def test_no_way_out(path: Path, tmp_path: Path, sql: str) -> None:
    canary, target = tmp_path / "canary.csv", tmp_path / "target"
    canary.write_text("geheim\n1\n")
    canary_rows = {"a": [1]}  # a variable of this program, which DuckDB could read by its name
    before = path.read_bytes()
    with pytest.raises(QueryError):
        ask(path, sql.format(canary=canary, target=target))
    assert canary_rows
    assert not target.exists()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000) c",
        "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t",
    ],
)
def test_time_is_limited(path: Path, sql: str) -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"not done after 0\.5 s"):
        ask(path, sql, timeout=0.5)
    assert time.monotonic() - started < 5


def test_memory_is_limited(path: Path) -> None:
    with pytest.raises(QueryError, match=r"(?i)memory|not done"):
        ask(path, "SELECT list(repeat('x', 1000) || i) FROM range(100000000) t(i)")


def test_errors_mark_the_line(path: Path) -> None:
    with pytest.raises(QueryError) as caught:
        ask(path, "SELECT seq,\n  titel\nFROM tasks")
    assert "LINE 2" in str(caught.value)
    assert "^" in str(caught.value)


def test_no_database(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no database at"):
        ask(tmp_path / "none.duckdb", "SELECT 1")


def test_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    path.write_text("不是数据库" * 10_000)
    with pytest.raises(DatabaseError):
        ask(path, "SELECT 1")
    assert path.read_text().startswith("不是数据库")


def test_limited_says_when_rows_are_left_out() -> None:
    assert [*limited(iter([[(1,)], [(2,)]]), 2)] == [[(1,)], [(2,)]]
    assert [*limited(iter([[(1,)], [(2,)], [(3,)]]), 2)] == [[(1,)], [(2,)], []]
    assert [*limited(iter([[(1,)], [(2,)]]), 0)] == [[(1,)], [(2,)]]
