"""Mentions: policies with numbers, organisations, events, dates, places; nothing twice."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.context import Context
from extract.fields.mentions import mentions
from schema.text import Text

CASES: dict[str, list[list[Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "mentions.yml").read_text(encoding="utf-8")
)
GOOD = [case for name in ("in_the_wild", "synthetic", "negative") for case in CASES[name]]
BEIJING = Context(agency="北京市科委", report_year=2021, region="北京市")
BODIES = ["国办发", "京政发", "中科园发", "财教", "京发改规", "岚综管办", "工信部联科"]
BRACKETS = ["〔〕", "[]", "【】", "（）", "()", "﹝﹞", "［］", "〖〗"]
AROUND = ["（{}）", "({})", "{}", " {}", "【{}】"]


def _check(text: str, expected: list[str]) -> None:
    found = mentions("progress", Text.of(text), BEIJING)
    assert [f"{mention.value.type} {mention.value.text}" for mention in found] == [
        line.split(" = ")[0].split(" # ")[0] for line in expected
    ]
    for mention, line in zip(found, expected, strict=True):
        _, _, doc_no = line.partition(" # ")
        _, said, normalized = line.partition(" # ")[0].partition(" = ")
        assert text[slice(*mention.at.bounds())] == mention.value.text
        assert mention.value.doc_no == (doc_no or None)
        if said:
            assert mention.value.normalized == (None if normalized == "~" else normalized)


@pytest.mark.parametrize(("text", "expected"), GOOD)
def test_cases(text: str, expected: list[str]) -> None:
    _check(text, expected)


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize(("text", "expected"), CASES["known_failures"])
def test_known_failures(text: str, expected: list[str]) -> None:
    _check(text, expected)


def test_enough_cases_and_none_twice() -> None:
    given = [text for bin_ in CASES.values() for text, _ in bin_]
    assert len(given) >= 150
    assert len(given) == len(set(given))


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("brackets", BRACKETS)
@pytest.mark.parametrize("body", BODIES)
def test_every_bracket_form(body: str, brackets: str, around: str) -> None:
    number = around.format(f"{body}{brackets[0]}2021{brackets[1]}12号")
    found = mentions("progress", Text.of(f"印发《管理办法》{number}，组织实施"), Context())
    assert [(m.value.text, m.value.doc_no) for m in found] == [("《管理办法》", f"{body}〔2021〕12号")]


def test_ambiguous_place_stays_open() -> None:
    text = Text.of("在朝阳区试点")
    assert [m.value.normalized for m in mentions("progress", text, Context(region="吉林省"))] == [None]


@pytest.mark.parametrize("text", ["9月24日", "1-11月", "今年上半年", "2020年9月至今年3月", "去年12月"])
def test_no_year_no_date(text: str) -> None:
    assert [m.value.normalized for m in mentions("progress", Text.of(text), Context())] == [None]


@pytest.mark.parametrize(("year", "said"), [(2021, "2021-11/2022-02"), (2024, "2024-11/2025-02")])
def test_the_report_dates_a_span(year: int, said: str) -> None:
    found = mentions("progress", Text.of("11月至次年2月"), Context(report_year=year))
    assert [m.value.normalized for m in found] == [said]


@pytest.mark.parametrize(
    "unit",
    [
        "《",
        "《》",
        "市财政局",
        "1月",
        "北京",
        "大会",
        "发〔2021〕",
        "和",
        "推动市",
        "一",
        "1",
        "建设",
        "新建1家",
        "2021年1月至",
        "今年1-",
        "1月至次年",
        "长春市朝阳区",
        "《》，文号为",
    ],
)
def test_linear(unit: str) -> None:
    text = Text.of((unit * 100_000)[:100_000])
    mentions("progress", text.cut(0, 100), BEIJING)
    began = time.process_time()
    mentions("progress", text, BEIJING)
    assert time.process_time() - began < 1.5  # 0.2 on a machine with nothing else to do
