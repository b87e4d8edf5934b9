"""The labelled tasks of three real reports, written in every form, read the same (../shared/gold)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.script import simplify
from ingest.containers import expanded
from pipeline import process
from schema.page import RawDocument
from tests.ingest.formats import made
from tests.ingest.formats.drawn import Look, pdf

GOLD = Path(__file__).parents[4] / "shared" / "gold" / "seeds.json"
HEADER = {
    "seq": "序号",
    "content": "任务内容",
    "source": "任务来源",
    "progress": "落实情况",
    "problems": "存在问题及原因",
}
WIDTHS = {"seq": 30, "content": 130, "source": 80, "progress": 220, "problems": 80}
FIELDS = ("content", "source", "progress", "problems")
SEEDS = ("000", "002", "003")
# The font the drawings use has no `·`; this one stands for it.
DOT = ("·", "・")
pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="needs the shared labels")

Task = dict[str, Any]


@cache
def gold(seed: str) -> tuple[Task, ...]:
    labels = json.loads(GOLD.read_text(encoding="utf-8"))
    return tuple(next(label["tasks"] for name, label in labels.items() if name.startswith(seed)))


def table(seed: str) -> tuple[list[str], list[list[str]]]:
    """The columns that the report has, and its rows below their header."""
    tasks = gold(seed)
    columns = [name for name in HEADER if any(task.get(name) for task in tasks)]
    rows = [[task.get(name) or "" for name in columns] for task in tasks]
    return columns, [[HEADER[name] for name in columns], *rows]


def written(seed: str, form: str) -> bytes:
    columns, rows = table(seed)
    if form == "pdf":
        rows = [[cell.replace(*DOT) for cell in row] for row in rows]
        return pdf(rows, made.TITLE, Look([WIDTHS[name] for name in columns]))
    if form == "mhtml":
        return made.mhtml([("https://www.example.gov.cn/t1.html", made.page(rows))])
    if form == "zip":
        return made.archive({"附件/报告.docx": made.docx(rows)})
    forms = {"txt": made.text, "docx": made.docx, "xlsx": made.xlsx, "odt": made.odt, "ods": made.ods}
    return forms[form](rows)


def tasks(name: str, data: bytes) -> list[list[str]]:
    """The fields of all tasks of the one document in the file."""
    (raw,) = (
        found for found in expanded(RawDocument(name, name, data), 1 << 25) if isinstance(found, RawDocument)
    )
    found = process(raw)
    assert {task.kind for task in found.tasks} == {"task"}
    return [
        [(getattr(task, field) or "").replace(DOT[1], DOT[0]) for field in FIELDS] for task in found.tasks
    ]


def expected(seed: str) -> Iterator[list[str]]:
    for task in gold(seed):
        yield [simplify(task.get(field) or "") for field in FIELDS]


def folded(fields: list[list[str]]) -> list[list[str]]:
    return [[re.sub(r"\s", "", field) for field in task] for task in fields]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["docx", "xlsx", "odt", "ods", "mhtml", "zip"])
def test_a_form_gives_exactly_the_tasks_of_the_text(seed: str, form: str) -> None:
    found = tasks(f"报告.{form}", written(seed, form))
    assert found == list(expected(seed))
    assert folded(found) == folded(tasks("报告.txt", written(seed, "txt")))


@pytest.mark.parametrize("seed", SEEDS)
def test_pdf_gives_exactly_the_tasks_of_the_text(seed: str) -> None:
    found = tasks("报告.pdf", written(seed, "pdf"))
    assert folded(found) == folded(list(expected(seed)))
    assert folded(found) == folded(tasks("报告.txt", written(seed, "txt")))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("across", "above"), [(True, 0.0), (False, 5.0), (False, 0.0)])
def test_pdf_without_ruled_lines_gives_exactly_the_tasks_of_the_text(
    seed: str, across: bool, above: float
) -> None:
    columns, rows = table(seed)
    rows = [[cell.replace(*DOT) for cell in row] for row in rows]
    look = Look([WIDTHS[name] for name in columns], across=across, down=False, above=above)
    assert folded(tasks("报告.pdf", pdf(rows, made.TITLE, look))) == folded(list(expected(seed)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("size", "repeated"), [(7.0, True), (10.5, False), (12.0, False)])
def test_paragraphs_of_pdf_cells_are_kept(seed: str, size: float, repeated: bool) -> None:
    """A paragraph whose last line is full can't be told from one that goes on: at most 3 in 100."""
    columns, rows = table(seed)
    rows = [[cell.replace(*DOT) for cell in row] for row in rows]
    look = Look([WIDTHS[name] for name in columns], size, repeated, sides=size < 12, quotes_last=size > 10)
    found, known = tasks("报告.pdf", pdf(rows, made.TITLE, look)), list(expected(seed))
    assert folded(found) == folded(known)
    wrong = sum(
        a != b for one, other in zip(found, known, strict=True) for a, b in zip(one, other, strict=True)
    )
    assert wrong * 33 <= len(known) * len(columns)
