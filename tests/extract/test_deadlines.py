"""Deadlines: the last day meant, in cells and in running text."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.context import Context
from extract.fields.deadlines import deadline
from schema.records import Extraction
from schema.text import Text

Extracted = Callable[..., Extraction]

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


@pytest.mark.parametrize("label", ["完成时限", "完成时间", "时限", "办结时限", "时间节点"])
@pytest.mark.parametrize("colon", ["：", ":"])
def test_a_deadline_beside_the_units(extracted: Extracted, label: str, colon: str) -> None:
    text = (
        "关于印发2025年任务分工方案的通知\n一、市场准入\n"
        f"1.推行一网通办，开办时间压缩至0.5天。（牵头单位：县数据局；{label}{colon}2025年6月底前）\n"
        f"2.清理隐性壁垒，开展专项清理。（牵头单位：县发改局，{label}{colon}持续推进；责任单位：县司法局）\n"
        f"3.压减用电环节至2个。（{label}{colon}2025年9月底，责任人：某某；牵头单位：县供电公司）。\n"
    )
    tasks = extracted(text).tasks
    assert [task.deadline for task in tasks] == ["2025年6月底前", "持续推进", "2025年9月底"]
    assert [[unit.raw for unit in task.units] for task in tasks] == [
        ["县数据局"],
        ["县发改局", "县司法局"],
        ["县供电公司"],
    ]
