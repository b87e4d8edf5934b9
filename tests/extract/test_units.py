"""Units: lists, labels, verbs, trailing parentheses, partners in prose, canonical names."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.context import Context
from extract.fields.units import assigned, partners, units
from extract.found import Found
from schema.records import Unit
from schema.text import Text

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "units.yml").read_text(encoding="utf-8")
)
GOOD = [case for name in ("in_the_wild", "synthetic", "negative") for case in CASES[name]]


def _read(case: dict[str, Any]) -> tuple[str | None, list[Found[Unit]]]:
    context = Context(
        agency=case.get("agency"),
        report_year=case.get("year"),
        region=case.get("region"),
        first_leads=case.get("first", False),
    )
    text = Text.of(case["text"])
    if case["of"] == "assigned":
        rest, found = assigned(text, context)
        return str(rest), found
    if case["of"] == "partners":
        return None, partners(text, context)
    return None, units(text, context, case.get("role", "responsible"))


def _check(case: dict[str, Any]) -> None:
    rest, found = _read(case)
    assert [[unit.value.role, unit.value.unit] for unit in found] == case["found"]
    assert rest == case.get("rest")
    for unit in found:
        assert case["text"][slice(*unit.at.bounds())] == unit.value.raw == str(unit.at)


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case["text"][:24])
def test_cases(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", CASES["known_failures"], ids=lambda case: case["text"][:24])
def test_known_failures(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.parametrize(
    "unit", ["局、", "（", "会同市", "牵头", "市水务局 ", "与市局共同", "（牵头）", "\n", "各市、"]
)
def test_linear(unit: str) -> None:
    text = Text.of((unit * 100_000)[:100_000])
    units(text.cut(0, 100), Context())
    began = time.process_time()
    units(text, Context())
    assigned(text, Context())
    partners(text, Context())
    assert time.process_time() - began < 1.5  # 0.2 each on a machine with nothing else to do
