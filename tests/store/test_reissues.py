"""Copies of one text and corrected reissues: each is kept, and views show the one that counts."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from pathlib import Path
from typing import Any

import duckdb
import pytest

from schema.page import RawDocument
from store.batch import Job, prepare
from store.database import migrations, reading
from store.reissues import SHARED
from store.rows import NOTHING_GIVEN, Given
from store.workspace import writing
from store.write import add_addresses, save, settle
from tests.store.made import NOW, extract, raw_of, report

PUBLISHED = {"2022-01-14": dt.date(2022, 1, 14), "2022-03-01": dt.date(2022, 3, 1), "none": None}


def process(raw: RawDocument, given: Given) -> Any:
    """A report whose name tells when it was published (``a.2022-03-01.txt``); no-break spaces are spaces."""
    done = extract(raw, year=given.report_year or 2021)
    on = PUBLISHED[raw.name.split(".")[-2]] if raw.name.count(".") == 2 else dt.date(2022, 1, 14)
    text = done.document.text.replace("\u00a0", " ")
    return done.model_copy(
        update={"document": done.document.model_copy(update={"published_on": on, "text": text})}
    )


def stored(path: Path, *raws: RawDocument, day: int = 0, year: int | None = None) -> None:
    """One run of a day."""
    now = NOW + dt.timedelta(days=day)
    given = NOTHING_GIVEN if year is None else Given(year)
    with writing(path) as space:
        save(space.connection, [prepare(process, Job(raw, given)) for raw in raws], "r", now)
        add_addresses(space.connection, [(raw.sha256[:16], raw.uri, raw.name) for raw in raws], "r", now)
        settle(space.connection)
        space.publish()


def relations(path: Path, column: str) -> dict[str, str]:
    """File name → file name, for the documents that have one."""
    sql = f"SELECT a.file_name, b.file_name FROM documents a JOIN documents b ON b.doc_id = a.{column}"
    with reading(path) as connection:
        return dict(connection.execute(sql).fetchall())


def current(path: Path) -> list[str]:
    sql = "SELECT file_name, count(*) FROM current_tasks JOIN documents USING (doc_id) GROUP BY 1 ORDER BY 1"
    with reading(path) as connection:
        return [name for name, _ in connection.execute(sql).fetchall()]


FIRST = raw_of(report(5), "a.2022-01-14.txt")
CORRECTED = raw_of(report(5).replace("已建成5个", "已建成6个"), "b.2022-03-01.txt")


def test_a_correction_elsewhere_replaces_the_earlier_one_in_any_order(tmp_path: Path) -> None:
    for number, order in enumerate(permutations([FIRST, CORRECTED])):
        for days in ((0, 0), (0, 1)):
            path = tmp_path / f"{number}{days[1]}.duckdb"
            for raw, day in zip(order, days, strict=True):
                stored(path, raw, day=day)
            assert relations(path, "replaces") == {"b.2022-03-01.txt": "a.2022-01-14.txt"}
            assert current(path) == ["b.2022-03-01.txt"]


def test_of_several_corrections_each_replaces_the_one_before(database: Path) -> None:
    third = raw_of(report(5).replace("已建成5个", "已建成7个"), "d.2022-03-01.txt")
    stored(database, FIRST, CORRECTED)
    stored(database, third, day=1)
    assert relations(database, "replaces") == {
        "b.2022-03-01.txt": "a.2022-01-14.txt",
        "d.2022-03-01.txt": "b.2022-03-01.txt",
    }
    assert current(database) == ["d.2022-03-01.txt"]


@pytest.mark.parametrize(
    "other",
    [
        raw_of(report(5).replace("任务完成", "正在推进"), "q.2022-03-01.txt"),
        raw_of(report(5).replace("某市", "别市"), "q.2022-03-01.txt"),
        raw_of(
            report(5) + "".join(f"\n第{n}项:新任务{n}\n进展{n}" for n in range(6, 10)), "q.2022-03-01.txt"
        ),
    ],
    ids=["next quarter", "other title", "most tasks new"],
)
def test_what_is_no_correction(database: Path, other: RawDocument) -> None:
    assert SHARED > 5 / 9
    stored(database, FIRST, other)
    assert relations(database, "replaces") == {}
    assert current(database) == ["a.2022-01-14.txt", "q.2022-03-01.txt"]


def test_of_two_of_one_run_and_one_date_neither_is_later(database: Path) -> None:
    twin = raw_of(report(5).replace("已建成5个", "已建成6个"), "b.2022-01-14.txt")
    stored(database, FIRST, twin)
    assert relations(database, "replaces") == {}
    assert len(current(database)) == 2


def test_a_document_at_the_address_of_another_one_replaces_it(database: Path) -> None:
    old, new = raw_of(report(1)), raw_of(report(3))
    for day, raw in enumerate((old, new, new, old)):
        stored(database, raw, day=day)
    with reading(database) as connection:
        found = dict(connection.execute("SELECT doc_id, replaces FROM documents").fetchall())
    assert found == {old.sha256[:16]: None, new.sha256[:16]: old.sha256[:16]}


def test_the_next_year_at_the_same_address_replaces_nothing(database: Path) -> None:
    stored(database, raw_of(report(2)), year=2021)
    stored(database, raw_of(report(2, year=2022)), day=1, year=2022)
    assert relations(database, "replaces") == {}


def test_copies_of_one_text_are_kept_and_marked(tmp_path: Path) -> None:
    spaced = raw_of(report(2).replace("年重点", "年 重点"), "d.2022-03-01.txt")
    nbsp = raw_of(report(2).replace("年重点", "年\u00a0重点"), "e.none.txt")
    for number, order in enumerate(permutations([spaced, nbsp])):
        path = tmp_path / f"{number}.duckdb"
        stored(path, *order)
        assert relations(path, "duplicate_of") == {"e.none.txt": "d.2022-03-01.txt"}
        assert relations(path, "replaces") == {}
        assert current(path) == ["d.2022-03-01.txt"]


def test_pages_without_tasks_are_no_copies(database: Path) -> None:
    stored(database, raw_of("附件 下载", "a.txt"), raw_of("附件\u00a0下载", "b.txt"))
    assert relations(database, "duplicate_of") == {}


def test_an_older_database_gets_the_same_fingerprints(database: Path) -> None:
    stored(database, FIRST, CORRECTED, raw_of("附件下载", "z.txt"))
    with duckdb.connect(str(database)) as connection:
        new = connection.execute("FROM fingerprints ORDER BY doc_id").fetchall()
        (sql,) = [text for number, text in migrations() if number == 5]
        for view in ("current_tasks", "current_documents"):
            connection.execute(f"DROP VIEW {view}")
        connection.execute("DROP TABLE fingerprints; ALTER TABLE documents DROP COLUMN duplicate_of")
        connection.execute(sql)
        assert connection.execute("FROM fingerprints ORDER BY doc_id").fetchall() == new
    assert len(new) == 3
