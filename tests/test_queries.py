"""Every question in docs/queries.md has the answer it promises on the pages in samples/."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from tests.tour import ROOT, store

PAGE: Final = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
# A heading in English, a line in Chinese, a fenced statement, and the columns of its answer.
QUESTION: Final = re.compile(
    r"^### (?P<number>\d+)\. (?P<english>.+)\n(?P<chinese>.+)\n\n"
    r"```sql\n(?P<sql>(?:(?!```).*\n)+)```\nColumns: (?P<columns>.+)\n",
    re.MULTILINE,
)


class Question(NamedTuple):
    number: int
    english: str
    chinese: str
    sql: str
    columns: list[str]


class Result(NamedTuple):
    columns: list[str]
    rows: list[dict[str, Any]]


def questions() -> list[Question]:
    return [
        Question(
            int(found["number"]),
            found["english"],
            found["chinese"],
            found["sql"],
            re.findall(r"`(\w+)`", found["columns"]),
        )
        for found in QUESTION.finditer(PAGE)
    ]


QUESTIONS: Final = {question.number: question for question in questions()}


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "ducha.duckdb"
    store(path)
    return path


def answer(database: Path, sql: str) -> Result:
    """What `ducha query` answers, through its sandbox."""
    from store.query import answering

    with answering(database, sql, timeout=5) as found:
        rows = [dict(zip(found.columns, row, strict=True)) for batch in found.batches for row in batch]
        return Result(found.columns, rows)


def test_every_statement_of_the_page_is_a_question_with_its_columns() -> None:
    assert len(QUESTIONS) == PAGE.count("```sql")
    assert list(QUESTIONS) == list(range(1, len(QUESTIONS) + 1))
    assert len(QUESTIONS) >= 25


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.english)
def test_a_question_is_asked_in_both_languages(question: Question) -> None:
    assert re.search(r"^[A-Z].*[?.)]$", question.english)
    assert re.search(r"[\u4e00-\u9fff]{4}.*[？。）]$", question.chinese)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.english)
def test_a_question_has_an_answer_on_the_samples(question: Question, database: Path) -> None:
    found = answer(database, question.sql)
    assert found.columns == question.columns
    assert found.rows


def test_every_table_and_view_of_records_is_asked_about() -> None:
    asked = " ".join(question.sql for question in QUESTIONS.values())
    tables = (
        "documents tasks task_records task_sources task_steps task_units metrics v_metrics mentions targets"
    )
    others = "v_evidence labels v_flags checks originals addresses runs"
    assert [name for name in f"{tables} {others}".split() if not re.search(rf"\b{name}\b", asked)] == []


def test_money_by_task_and_year(database: Path) -> None:
    rows = answer(database, QUESTIONS[16].sql).rows
    fund = next(row for row in rows if row["year"] == 2023 and "母基金" in row["task"])
    assert fund["largest_yuan"] == 2_060_000_000
    assert "9.34亿元" in fund["words"]


def test_unfinished_work(database: Path) -> None:
    rows = {row["task"]: row for row in answer(database, QUESTIONS[6].sql).rows}
    assert rows["改造老旧小区26个"]["status"] == "behind"
    assert rows["改造老旧小区26个"]["words"] == "未完成"
    assert not {"整治黑臭水体5条", "淘汰35蒸吨以下燃煤锅炉27台"} & set(rows)


def test_who_leads_what(database: Path) -> None:
    rows = answer(database, QUESTIONS[13].sql).rows
    assert {"白鹭区教育局"} == {row["unit"] for row in rows if row["task"] == "新建公办幼儿园4所"}
    assert {row["role"] for row in rows} == {"lead", "responsible"}


def test_targets_missed(database: Path) -> None:
    rows = {(row["year"], row["subject"]): row for row in answer(database, QUESTIONS[21].sql).rows}
    assert rows[2021, "技术合同成交额"]["percent"] == 90.6
    assert (2022, "技术合同成交额") not in rows


def test_policy_documents(database: Path) -> None:
    policies = {row["policy"]: row["verb"] for row in answer(database, QUESTIONS[24].sql).rows}
    assert policies["青岚市科学技术进步条例"] in {"审议", "修订"}


def test_every_metric_is_what_its_span_says(database: Path) -> None:
    (row,) = answer(database, QUESTIONS[32].sql).rows
    assert row["metrics"] >= 20
    assert row["different"] == 0
