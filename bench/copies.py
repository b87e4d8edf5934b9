"""A large database from a small one: every document again and again under other keys."""

from __future__ import annotations

import re
import shutil
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from bench.process import ROOT
from extract.script import simplify
from store.database import reading
from store.query import answering
from store.search import Wanted, search

# One word, several, a rare name, a policy's name, a phrase, traditional characters, a place with its event.
SEARCHES: Final = (
    "充电桩",
    "老旧小区改造",
    "金桥水库",
    "数据平台 应急预案",
    "人才服务实施细则",
    "“水土流失面积”",
    "養老驛站",
    "柳林镇惠民演出",
)
_KEYED: Final = """
SELECT table_name, column_name FROM duckdb_columns()
WHERE column_name IN ('doc_id', 'doc_key') AND table_name IN (SELECT table_name FROM duckdb_tables())
"""
# The key of a copy: the number of the copy in the low bits, so that a document keeps one key in all tables.
_COPY_KEY: Final = {
    "doc_key": "xor(doc_key, range::UBIGINT)",
    "doc_id": "printf('%016x', xor(('0x' || doc_id)::UBIGINT, range::UBIGINT))",
}
_SQL: Final = re.compile(r"^### (\d+)\..*?```sql\n(.*?)```", re.MULTILINE | re.DOTALL)


class Latency(NamedTuple):
    """Milliseconds: the median over the questions, and the slowest with its name."""

    asked: int
    median: float
    slowest: float
    name: str


def enlarged(small: Path, large: Path, tasks: int) -> int:
    """Copies the small database until there are at least so many tasks; returns how many."""
    shutil.copy(small, large)
    with duckdb.connect(str(large)) as connection:
        (had,) = connection.execute("SELECT count(*) FROM tasks").fetchone() or (0,)
        for table, column in connection.execute(_KEYED).fetchall():
            connection.execute(
                f"INSERT INTO {table} SELECT t.* REPLACE ({_COPY_KEY[column]} AS {column})"
                f" FROM {table} t, range(1, {-(-tasks // had)})"
            )
        return int((connection.execute("SELECT count(*) FROM tasks").fetchone() or (0,))[0])


def searches(database: Path, rounds: int) -> Latency:
    """Warm searches on one connection."""
    with reading(database) as connection:
        asked = {text: partial(search, connection, Wanted(text), simplify) for text in SEARCHES}
        times = {text: [_timed(find) for _ in range(rounds + 1)][1:] for text, find in asked.items()}
    return _latency(times)


def questions(database: Path, rounds: int) -> Latency:
    """The queries of docs/queries.md, each through the sandbox with all its rows, opening included."""
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    times = {
        f"question {number}": [_timed(partial(_ask, database, sql)) for _ in range(rounds)]
        for number, sql in _SQL.findall(page)
    }
    return _latency(times)


def _ask(database: Path, sql: str) -> int:
    with answering(database, sql, timeout=60) as answer:
        return sum(len(batch) for batch in answer.batches)


def _timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - began)


def _latency(times: dict[str, list[float]]) -> Latency:
    medians = {name: statistics.median(found) for name, found in times.items()}
    slowest = max(medians, key=lambda name: medians[name])
    return Latency(len(times), statistics.median(medians.values()), medians[slowest], slowest)
