"""``v_evidence`` cuts the words of every place, however long the text is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from store.database import reading
from tests.store.made import raw_of, report

Fill = Callable[..., Path]
CUT = "substring(d.text, s.text_start + 1, s.text_end - s.text_start)"


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with reading(path) as connection:
        return connection.execute(sql).fetchall()


def test_the_words_are_those_of_the_text(fill: Fill) -> None:
    """Texts of several pieces; fields that lie in one of them, on an edge, and over several."""
    long = report(2, word="平台𠮷" * 1500)
    path = fill(raw_of(report(200)), raw_of(long, "报告/长.txt"), raw_of(report(1), "报告/短.txt"))
    plain = rows(path, f"SELECT s.*, {CUT} FROM spans s JOIN documents d USING (doc_id) ORDER BY ALL")
    cut = rows(path, "SELECT * EXCLUDE (source_uri, part) FROM v_evidence ORDER BY ALL")
    assert cut == plain
    pieces = {(row[4] // 2048, (row[5] - 1) // 2048) for row in cut}
    assert {after - before for before, after in pieces} >= {0, 1, 2}


def test_a_place_has_the_part_it_begins_in(fill: Fill) -> None:
    path = fill(raw_of(report(3)), raw_of(report(2), "报告/二.txt"))
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM document_parts")
        connection.execute(
            "INSERT INTO document_parts SELECT doc_id, 'page ' || number, 20 * (number - 1),"
            " least(20 * number, length(text)) FROM documents, range(1, 9) t(number)"
            " WHERE file_name = '一.txt' AND 20 * (number - 1) < length(text)"
        )
    found = rows(path, "SELECT source_uri, part, text_start FROM v_evidence")
    expected = {(f"page {at // 20 + 1}" if uri.endswith("一.txt") else None) for uri, _, at in found}
    assert len(expected) > 3
    assert [part for _, part, _ in found] == [
        f"page {at // 20 + 1}" if uri.endswith("一.txt") else None for uri, _, at in found
    ]
