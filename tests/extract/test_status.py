"""Status: cells, short statements, long texts, mixed states, words that say nothing."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.fields.status import status
from schema.text import Text

CASES: dict[str, list[list[Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "status.yml").read_text(encoding="utf-8")
)
GOOD = [case for name in ("in_the_wild", "synthetic", "negative") for case in CASES[name]]


def _texts(case: list[Any]) -> list[Text]:
    values = case[0] if isinstance(case[0], list) else [case[0]]
    return [Text.of(value) for value in values]


def _read(case: list[Any]) -> str:
    found = status(_texts(case), Text.of(case[2]) if len(case) > 2 else None)
    return found.value.value if found else ""


@pytest.mark.parametrize("case", GOOD, ids=lambda case: str(case[0])[:24])
def test_cases(case: list[Any]) -> None:
    assert _read(case) == case[1]


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", CASES["known_failures"], ids=lambda case: str(case[0])[:24])
def test_known_failures(case: list[Any]) -> None:
    assert _read(case) == case[1]


def test_enough_cases() -> None:
    assert len(GOOD) >= 150


@pytest.mark.parametrize("case", [case for case in GOOD if case[1]], ids=lambda case: str(case[0])[:24])
def test_evidence_is_in_the_text(case: list[Any]) -> None:
    found = status(_texts(case), Text.of(case[2]) if len(case) > 2 else None)
    assert found is not None
    assert any(str(found.at) and str(found.at) in text.value for text in _texts(case))


@pytest.mark.parametrize(
    "unit",
    [
        "已完成",
        "预计",
        "力争前",
        "正在，",
        "完成1",
        "已于1",
        "1项",
        "滞后。",
        "1.已",
        "\n",
        "距目标差",
        "3个未",
        "于月",
        "已",
    ],
)
def test_linear(unit: str) -> None:
    text, task = Text.of((unit * 100_000)[:100_000]), Text.of("高速公路建成通车")
    status([text.cut(0, 100)], task)
    began = time.process_time()
    status([text], task)
    assert time.process_time() - began < 1.5  # 0.2 on a machine with nothing else to do
