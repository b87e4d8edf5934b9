"""Dates in every form that pages print."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.dates import clock_end, dates, leading_date
from schema.text import Text

CASES: dict[str, list[list[Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "dates.yml").read_text(encoding="utf-8")
)
GOOD = [case for name in ("in_the_wild", "synthetic", "negative") for case in CASES[name]]


def read(words: str) -> list[dt.date]:
    text = Text.of(words.removeprefix("republic "), 7)
    found = list(dates(text, republic=words.startswith("republic ")))
    for date in found:
        start, end = date.at.bounds()
        assert text.value[start - 7 : end - 7] == date.at.value
    return [date.value for date in found]


@pytest.mark.parametrize(("words", "days"), GOOD)
def test_cases(words: str, days: list[dt.date]) -> None:
    assert read(words) == days


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize(("words", "days"), CASES["known_failures"])
def test_known_failures(words: str, days: list[dt.date]) -> None:
    assert read(words) == days


def test_leading_date_stands_first() -> None:
    found = leading_date(Text.of("2019-01-15 | 编辑:某某"))
    assert found is not None
    assert found.value == dt.date(2019, 1, 15)
    assert leading_date(Text.of("编辑:某某 2019-01-15")) is None


def test_clock_follows_a_date() -> None:
    assert clock_end("2014-12-10 00:00 微信", 10) == 16
    assert clock_end("2014-12-10 微信", 10) == 10
