"""The whole line, read to records, on the pages in samples/ against the golden files beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.golden import extraction_of, golden_of, records, samples

FIELDS = ("content", "source", "progress", "problems", "next_steps", "deadline", "dimension", "label")

# Samples that the rules don't read right yet, and why; a mended one fails until its line is gone.
KNOWN_FAULTS: dict[str, str] = {}


def marked() -> list[Any]:
    """The samples, known faults as strict expected failures."""
    return [
        pytest.param(
            path, marks=[pytest.mark.xfail(reason=why)] if (why := KNOWN_FAULTS.get(path.name)) else []
        )
        for path in samples()
    ]


def expected(sample: Path) -> dict[str, Any]:
    golden: dict[str, Any] = json.loads(golden_of(sample).read_text(encoding="utf-8"))
    return golden


def name(sample: Path) -> str:
    return sample.name


@pytest.mark.parametrize("sample", marked(), ids=name)
def test_the_records_are_those_expected(sample: Path) -> None:
    found, golden = records(extraction_of(sample)), expected(sample)
    assert found["document"] == golden["document"]
    for task, known in zip(found["tasks"], golden["tasks"], strict=False):
        assert task == known
    assert len(found["tasks"]) == len(golden["tasks"])
    assert found == golden


@pytest.mark.parametrize("sample", samples(), ids=name)
def test_every_field_is_what_its_places_in_the_text_say(sample: Path) -> None:
    extraction = extraction_of(sample)
    text = extraction.document.text
    for task in extraction.tasks:
        for field in FIELDS:
            value = getattr(task, field)
            places = [span for span in task.spans if span.field == field]
            pieces = [
                text[span.text_start : span.text_end] for span in sorted(places, key=lambda s: s.ordinal)
            ]
            assert value in ({None} if not pieces else {"".join(pieces), "\n".join(pieces)})


@pytest.mark.parametrize("sample", samples(), ids=name)
def test_nothing_of_the_page_is_lost(sample: Path) -> None:
    assert extraction_of(sample).document.coverage == 1.0


@pytest.mark.parametrize("sample", samples(), ids=name)
def test_a_second_run_gives_the_same(sample: Path) -> None:
    assert extraction_of(sample) == extraction_of(sample)


@pytest.mark.parametrize("sample", samples(), ids=name)
def test_a_sample_is_worth_a_demonstration(sample: Path) -> None:
    assert 8 <= sum(task["kind"] == "task" for task in expected(sample)["tasks"]) <= 30


def test_every_strategy_and_every_source_form_has_a_sample() -> None:
    layouts = {expected(sample)["document"]["layout"] for sample in samples()}
    forms = {sample.suffix for sample in samples()}
    assert layouts >= {"table", "flattened_table", "labelled_list", "narrative"}
    assert forms >= {".txt", ".html", ".htm", ".csv", ".md"}


@pytest.mark.parametrize(
    ("page", "code"),
    [
        pytest.param("news.html", "not_a_report", marks=pytest.mark.xfail(reason="news becomes a task")),
        ("attachment.txt", "table_in_attachment"),
        ("challenge.html", "not_a_report"),
    ],
)
def test_a_page_without_tasks_says_so(page: str, code: str) -> None:
    extraction = extraction_of(Path(__file__).parent / "pages" / page)
    assert [task for task in extraction.tasks if task.kind == "task"] == []
    assert code in {issue.code for issue in extraction.issues}
