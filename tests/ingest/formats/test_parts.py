"""Where in an original without characters of its own a text stands: its pages, cells, rows."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

import cli
from ingest.formats.manuscript import Box, Manuscript
from ingest.read import read_page
from schema.page import Page, RawDocument
from schema.records import Extraction, Part
from tests.ingest.formats import made
from tests.ingest.formats.drawn import Look, pdf
from tests.ingest.formats.test_pdf import HEADER, LONG, WIDTHS

ROWS = [HEADER, ["1", "新建平台", "已建成平台，任务完成。"], ["2", "修路", "道路通车。"]]


def page(name: str, data: bytes) -> Page:
    return read_page(RawDocument(name, name, data))


def part_of(found: Page, words: str) -> str | None:
    """The part of the words' first character, as a task's place would be looked up."""
    at = found.text.value.index(words)
    return Extraction.model_construct(parts=found.parts).part(at)


def assert_seamless(found: Page) -> None:
    """Parts cover the text from its start to its end, each stretch as long as it can be."""
    assert [found.parts[0].start, found.parts[-1].end] == [0, len(found.text)]
    assert all(a.end == b.start and a.name != b.name for a, b in pairwise(found.parts))


def test_words_of_a_pdf_stand_on_its_pages() -> None:
    rows = [HEADER, *([str(i), f"新建第{i}个平台", LONG] for i in range(1, 16))]
    found = page("a.pdf", pdf(rows, "任务落实情况", Look(WIDTHS, 10), ["附注：数据为初步统计"]))
    assert_seamless(found)
    pages = [part_of(found, f"新建第{i}个平台") or "" for i in range(1, 16)]
    numbers = [int(name.removeprefix("page ")) for name in pages]
    assert (numbers[0], numbers) == (1, sorted(numbers))
    last = max(numbers)
    assert last > 2
    assert part_of(found, "附注") == f"page {last}"
    for number in range(1, last + 1):
        assert part_of(found, f"— {number} —") == f"page {number}"


def test_a_cell_that_a_page_breaks_stands_on_both() -> None:
    found = page("a.pdf", pdf([HEADER, ["1", "新建平台", LONG * 8]], "任务", Look(WIDTHS, 10)))
    start = found.text.value.index(LONG)
    names = [part.name for part in found.parts if part.start >= start or part.end > start]
    assert names[:2] == ["page 1", "page 2"]


def test_words_of_a_workbook_stand_in_its_cells() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for name in ("落实情况", "附件 1"):
        sheet = book.active if name == "落实情况" else book.create_sheet(name)
        assert sheet is not None
        sheet.title = name
        for number, row in enumerate(ROWS, 4):
            for column, value in enumerate(row, 2):
                sheet.cell(number, column, value + (" 附" if name != "落实情况" else ""))
    data = io.BytesIO()
    book.save(data)
    found = page("a.xlsx", data.getvalue())
    assert_seamless(found)
    assert part_of(found, "已建成平台") == "落实情况!D5"
    assert part_of(found, "道路通车。 附") == "'附件 1'!D6"


def test_words_of_a_word_document_stand_in_rows_and_paragraphs() -> None:
    found = page("a.docx", made.docx(ROWS))
    assert_seamless(found)
    assert part_of(found, made.TITLE) == "paragraph 1"
    assert part_of(found, "已建成平台") == "table 1 row 2"


def test_parts_move_with_what_is_repaired_before_them() -> None:
    manuscript = Manuscript()
    damaged = "落实".encode().decode("latin-1")
    manuscript.line(f"全市{damaged}重点任务" * 3)
    manuscript.table([[Box(("任务",)), Box(("进展",))], [Box(("地铁",)), Box(("通车",))]])
    found = manuscript.page(RawDocument("a.docx", "a.docx", b""), "application/x", "docx")
    assert found.text.value.startswith("全市落实重点任务全市")
    assert_seamless(found)
    assert part_of(found, "地铁") == "table 1 row 2"


@pytest.mark.parametrize(("name", "data"), [("a.txt", made.text(ROWS)), ("a.html", made.page(ROWS).encode())])
def test_text_and_pages_have_offsets_instead(name: str, data: bytes) -> None:
    assert page(name, data).parts == ()


def test_before_the_first_part_there_is_none() -> None:
    extraction = Extraction.model_construct(parts=(Part(name="page 1", start=2, end=4),))
    assert [extraction.part(at) for at in (1, 2, 3)] == [None, "page 1", "page 1"]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli.app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_parts_are_stored_shown_and_explained(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(made.xlsx(ROWS))
    (tmp_path / "b.txt").write_bytes(made.text([*ROWS, ["3", "建桥", "已完成。"]]))
    path = str(tmp_path / "a.duckdb")
    run("ingest", "--db", path, str(tmp_path))
    with duckdb.connect(path, read_only=True) as connection:
        found = connection.execute(
            "SELECT d.encoding, e.field, e.part FROM v_evidence e JOIN documents d USING (doc_id)"
            " JOIN tasks t USING (doc_id, task_id) WHERE t.seq = '1' AND e.field = 'progress' ORDER BY ALL"
        ).fetchall()
        ((task_id,),) = connection.execute(
            "SELECT task_id FROM tasks JOIN documents USING (doc_id) WHERE encoding = 'xlsx' AND seq = '1'"
        ).fetchall()
    assert found == [("utf-8", "progress", None), ("xlsx", "progress", "Sheet!C3")]
    shown = run("show", "--db", path, task_id)
    assert "; Sheet!C3  " in shown
    both = json.loads(run("show", "--db", path, "--format", "json", task_id))["tasks"]  # by hash
    assert "Sheet!C3" in {place["part"] for task in both for place in task["evidence"]}
    assert "│ Sheet!A3 │ 1" in run("explain", str(tmp_path / "a.xlsx"))
