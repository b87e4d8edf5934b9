"""What is stored is what the records say, and twice the same is once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schema.page import RawDocument
from schema.records import Document, Task
from store.database import ddl, migrations, reading
from store.rows import CHILDREN, COLUMNS, RUN_TABLES, original, rows_of
from store.workspace import writing
from store.write import save
from tests.store.made import NOW, extract, raw_of, report

Fill = Callable[..., Path]
TABLES = (*COLUMNS, *RUN_TABLES)


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with reading(path) as connection:
        return connection.execute(sql).fetchall()


def counts(path: Path) -> dict[str, int]:
    return {name: rows(path, f"SELECT count(*) FROM {name}")[0][0] for name in TABLES}


def test_rows_of_a_document(fill: Fill) -> None:
    found = counts(fill(raw_of(report(3))))
    assert found["documents"] == found["originals"] == found["addresses"] == 1
    assert [found[name] for name in ("tasks", "search_tasks", *CHILDREN)] == [3, 3, 3, 3, 3, 3, 3, 0]
    assert found["spans"] == 1 + 3 * 4
    assert found["postings"] > 10


def test_fields_come_back_as_they_were(fill: Fill) -> None:
    raw = raw_of(report(2))
    path = fill(raw)
    task = extract(raw).tasks[1]
    columns = ", ".join(COLUMNS["tasks"])
    (row,) = rows(path, f"SELECT {columns} FROM tasks WHERE ordinal = 2")
    found = dict(zip(COLUMNS["tasks"], row, strict=True))
    assert found["doc_id"] == raw.sha256[:16]
    assert json.loads(found.pop("extra")) == {"备注": "无"}
    for name in set(COLUMNS["tasks"]) - {"doc_id", "extra", "section", "flags", "keywords"}:
        assert found[name] == getattr(task, name), name
    assert (found["section"], found["keywords"], found["flags"]) == (["重点任务"], ["建设"], [])


def test_spans_cut_the_fields_out_of_the_text(fill: Fill) -> None:
    path = fill(raw_of(report(3)))
    pairs = rows(
        path,
        "SELECT e.words, t.content, t.progress, e.field FROM v_evidence e"
        " JOIN tasks t USING (doc_id, task_id)"
        " WHERE e.field IN ('content', 'progress')",
    )
    assert len(pairs) == 6
    assert all(
        words == (content if field == "content" else progress) for words, content, progress, field in pairs
    )


def test_original_is_kept(fill: Fill) -> None:
    raw = raw_of(report(1))
    path = fill(raw)
    (row,) = rows(path, f"SELECT {', '.join(COLUMNS['originals'])} FROM originals")
    assert original(row, raw.uri, raw.name) == raw
    assert original(row, raw.uri, raw.name).sha256 == raw.sha256


def test_the_same_document_twice_is_no_change(fill: Fill) -> None:
    raw = raw_of(report(3))
    before = counts(fill(raw))
    assert counts(fill(raw)) == before


def test_replacing_leaves_nothing_of_the_old(fill: Fill) -> None:
    raw, other = raw_of(report(3)), raw_of(report(2, word="基地"), "报告/二.txt")
    fill(raw, other)
    path = fill(raw, version="2")
    versions = rows(path, "SELECT parser_version FROM documents ORDER BY 1")
    assert versions == [("1",), ("2",)]
    assert counts(path)["tasks"] == 5


def test_copies_share_their_tasks_ids_but_not_their_rows(fill: Fill) -> None:
    path = fill(raw_of(report(2)), raw_of(report(2) + "\n", "报告/抄.txt"))
    assert rows(path, "SELECT count(*), count(DISTINCT task_id) FROM tasks") == [(4, 2)]
    for table in ("tasks", *CHILDREN):
        ordinal = "1" if table == "tasks" else "ordinal"
        key = f"SELECT doc_id, task_id, {ordinal} FROM {table} GROUP BY ALL HAVING count(*) > 1"
        assert rows(path, key) == []


def test_all_addresses_are_kept_and_the_first_is_shown(fill: Fill) -> None:
    text = report(1)
    fill(raw_of(text, "报告/b.txt"))
    path = fill(raw_of(text, "报告/c.txt"), raw_of(text, "报告/a.txt"))
    assert rows(path, "SELECT source_uri, file_name FROM documents") == [("报告/a.txt", "a.txt")]
    assert rows(path, "SELECT source_uri FROM addresses ORDER BY 1") == [
        ("报告/a.txt",),
        ("报告/b.txt",),
        ("报告/c.txt",),
    ]


def test_a_batch_with_a_bad_row_is_not_stored_at_all(database: Path) -> None:
    good, bad = raw_of(report(1)), raw_of(report(2), "报告/坏.txt")
    broken = rows_of(extract(bad), bad)
    broken.tables["metrics"][0] = (*broken.tables["metrics"][0][:-1], "\udcff")
    with writing(database) as space:
        with pytest.raises(UnicodeEncodeError):
            save(space.connection, [rows_of(extract(good), good), broken], "r", NOW)
        space.publish()
    assert counts(database) == dict.fromkeys(TABLES, 0)


def test_rows_of_refuses_what_does_not_fit() -> None:
    raw = raw_of(report(2))
    done = extract(raw)
    with pytest.raises(ValueError, match="not of the bytes"):
        rows_of(done, raw_of(report(1)))
    twice = done.model_copy(update={"tasks": (done.tasks[0], done.tasks[0])})
    with pytest.raises(ValueError, match="twice"):
        rows_of(twice, raw)
    with pytest.raises(ValueError, match="ordinals"):
        rows_of(done.model_copy(update={"tasks": done.tasks[::-1]}), raw)


def test_strange_values_are_stored_literally(fill: Fill) -> None:
    name = "报告/'); DROP TABLE tasks; --$1.txt"
    raw = RawDocument(name, name.rsplit("/", 1)[-1], "标题\n第1项:\x01\u202e'); --\n进展\x7f$1".encode())
    path = fill(raw)
    assert rows(path, "SELECT source_uri, content FROM tasks JOIN documents USING (doc_id)") == [
        (name, "\x01\u202e'); --")
    ]


def test_columns_are_those_of_the_tables(fill: Fill) -> None:
    path = fill(raw_of(report(1)))
    extra = {"documents": {"replaces", "duplicate_of", "run_id", "ingested_at"}}
    for table, columns in COLUMNS.items():
        stored = [name for (name,) in rows(path, f"SELECT column_name FROM (DESCRIBE {table})")]
        assert set(stored) - extra.get(table, set()) == set(columns), table
    assert set(Document.model_fields) - {"spans"} <= set(COLUMNS["documents"])
    assert set(Task.model_fields) - {"spans", *CHILDREN.values()} <= set(COLUMNS["tasks"])


def test_every_table_and_column_is_described(fill: Fill) -> None:
    path = fill(raw_of(report(1)))
    assert rows(path, "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL") == []
    plain = "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
    views = "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    assert rows(path, f"{plain} AND table_name NOT IN ({views})") == []
    assert "CREATE TABLE tasks" in ddl()
    assert [number for number, _ in migrations()] == [*range(1, len(migrations()) + 1)]
