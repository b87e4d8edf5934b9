"""Targets against results: which numbers answer which, and the verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from extract.context import Context
from extract.fields.metrics import metrics
from extract.fields.targets import targets
from extract.found import Found
from schema.records import Target
from schema.text import Text

CASES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "targets.yml").read_text(encoding="utf-8")
)


def _read(row: str) -> tuple[Text, list[Found[Target]]]:
    phrases = row.partition("=>")[0].strip()
    page = Text.of(phrases)
    at = phrases.index(" / ")
    content, progress = page[:at], page[at + 3 :]
    found = metrics("content", content, Context()) + metrics("progress", progress, Context())
    return page, targets(content, progress, found)


def _rows(row: str) -> list[str]:
    return [f"{t.value.target:.15g} {t.value.result:.15g} {t.value.verdict}" for t in _read(row)[1]]


def _stated(row: str) -> list[str]:
    stated = row.partition("=>")[2].strip()
    return [stated] if stated else []


@pytest.mark.parametrize("row", CASES["in_the_wild"] + CASES["synthetic"] + CASES["negative"])
def test_verdict(row: str) -> None:
    assert _rows(row) == _stated(row)


@pytest.mark.parametrize("row", CASES["known_failures"])
@pytest.mark.xfail(strict=True, reason="nouns in another order")
def test_known_failure(row: str) -> None:
    assert _rows(row) == _stated(row)


def test_raw_joins_two_slices_of_the_page() -> None:
    page, (found,) = _read("新建10个协同创新平台 / 新建9个协同创新平台")
    assert found.value.raw == "10个\n9个"
    assert [page.value[a:b] for a, b in found.at.pieces()] == ["10个", "9个"]
    assert (found.value.subject, found.value.unit, found.value.ratio) == ("协同创新平台", "个", 0.9)


def test_no_progress_no_target() -> None:
    content = Text.of("新建10个平台")
    assert targets(content, None, metrics("content", content, Context())) == []
