"""What verify, check and show find in a store that is right, and in one that is not."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from schema.errors import UsageError
from schema.page import Block, Page, RawDocument
from schema.records import Part
from schema.text import Text
from store.check import check
from store.database import reading
from store.show import show
from store.verify import Proof, verify
from tests.store.made import extract, raw_of, report

Fill = Callable[..., Path]


def reread(raw: RawDocument) -> Page:
    text = raw.data.decode()
    blocks, parts = (Block("paragraph", 0, len(text)),), (Part(name="page 1", start=0, end=len(text)),)
    return Page(raw, "text/plain", "utf-8", Text.of(text), blocks, parts=parts)


def proved(path: Path, jobs: int = 0) -> Proof:
    with reading(path) as connection:
        return verify(connection, reread, jobs)


def change(path: Path, sql: str, *values: Any) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql, values)


@pytest.fixture
def path(fill: Fill) -> Path:
    return fill(raw_of(report(3)), raw_of(report(2, word="基地"), "报告/二.txt"))


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_true_store_has_no_faults(path: Path, jobs: int) -> None:
    proof = proved(path, jobs)
    assert (proof.documents, proof.fields, proof.faults) == (2, 2 * 1 + 5 * 4, [])


TAMPERED = [
    ("UPDATE tasks SET content = content || '。' WHERE ordinal = 2", "content"),
    ("UPDATE tasks SET progress = replace(progress, '建成', '完成') WHERE ordinal = 1", "progress"),
    ("UPDATE documents SET text = replace(text, '任务完成', '任务已毕')", "text"),
    ("UPDATE spans SET text_start = text_start + 1 WHERE field = 'progress'", "progress"),
    ("UPDATE spans SET source_end = source_end + 1 WHERE field = 'content'", "content"),
    ("UPDATE spans SET text_end = 1000000 WHERE field = 'content'", "content"),
    ("DELETE FROM spans WHERE field = 'content'", "content"),
    ("UPDATE document_parts SET text_end = text_end - 1", "document_parts"),
    ("DELETE FROM document_parts", "document_parts"),
    ("UPDATE task_units SET raw = '市教委'", "units[1]"),
    ("UPDATE documents SET sha256 = repeat('0', 64)", ""),
    ("UPDATE originals SET bytes = '\\x00'::BLOB", ""),
    ("DELETE FROM originals", ""),
]


@pytest.mark.parametrize(("sql", "field"), TAMPERED)
def test_a_changed_value_is_found(path: Path, sql: str, field: str) -> None:
    change(path, sql)
    assert field in {fault.field for fault in proved(path).faults}


def test_a_changed_byte_of_an_original_is_found(fill: Fill) -> None:
    raw = raw_of(report(2))
    path = fill(raw)
    data = raw.data.replace("建成".encode(), "办成".encode(), 1)
    change(path, "UPDATE originals SET bytes = ?", zlib.compress(data))
    assert [fault.message for fault in proved(path).faults] == [
        "the stored original is not the one whose SHA-256 is recorded"
    ]


def test_check_lists_what_to_look_at(path: Path) -> None:
    change(path, "UPDATE checks SET ok = false, stated = '257', computed = '258'")
    change(
        path, "INSERT INTO issues SELECT doc_id, NULL, 'uncovered_text', 'warning', '', 0, 4 FROM documents"
    )
    with reading(path) as connection:
        found = check(connection)
    assert [record["stated"] for record in found["contradictions"]] == ["257", "257"]
    assert [record["text"] for record in found["uncovered"]] == ["某市20", "某市20"]
    assert [record["tasks"] for record in found["coverage"]] == [3, 2]
    assert found["rejects"] == found["missed_targets"] == found["issues"] == []


def test_show_a_task_with_its_evidence(path: Path) -> None:
    task = extract(raw_of(report(3))).tasks[0]
    with reading(path) as connection:
        (found,) = show(connection, task.task_id)["tasks"]
        assert show(connection, task.task_id[:9]) == {"tasks": [found]}
    assert found["title"] == task.title
    assert found["extra"] == {"备注": "无"}
    assert [unit["raw"] for unit in found["units"]] == ["市科委"]
    place = next(place for place in found["evidence"] if place["field"] == "progress")
    assert place["words"] == task.progress
    assert place["before"].endswith(f"{task.content}\n")
    assert place["after"].startswith("\n第2项")


def test_show_a_document(path: Path) -> None:
    raw = raw_of(report(3))
    with reading(path) as connection:
        found = show(connection, raw.sha256[:16])["document"]
    assert found["source_uri"] == raw.uri
    assert [task["ordinal"] for task in found["tasks"]] == [1, 2, 3]
    assert found["evidence"][0]["words"] == "某市2021年重点任务落实情况"


@pytest.mark.parametrize(
    ("name", "message"), [("ffffffffffffffff", "no task"), ("平台", "hexadecimal"), ("", "no id")]
)
def test_show_what_there_is_not(path: Path, name: str, message: str) -> None:
    with reading(path) as connection, pytest.raises(UsageError, match=message):
        show(connection, name)


def test_a_start_that_several_ids_have_is_not_guessed(fill: Fill) -> None:
    path = fill(raw_of(report(40)))
    with reading(path) as connection:
        pairs = connection.execute("SELECT task_id[:1] FROM tasks GROUP BY 1 HAVING count(*) > 1").fetchall()
        with pytest.raises(UsageError, match="several"):
            show(connection, pairs[0][0])
