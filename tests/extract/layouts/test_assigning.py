"""Narratives that assign work, notices and their demands, frames, points that begin again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.body import Body
from extract.layouts.prose.narrative import read
from extract.layouts.prose.section import kind_of, turn_of
from tests.extract.layouts.told import rows

Bodied = Callable[..., Body]


def units_of(reading: object) -> list[list[tuple[str, str]]]:
    return [[(unit.text.value, unit.role) for unit in d.units] for d in reading.drafts]  # type: ignore[attr-defined]


def test_a_label_inside_an_item_names_its_unit_and_ends_the_task(body: Bodied) -> None:
    text = (
        "一、部分项目进展情况\n1、农村道路工程,牵头部门:市交通局。建设进度较慢的为东县。\n"
        "2、饮水安全工程，牵头部门：市水利局；配合单位：各县区。未完成任务的为西县。\n"
    )
    reading = read(body(text, title="民生工程进度通报"))
    assert rows(reading, "task") == [
        ("1", "农村道路工程", "建设进度较慢的为东县。"),
        ("2", "饮水安全工程", "未完成任务的为西县。"),
    ]
    assert units_of(reading) == [
        [("市交通局", "lead")],
        [("市水利局", "lead"), ("各县区", "support")],
    ]


def test_labels_on_their_own_lines_name_units_also_under_expected_aims(body: Bodied) -> None:
    text = (
        "一、经济社会发展的主要预期目标\n1.地区生产总值增长6%左右。\n牵头单位:区发改局\n责任单位:各街道，区直各部门\n"
        "2.一般公共预算收入增长5%。\n牵头单位:区财政局\n"
    )
    reading = read(body(text, title="关于印发2023年重点工作责任分工方案的通知"))
    assert rows(reading, "task") == [
        ("1", "地区生产总值增长6%左右。", None),
        ("2", "一般公共预算收入增长5%。", None),
    ]
    assert units_of(reading) == [
        [("区发改局", "lead"), ("各街道，区直各部门", "responsible")],
        [("区财政局", "lead")],
    ]


def test_square_brackets_name_units_too(body: Bodied) -> None:
    text = (
        "一、深化改革\n（一）加强体系建设。全面融入市场。〔责任单位：省发展改革委、商务厅。涉及地方的不再列出，下同。〕\n"
        "（二）优化准入环境。提升登记水平。〔责任单位：省市场监管局〕\n"
    )
    reading = read(body(text, title="某省流通体系建设实施方案"))
    assert [row[1] for row in rows(reading, "task")] == [
        "加强体系建设。全面融入市场。",
        "优化准入环境。提升登记水平。",
    ]
    assert units_of(reading)[0] == [("省发展改革委、商务厅", "responsible")]


def test_what_a_notice_asks_of_everybody_is_no_task(body: Bodied) -> None:
    text = (
        "现将分工方案印发给你们，请认真执行。\n一、明确任务。各牵头单位要建立任务清单，细化举措。\n"
        "二、统筹协调。各相关单位要加强配合。\n三、加强督考。各牵头单位务于每月28日前报送进展。\n"
    )
    reading = read(body(text, title="关于印发任务分工方案的通知"))
    assert rows(reading, "task") == []
    assert len(rows(reading, "overview")) == 3


def test_orders_to_all_among_assigned_work_stay_tasks(body: Bodied) -> None:
    text = (
        "一、压减材料。各部门要公布清单。（政务局负责）\n二、推行一网通办。企业开办压缩至4小时。（市场监管局负责）\n"
        "三、建设平台。年底前上线。（大数据局负责）\n"
    )
    assert len(rows(read(body(text, title="关于做好营商环境重点任务的通知")), "task")) == 3


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("二、整改原则", "overview"),
        ("（二）工作目标", "overview"),
        ("一、督查时间", "overview"),
        ("三、工作要求", "plan"),
        ("（一）部门机构设置", "overview"),
        ("一、主要目标任务", "task"),
        ("（三）坚持原则推进执法", "task"),
        ("上半年工作总结及下半年工作打算", "task"),
    ],
)
def test_kind_of_frames_and_reviews(heading: str, kind: str) -> None:
    assert kind_of(heading, 2023) == kind


def test_nothing_below_principles_is_a_task(body: Bodied) -> None:
    text = (
        "一、整改原则\n（一）坚持标本兼治。统筹推进。\n（二）坚持分类施策。逐项销号。\n"
        "二、整改措施\n（一）关停企业。关停3家。\n（二）治理河道。治理2条。\n"
    )
    reading = read(body(text, title="督察反馈意见整改方案"))
    assert [row[1] for row in rows(reading, "task")] == ["关停企业。关停3家。", "治理河道。治理2条。"]


def test_text_that_sets_work_tells_the_genre_without_a_title(body: Bodied) -> None:
    text = (
        "为推进依法行政，结合实际，制定本方案。\n一、健全职能体系\n"
        "（一）优化机构。\n持续推进职能转变。\n（二）放管结合。\n全面推行告知承诺。\n"
    )
    assert rows(read(body(text)), "task") == [
        ("（一）", "优化机构。\n持续推进职能转变。", None),
        ("（二）", "放管结合。\n全面推行告知承诺。", None),
    ]


def test_a_second_list_of_points_is_its_own(body: Bodied) -> None:
    text = (
        "一、做法\n（一）修路\n修3公里。\n（二）架桥\n桥已合龙。\n二、存在的问题\n一是总量偏小。\n二是创新不够。\n"
        "一是抓好春耕生产。\n二是继续加强治理。\n"
    )
    reading = read(body(text))
    assert [row[1] for row in rows(reading, "problem")] == ["总量偏小", "创新不够"]
    assert [row[1] for row in rows(reading, "plan")] == ["抓好春耕生产", "继续加强治理"]


def test_the_annex_title_over_its_introduction_is_no_task(body: Bodied) -> None:
    text = (
        "某市应急体系建设规划责任分解\n为提高应对突发事件的能力，维护公众生命财产安全，促进经济社会健康发展，现将九项具体建设任务和七项重点建设项目进行责任分解。\n"
        "一、建设任务\n1.完善预案。修订预案。\n（责任单位：市应急局）\n2.健全机制。建立队伍。\n（责任单位：市消防救援支队）\n"
    )
    reading = read(body(text, title="关于印发某市应急体系建设规划责任分解的通知"))
    assert [row[0] for row in rows(reading, "task")] == ["1", "2"]


def test_a_part_whose_words_stand_on_the_next_line_is_a_heading(body: Bodied) -> None:
    text = "第一部分\n部门概况\n一、主要工作\n（一）修路\n修3公里。\n（二）架桥\n桥已合龙。\n"
    found = read(body(text))
    assert [row[:2] for row in rows(found, "task")] == [("（一）", "修路"), ("（二）", "架桥")]
    assert all(draft.fields["content"].value for draft in found.drafts)


def test_what_ought_to_be_clearly_seen_is_no_problem() -> None:
    assert turn_of("会议要求，各部门要清醒认识到考核的重要意义。") is None


def test_aims_in_a_row_end_where_their_results_begin(body: Bodied) -> None:
    text = (
        "一、指标任务完成情况\n1.引进企业不少于3个；新开工项目100个。上半年，引进企业4个；新开工项目80个。\n"
        "2.培育平台2家；建成示范点5个。截至目前，已培育平台3家。\n"
    )
    assert rows(read(body(text, title="重点工作上半年完成情况通报")), "task") == [
        ("1", "引进企业不少于3个；新开工项目100个", "上半年，引进企业4个；新开工项目80个。"),
        ("2", "培育平台2家；建成示范点5个", "截至目前，已培育平台3家。"),
    ]
