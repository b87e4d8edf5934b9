"""Deadlines: the last day meant, in cells and in running text."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.context import Context
from extract.fields.deadlines import deadline
from schema.text import Text

CASES: dict[str, list[list[Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "deadlines.yml").read_text(encoding="utf-8")
)
GOOD = [case for name in ("in_the_wild", "synthetic", "negative") for case in CASES[name]]


def _read(words: str, year: int) -> str:
    found = deadline(Text.of(str(words)), Context(report_year=year or None))
    if found is None:
        return ""
    assert str(found.at)
    assert str(found.at) in str(words)
    return found.value.isoformat() if found.value else "open"


@pytest.mark.parametrize(("words", "year", "day"), GOOD)
def test_cases(words: str, year: int, day: Any) -> None:
    assert _read(words, year) == str(day)


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize(("words", "year", "day"), CASES["known_failures"])
def test_known_failures(words: str, year: int, day: Any) -> None:
    assert _read(words, year) == str(day)


def test_a_cell_holds_a_bare_time() -> None:
    cell = Text.of("2021年大会召开时")
    assert deadline(cell, Context()) is None
    found = deadline(cell, Context(), cell=True)
    assert found is not None
    assert str(found.at) == "2021年"


@pytest.mark.parametrize("unit", ["1", "12月", "2025年", "二〇", "年底", "十", "2023."])
def test_linear(unit: str) -> None:
    text = Text.of((unit * 100_000)[:100_000])
    began = time.process_time()
    deadline(text, Context(report_year=2022))
    assert time.process_time() - began < 1.5  # 0.2 on a machine with nothing else to do
