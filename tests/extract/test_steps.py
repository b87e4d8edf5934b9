"""Steps: markers, runs, depth, topic phrases; numbers that start none."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.fields.steps import steps, topic
from extract.script import simplify
from ingest.fragment import paragraphs
from schema.text import Text

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "steps.yml").read_text(encoding="utf-8")
)
GOOD = [case for name in ("in_the_wild", "synthetic", "negative") for case in CASES[name]]

STYLES = {
    "arabic dot": [f"{n}." for n in range(1, 13)],
    "arabic wide dot": [f"{n}．" for n in range(1, 13)],
    "arabic comma": [f"{n}、" for n in range(1, 13)],
    "bracket": [f"（{n}）" for n in range(1, 13)],
    "narrow bracket": [f"({n})" for n in range(1, 13)],
    "half bracket": [f"{n}）" for n in range(1, 13)],
    "circle": list("①②③④⑤⑥⑦⑧⑨⑩⑪⑫"),
    "chinese bracket": [f"（{n}）" for n in "一二三四五六七八九十"] + ["（十一）", "（十二）"],
    "point": [f"{n}是" for n in "一二三四五六七八九十"] + ["十一是", "十二是"],
    "must": [f"{n}要" for n in "一二三四五六七八九十"] + ["十一要", "十二要"],
    "nth": [f"第{n}，" for n in "一二三四五六七八九十"] + ["第十一，", "第十二，"],
}
BETWEEN = ["。", "；", ";", "\n", "。\n", "。 ", "。　"]
BODIES = ["推进2.0阶段建设", "支出1.01亿元", "新增“5G+8K”项目3个"]


def _given(case: dict[str, Any]) -> str:
    """A case's text as a page gives it: a cell's markup as lines, traditional script folded."""
    if "html" in case:
        return "\n".join(part.value for part in paragraphs(Text.of(case["html"])))
    return simplify(case["text"]) if case.get("script") == "Hant" else case["text"]


def _name(case: dict[str, Any]) -> str:
    return str(case.get("text", case.get("html")))[:24]


def _read(text: str) -> list[list[Any]]:
    return [
        [found.value.depth, found.value.marker or "", found.value.text]
        for found in steps("progress", Text.of(text))
    ]


@pytest.mark.parametrize("case", GOOD, ids=_name)
def test_cases(case: dict[str, Any]) -> None:
    assert _read(_given(case)) == case["steps"]


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", CASES["known_failures"], ids=_name)
def test_known_failures(case: dict[str, Any]) -> None:
    assert _read(_given(case)) == case["steps"]


def test_enough_cases_and_none_twice() -> None:
    given = [_given(case) for bin_ in CASES.values() for case in bin_]
    assert len(given) >= 200
    assert len(given) == len(set(given))


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("style", STYLES)
def test_every_style_in_every_place(style: str, body: str, between: str) -> None:
    text = between.join(marker + body for marker in STYLES[style])
    found = steps("progress", Text.of(text))
    assert [step.value.marker for step in found] == STYLES[style]
    assert {step.value.text.rstrip("。；;") for step in found} == {body}


def test_at_is_marker_and_text_in_the_page() -> None:
    page = "前文。1.立项。2.招标。"
    found = steps("progress", Text.of(page[3:], at=3))
    assert [page[slice(*step.at.bounds())] for step in found] == ["1.立项。", "2.招标。"]
    assert found[0].rule == "steps.num"


def test_titles() -> None:
    text = Text.of("1.推进机构改革。贯彻方案。2.中意合作周改期举办。3.开展4场活动。共有3家参加。")
    assert [step.value.title for step in steps("progress", text)] == ["推进机构改革", None, None]
    assert topic("成果转化体系逐步完善。推动建设") == "成果转化体系逐步完善"


@pytest.mark.parametrize(
    "unit",
    [
        "1.",
        "（1）",
        "一是",
        "加强统筹。做\n",
        "1.一是",
        "首先，",
        "(",
        " 1",
        "①",
        "一、",
        "——\n",
        "第一步，",
        "一来",
        "一是一",
    ],
)
def test_linear(unit: str) -> None:
    text = Text.of((unit * 100_000)[:100_000])
    began = time.process_time()
    steps("progress", text)
    assert time.process_time() - began < 1.5  # 0.2 on a machine with nothing else to do
