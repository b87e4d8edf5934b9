"""Chapters and their kinds, what closes a report, reports that tell topics without headings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.body import Body
from extract.layouts.prose.narrative import read
from extract.layouts.prose.section import kind_of
from tests.extract.layouts.told import rows

Bodied = Callable[..., Body]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("一、主要预期目标完成情况", "task"),
        ("二、2022年工作计划落实情况", "task"),
        ("二、工作计划执行情形", "task"),
        ("三、主要问题整改情况", "task"),
        ("三、存在问题及整改情况", "problem"),
        ("二、主要预期目标", "plan"),
        ("（二）存在的主要困难", "problem"),
        ("四、面临的困难和挑战", "problem"),
        ("参、检讨与改进", "problem"),
        ("肆、未来展望", "plan"),
        ("一、总体进展情况", "overview"),
    ],
)
def test_what_a_heading_opens(heading: str, kind: str) -> None:
    assert kind_of(heading[2:].removeprefix("）")) == kind


def test_chapters_of_taiwan_over_their_points(body: Bodied) -> None:
    points = (
        "（一）完成排水改善工程第二期，整治1,850公尺。\n（二）設置智慧防災水位站36站，發布警戒通報118則。\n"
    )
    items = "".join(
        f"{n}、{name}\n全年辦理{name}工程12處，均已完工。\n"
        for n, name in zip("二三四五", "溝渠橋路", strict=True)
    )
    page = f"壹、前言\n本處成果如下。\n貳、執行成果\n一、水患治理\n{points}{items}"
    wanting = "參、檢討與改進\n一、拆遷不易。\n二、缺工缺料。\n"
    reading = read(body(f"{page}{wanting}肆、未來展望\n一、重新發包。\n二、整合資料。\n"))
    assert [seq for seq, _, _ in rows(reading, "task")] == [*"一二三四五"]
    assert "整治1,850公尺。\n（二）设置智慧防灾水位站36站" in str(rows(reading, "task")[0][2])
    assert [content for _, content, _ in rows(reading, "problem")] == ["拆迁不易", "缺工缺料"]
    assert [content for _, content, _ in rows(reading, "plan")] == ["重新发包", "整合资料"]


@pytest.mark.parametrize(
    "closing",
    [
        "各责任单位要对照通报查找原因，限期整改。",
        "2024年是关键一年。各级各部门要紧盯目标，抓好落实。",
        "请各单位务必于9月底前报送整改情况。",
    ],
)
def test_what_is_asked_of_everybody_closes_the_report(body: Bodied, closing: str) -> None:
    page = "一、工业\n1.技改。实施118个。\n2.集群。产值812亿元。\n二、民生\n3.养老。新增床位3215张。\n"
    reading = read(body(f"{page}{closing}\n"))
    assert [progress for _, _, progress in rows(reading, "task")] == [
        "实施118个。",
        "产值812亿元。",
        "新增床位3215张。",
    ]


TOPICS = (
    "公共文化提质增效。市图书馆新馆于4月开馆，新建城市书房8座，开展活动1360场。",
    "旅游市场强劲复苏。接待游客2163万人次，同比增长21%，实现旅游收入187亿元。",
    "市场监管规范有序。出动执法人员5120人次，立案查处37起，办结率达到100%。",
)


@pytest.mark.parametrize("bullet", ["", "——", "● ", "　　"])
def test_a_report_without_headings_tells_topics(body: Bodied, bullet: str) -> None:
    intro = "今年以来，我局统筹推进文化事业、文化产业和旅游业发展，现将上半年工作情况公开如下：\n"
    plans = "下半年，我局将重点做好以下工作：一是办好文化节；二是加快项目审批。\n"
    text = intro + "".join(f"{bullet}{topic}\n" for topic in TOPICS) + plans
    reading = read(body(text, title="市文旅局2024年上半年工作情况"))
    assert rows(reading, "task") == [(None, *topic.split("。", 1)) for topic in TOPICS]
    assert [content for _, content, _ in rows(reading, "plan")] == ["办好文化节", "加快项目审批"]
    assert rows(read(body(text, title="文旅市场强劲复苏")), "task") == []  # news of the same


def test_two_topics_make_no_list(body: Bodied) -> None:
    text = "\n".join((*TOPICS[:2], "全市上下齐心协力，各项工作有力有序推进。")) + "\n"
    assert rows(read(body(text, title="市文旅局2024年上半年工作情况")), "task") == []
