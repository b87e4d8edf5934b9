"""Claims: what a report says about its own numbers, recomputed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from extract.claims import claims, total_checks
from schema.text import Text

CASES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "claims.yml").read_text(encoding="utf-8")
)


def _rows(text: str) -> list[str]:
    found = [item.value for item in claims(Text.of(text))]
    return [f"{c.rule} {str(c.ok).lower()} {c.stated} {c.computed}" for c in found]


def _stated(row: str) -> tuple[str, list[str]]:
    text, _, stated = row.partition(" => ")
    return text, stated.split("; ") if stated else []


@pytest.mark.parametrize("row", CASES["in_the_wild"] + CASES["synthetic"] + CASES["negative"])
def test_claims(row: str) -> None:
    text, stated = _stated(row)
    assert _rows(text) == stated


@pytest.mark.parametrize("row", CASES["known_failures"])
@pytest.mark.xfail(strict=True, reason="parts without a bracket or a word that opens them")
def test_known_failure(row: str) -> None:
    text, stated = _stated(row)
    assert _rows(text) == stated


def test_evidence_is_a_slice() -> None:
    page = Text.of("今年承办提案共计257件(单办4件、主办253件)，全部办结。")
    (found,) = claims(page)
    assert found.value.evidence == "257件(单办4件、主办253件)" == page.value[slice(*found.at.bounds())]


@pytest.mark.parametrize(
    ("text", "count", "ok"),
    [
        ("承担的59项市政府工作报告重点任务", 58, False),
        ("承担的59项市政府工作报告重点任务", 59, True),
        ("市政府工作报告重点任务共59项", 59, True),
        ("《市政府工作报告》任务59项", 58, False),
    ],
)
def test_totals(text: str, count: int, ok: bool) -> None:
    (found,) = total_checks(Text.of(text), {"市政府工作报告": count})
    assert (found.value.ok, found.value.stated, found.value.computed) == (ok, "59", str(count))


@pytest.mark.parametrize("text", ["市政府工作报告第59项", "市政府工作报告明确，走访59家", "59项任务"])
def test_no_total(text: str) -> None:
    assert total_checks(Text.of(text), {"市政府工作报告": 1}) == []


@pytest.mark.parametrize(
    "piece", ["1件(", "1件,其中", "1件、", "1件,共计", "占总数的1%", "1件,具体为:", "(", "其中"]
)
def test_linear_time(piece: str) -> None:
    text = Text.of((piece * 50_000)[:50_000])
    started = time.process_time()
    claims(text)
    assert time.process_time() - started < 3
