"""Which line is the title."""

from __future__ import annotations

import pytest

from extract.body import Line
from extract.titles import is_report_title, pieces, repeated, title_of
from schema.text import Text


def lines_of(*values: str) -> list[Line]:
    lines, place = [], 0
    for value in values:
        lines.append(Line(Text.of(value, place)))
        place += len(value) + 1
    return lines


@pytest.mark.parametrize(
    ("values", "title"),
    [
        (("你好,欢迎光临! | 请登陆", "信息", "某委关于2018年度绩效管理的自查报告", "2019-01-15"), 2),
        (("首页", ">", "政府工作报告", "某省2026年政府工作报告", "一、回顾"), 3),
        (("政府工作报告。 某某日报记者 某某 摄", "政府工作报告", "（2026年1月27日在某省人大会议上）"), 1),
        (("工作报告", "您所在的位置:公开 > 工作报告", "2021年某区建设情况报告"), 2),
        (("白石县2020年重点项目进展,。", "2021-01-12"), 0),
        (("Progress Report", "概览"), 0),
        (("第1项:编制规划。", "进展情况:已完成。"), None),
        (("督查室核了一次进度,结果通报给各单位(2023年度)。", "一、实事"), None),
        (("序号", "任务", "进展"), None),
        (("来源：某局工作情况", "一、基本情况"), None),
        ((), None),
    ],
)
def test_title_line(values: tuple[str, ...], title: int | None) -> None:
    found = title_of(lines_of(*values))
    assert (found.value if found else None) == (None if title is None else values[title].rstrip(",。"))


def test_a_title_over_two_lines_is_one_text_of_two_places() -> None:
    found = title_of(lines_of("某市水务局关于2021年重点任务", "落实情况的报告", "一、总体情况"))
    assert found is not None
    assert found.value == "某市水务局关于2021年重点任务落实情况的报告"
    assert found.at.pieces() == ((0, 16), (17, 24))


def test_every_print_of_the_title() -> None:
    lines = lines_of("某局2022年自查表", "任务", "某局2022年 自查表", "某局2022年自查表说明")
    assert [line.start for line in repeated(lines, "某局2022年自查表")] == [0, 14]
    assert not pieces(lines, "某局2022年自查表")
    assert list(repeated(lines, "")) == []


@pytest.mark.parametrize("title", ["某局工作情况的通报", "完成情况汇总表", "政府工作报告", "情况(107年2月)"])
def test_reports(title: str) -> None:
    assert is_report_title(title)


@pytest.mark.parametrize("title", ["若干意见", "办理情况的函", "任务分工方案的通知", "重点项目建设计划"])
def test_no_reports(title: str) -> None:
    assert not is_report_title(title)
