from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.layouts.prose.chain import nested, run
from extract.numbering import head, inline

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/numbering.yml").read_text(encoding="utf-8"))
RULES = [case for bin_ in ("in_the_wild", "synthetic", "negative") for case in CASES[bin_]]


@pytest.mark.parametrize("case", RULES, ids=lambda case: case["text"])
def test_head(case: dict[str, Any]) -> None:
    marker = head(case["text"])
    assert ([marker.style, marker.number] if marker else None) == case["marker"]


def test_label_is_printed_without_its_stop() -> None:
    value = "第3项：落实"
    marker = head(value)
    assert marker is not None
    assert marker.label(value) == "第3项"
    assert value[marker.end :] == "落实"


def test_nested_runs_leave_numbers_of_the_text_alone() -> None:
    value = (
        "一、总体情况 （一）投资。完成3.5亿元。 （二）就业。新增2.1万人。二、问题 （一）人手少"
        "。 （二）经费紧。"
    )
    found = nested(list(inline(value, frozenset({"cn", "cn_paren", "num"}), anywhere=True)))
    assert [(m.style, m.number) for m in found] == [
        ("cn", 1),
        ("cn_paren", 1),
        ("cn_paren", 2),
        ("cn", 2),
        ("cn_paren", 1),
        ("cn_paren", 2),
    ]


def test_numbers_may_run_on_across_sections() -> None:
    value = "一、甲 1.修路。 2.架桥。 二、乙 3.植树。 4.护林。"
    found = nested(list(inline(value, frozenset({"cn", "num"}))))
    assert [m.number for m in found if m.style == "num"] == [1, 2, 3, 4]


def test_run_needs_a_second() -> None:
    assert run(list(inline("一是修路。", frozenset({"point"})))) == []
    assert [m.number for m in run(list(inline("一是修路。二是架桥。四是植树。", frozenset({"point"}))))] == [
        1,
        2,
    ]
