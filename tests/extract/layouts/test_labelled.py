from __future__ import annotations

from collections.abc import Callable

from extract.body import Body
from extract.layouts.label import marks
from extract.layouts.labelled import read

Bodied = Callable[..., Body]


def rows(reading: object, *names: str) -> list[list[str | None]]:
    return [
        [d.fields[name].value if name in d.fields else None for name in names]
        for d in reading.drafts  # type: ignore[attr-defined]
    ]


def test_paragraphs_before_the_label_belong_to_the_task(body: Bodied) -> None:
    text = (
        "第1项:修建环线。\n\n  同步建设绿道。\n\n进展情况:1.完成立项。\n2.启动招标。\n"
        "第2项:整治河道。\n进展情况:清淤12公里。\n下一步工作:继续清淤。\n"
    )
    reading = read(body(text))
    assert rows(reading, "label", "content", "progress", "next_steps") == [
        ["第1项", "修建环线。\n同步建设绿道。", "1.完成立项。\n2.启动招标。", None],
        ["第2项", "整治河道。", "清淤12公里。", "继续清淤。"],
    ]
    assert [d.seq for d in reading.drafts] == ["1", "2"]


def test_labels_inside_a_line_end_the_task(body: Bodied) -> None:
    text = (
        "1．新增停车位500个。主办单位：市城管局。协办单位：市住建局。\n进展：新增312个。\n评价：欠进度\n"
        "2．新建学校2所。主办单位：市教育局。\n进展：均已开工。\n评价：达进度\n"
    )
    reading = read(body(text))
    assert rows(reading, "content", "progress", "status") == [
        ["新增停车位500个。", "新增312个。", "欠进度"],
        ["新建学校2所。", "均已开工。", "达进度"],
    ]
    assert [(u.role, u.text.value) for u in reading.drafts[0].units] == [
        ("lead", "市城管局。"),
        ("support", "市住建局。"),
    ]


def test_content_labels_open_items_and_offices_head_them(body: Bodied) -> None:
    text = (
        "民政局\n承诺 增设日间中心\n进展 已启用两间。\n状况 进展顺利\n交通局\n承诺 开通专线\n"
        "进展 正在试运行。\n"
    )
    reading = read(body(text))
    assert rows(reading, "content", "progress") == [
        ["增设日间中心", "已启用两间。"],
        ["开通专线", "正在试运行。"],
    ]
    assert [d.section[0].value for d in reading.drafts] == ["民政局", "交通局"]
    assert [u.text.value for d in reading.drafts for u in d.units] == ["民政局", "交通局"]


def test_label_on_its_own_line_and_empty_value(body: Bodied) -> None:
    text = (
        "任务一：建设平台\n完成情况\n平台已上线。\n存在问题：\n下一步打算：扩大接入。"
        "\n任务二：培训骨干\n完成情况：\n培训3期。\n"
    )
    reading = read(body(text))
    assert rows(reading, "content", "progress", "problems", "next_steps") == [
        ["建设平台", "平台已上线。", None, "扩大接入。"],
        ["培训骨干", "培训3期。", None, None],
    ]


def test_short_words_in_prose_are_no_labels() -> None:
    assert [m.word for m in marks("全面推进。成效：明显，责任单位：市交通局")] == ["责任单位"]


def test_prose_without_labels_scores_nothing(body: Bodied) -> None:
    assert read(body("一、修路\n修了3公里路。\n二、架桥\n桥已合龙。\n")).score == 0
