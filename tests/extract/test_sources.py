"""Sources: names and item numbers of what assigned a task."""

from __future__ import annotations

import time

import pytest

from extract.fields.sources import sources
from schema.text import Text

CASES: dict[str, list[tuple[str, str | None]]] = {
    "市政府工作报告第2项": [("市政府工作报告", "2")],
    "市政府工作报告第2项、日常履职考核事项": [("市政府工作报告", "2"), ("日常履职考核事项", None)],
    "日常履职考核事项": [("日常履职考核事项", None)],
    "市政府重点工作": [("市政府重点工作", None)],
    "折子工程第12项": [("折子工程", "12")],
    "省委1号文": [("省委1号文", None)],
    "省委1号文，市政府折子工程第十二项": [("省委1号文", None), ("市政府折子工程", "十二")],
    "《政府工作报告》第3项；民生实事第5件": [("政府工作报告", "3"), ("民生实事", "5")],
    "市政府工作报告第2、3项": [("市政府工作报告", "2"), ("市政府工作报告", "3")],
    "市政府工作报告第2项和第5项": [("市政府工作报告", "2"), ("市政府工作报告", "5")],
    "市政府工作报告第2-5项": [("市政府工作报告", "2-5")],
    "市政府工作报告（第7项）": [("市政府工作报告", "7")],
    "城市总体规划实施任务26-1": [("城市总体规划实施任务", "26-1")],
    "市政府工作报告第2项\n日常履职考核事项": [("市政府工作报告", "2"), ("日常履职考核事项", None)],
    "市领导批示": [("市领导批示", None)],
    "": [],
    "、": [],
    "第3项": [],
}


@pytest.mark.parametrize(("value", "expected"), CASES.items())
def test_sources(value: str, expected: list[tuple[str, str | None]]) -> None:
    found = sources(Text.of(value))
    assert [(source.value.name, source.value.item_no) for source in found] == expected
    assert all(value[slice(*source.at.bounds())] == source.value.raw for source in found)


@pytest.mark.parametrize("unit", ["第1项、", "第1、", "、", "第一二三", "1"])
def test_linear(unit: str) -> None:
    text = Text.of((unit * 100_000)[:100_000])
    began = time.process_time()
    sources(text)
    assert time.process_time() - began < 2.0
