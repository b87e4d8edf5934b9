from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.body import Body
from extract.layouts.prose.narrative import read
from extract.layouts.prose.section import kind_of, turn_of
from tests.extract.layouts.told import rows

Bodied = Callable[..., Body]

REPORT = """一、主要工作
围绕年度目标，全局上下齐心协力，统筹推进各项工作，圆满完成了上级交办的各项任务，现将有关情况分项汇报如下，请予审议，不当之处请批评指正。
（一）强化创新平台
新建实验室3个。
一是完善制度。二是加大投入。
（二）服务企业发展：
1.优化审批
审批时限压缩一半。
2.减轻负担
减税1.2亿元。
二、存在的问题
还有一些短板：一是人才不足。高层次人才偏少。二是机制不活。
三、下一步计划
一是引进人才。引进领军人才10名。
二是完善机制。出台办法2项。
我们将继续努力。
"""


def test_lowest_headings_are_tasks(body: Bodied) -> None:
    reading = read(body(REPORT))
    assert rows(reading, "task") == [
        ("（一）", "强化创新平台", "新建实验室3个。\n一是完善制度。二是加大投入。"),
        ("1", "优化审批", "审批时限压缩一半。"),
        ("2", "减轻负担", "减税1.2亿元。"),
    ]
    last = [d for d in reading.drafts if d.kind == "task"][-1]
    assert [s.value for s in last.section] == ["一、主要工作", "（二）服务企业发展"]


def test_points_under_problems_and_plans_are_records(body: Bodied) -> None:
    reading = read(body(REPORT))
    assert rows(reading, "problem") == [("一是", "人才不足", "高层次人才偏少。"), ("二是", "机制不活", None)]
    assert rows(reading, "plan") == [
        ("一是", "引进人才", "引进领军人才10名。"),
        ("二是", "完善机制", "出台办法2项。"),
    ]
    assert len(rows(reading, "overview")) == 1


def test_text_turns_to_a_plan(body: Bodied) -> None:
    reading = read(
        body(
            "一、做法\n（一）修路\n修3公里。\n（二）架桥\n桥已合龙。\n二、存在问题\n经费不足，有待加强。\n下一步，我们将筹措经费。\n"
        )
    )
    assert rows(reading, "problem") == [(None, "经费不足，有待加强", None)]
    assert rows(reading, "plan") == [(None, "下一步，我们将筹措经费", None)]


def test_whole_body_on_one_line(body: Bodied) -> None:
    line = (
        "现将情况通报如下：一、主要工作（一）部署迅速。"
        + "各部门按照要求制定方案并组织实施。" * 8
        + "（二）成效明显。"
        + "共检查单位831家，整改隐患16处。" * 8
        + "二、存在的主要问题（一）重视不够。台账不全。（二）宣传不足。形式单一。"
    )
    reading = read(body(line))
    assert [row[:2] for row in rows(reading, "task")] == [("（一）", "部署迅速"), ("（二）", "成效明显")]
    assert [row[:2] for row in rows(reading, "problem")] == [("（一）", "重视不够"), ("（二）", "宣传不足")]


def test_assignments_keep_their_whole_text(body: Bodied) -> None:
    text = (
        "一、总体要求\n（一）指导思想。坚持创新发展。\n二、重点任务\n"
        "（二）拓展市场。支持企业走出去。（商务局、财政局负责）\n（三）减税降费。落实政策。（税务局负责）\n"
    )
    reading = read(body(text, title="关于促进发展的若干意见"))
    assert [(row[0], row[1][:10], row[2]) for row in rows(reading, "task")] == [
        ("（二）", "拓展市场。支持企业走", None),
        ("（三）", "减税降费。落实政策。", None),
    ]


def test_announced_points_are_tasks(body: Bodied) -> None:
    text = (
        "一、民生\n悠悠万事，民生为大。今年办好3件民生实事。一是加装电梯600部。二是改造厕所90座"
        "。三是送戏下乡。\n二、其他\n略述如上。\n"
    )
    reading = read(body(text))
    assert [row[:2] for row in rows(reading, "task")][:3] == [
        ("一是", "加装电梯600部。"),
        ("二是", "改造厕所90座。"),
        ("三是", "送戏下乡。"),
    ]


def test_requests_and_dispositions(body: Bodied) -> None:
    text = (
        "一、关于修路的问题\n县里请求支持修路资金。\n财政局会同交通局研究提出：同意补助。"
        "\n二、关于架桥的问题\n县里请求立项。\n发改委意见：予以支持。\n"
    )
    reading = read(body(text, title="有关问题办理情况的函"))
    assert rows(reading, "task") == [
        ("一", "关于修路的问题\n县里请求支持修路资金。", "财政局会同交通局研究提出：同意补助。"),
        ("二", "关于架桥的问题\n县里请求立项。", "发改委意见：予以支持。"),
    ]
    assert [u.text.value for d in reading.drafts for u in d.units] == ["财政局", "发改委"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("二、存在的问题", "problem"),
        ("三、存在不足及下一步打算", "problem"),
        ("六、信息公开工作存在的主要问题及改进情况", "problem"),
        ("二、审计查出问题及整改情况", "task"),
        ("四、下一步工作计划", "plan"),
        ("二、2024年工作安排", "plan"),
        ("一、基本情况", "overview"),
        ("（六）开展审计查出问题整改工作", "task"),
        ("（三）完善工作计划管理制度建设", "task"),
        ("一、2023年主要工作", "task"),
    ],
)
def test_kind_of_headings(heading: str, kind: str) -> None:
    assert kind_of(heading, 2023) == kind


def test_turns() -> None:
    assert turn_of("同时，我们也清醒认识到，工作还有差距。") == "problem"
    assert turn_of("今后，将继续推进。") == "plan"
    assert turn_of("完成下一步工作法培训。") is None


def test_many_bare_numbered_lines_are_a_list_of_work(body: Bodied) -> None:
    text = "各地区典型做法共6项，现予通报。\n" + "".join(
        f"{i}.某市第{i}区推进河道整治，改善人居环境。\n" for i in range(1, 7)
    )
    assert [row[0] for row in rows(read(body(text)), "task")] == [str(i) for i in range(1, 7)]


def test_a_chapter_of_topic_paragraphs_gives_a_record_each(body: Bodied) -> None:
    text = (
        "一、工作回顾\n过去一年成绩来之不易。\n"
        "——就业形势向好。城镇新增就业2.1万人，开展培训60场，帮扶困难人员就业300人。\n"
        "——城乡面貌改善。改造老旧小区31个，惠及群众1.9万户，新建公园绿地12公顷。\n"
        "——民生持续增进。民生支出占比达到76.8%，新增学位5200个，建成医疗中心2个。\n"
        "二、存在的问题\n财力偏紧。\n"
    )
    found = rows(read(body(text)), "task")
    assert [row[1] for row in found] == ["就业形势向好", "城乡面貌改善", "民生持续增进"]
    assert [row[1] for row in rows(read(body(text)), "problem")] == ["财力偏紧"]


def test_a_sentence_that_turns_ends_the_last_point(body: Bodied) -> None:
    text = (
        "一、主要工作\n（一）公开信息\n公开信息168条。\n（二）答复申请\n答复申请6件。\n"
        "二、存在的问题\n还有不足：一是形式单一；二是队伍不稳。下一步，我局将改进：一是丰富形式；二是加强培训。\n"
    )
    reading = read(body(text))
    assert [content for _, content, _ in rows(reading, "problem")] == ["形式单一", "队伍不稳"]
    assert [content for _, content, _ in rows(reading, "plan")] == ["丰富形式", "加强培训"]


def test_clauses_behind_a_colon_are_listed(body: Bodied) -> None:
    text = (
        "一、抓产业\n新建茶园1200亩，产值6800万元。\n二、抓项目\n实施项目24个，总投资3162万元。\n"
        "我们也清醒地看到存在的问题：产业规模不大；村级经济薄弱。这些问题将加以解决。\n"
        "2022年工作打算：1、新建茶园1000亩；2、建成污水处理厂。\n"
    )
    reading = read(body(text))
    assert [content for _, content, _ in rows(reading, "problem")] == ["产业规模不大", "村级经济薄弱"]
    assert [content for _, content, _ in rows(reading, "plan")] == ["新建茶园1000亩", "建成污水处理厂"]


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        ("下半年，全市将加快推进秋季造林。", "plan"),
        ("下半年完成造林12万亩。", None),
        ("2022年工作打算：新建茶园。", "plan"),
        ("主要问题：人手不足。", "problem"),
        ("完成情况：新建茶园。", None),
    ],
)
def test_what_a_paragraph_turns_to(paragraph: str, kind: str | None) -> None:
    assert turn_of(paragraph) == kind


def test_a_salutation_opens_no_topic(body: Bodied) -> None:
    topics = "".join(
        f"{name}。全年投入资金三千余万元，建成项目二十余个。\n"
        for name in ("办好教育", "办好医疗", "办好养老")
    )
    closing = "各位代表！使命催人奋进，实干成就未来，让我们更加紧密地团结起来，为实现既定目标而努力奋斗！\n"
    reading = read(
        body(f"一、民生事业\n{topics}{closing}二、产业发展\n（一）工业。投产12家。\n（二）农业。增收一成。\n")
    )
    assert "各位代表" not in [content for _, content, _ in rows(reading, "task")]
    assert "办好养老" in [content for _, content, _ in rows(reading, "task")]


def test_a_short_paragraph_that_tells_a_number_is_kept(body: Bodied) -> None:
    text = (
        "现将进展通报如下：\n农村公路护栏（2022—2024年）。上半年已完成61公里。\n"
        "各项工作有序推进。\n改厕（2023年）。累计完成1.2万户，占总计划的84%。\n"
    )
    drafts = read(body(text)).drafts
    assert [draft.fields["content"].value[:4] for draft in drafts] == ["农村公路", "改厕（2"]


POINTED = (
    "一是工程进度快于预期。累计完成投资3亿元，总体进度达80%。\n"
    "二是资金争取成效明显。到位资金1.6亿元。\n三是质量管控全面加强。整改隐患112项。\n"
)


def test_paragraphs_that_are_points_are_the_tasks_of_a_page_without_headings(body: Bodied) -> None:
    reading = read(
        body("上半年，县水务局扎实推进各项工程，具体情况如下：\n" + POINTED + "下一步，将继续加力。\n")
    )
    assert rows(reading, "task") == [
        ("一是", "工程进度快于预期", "累计完成投资3亿元，总体进度达80%。"),
        ("二是", "资金争取成效明显", "到位资金1.6亿元。"),
        ("三是", "质量管控全面加强", "整改隐患112项。"),
    ]
    assert [draft.seq for draft in reading.drafts if draft.kind == "task"] == ["1", "2", "3"]
    assert len(rows(reading, "plan")) == 1


@pytest.mark.parametrize(
    "intro", ["会议要求：", "仍然存在一些薄弱环节。", "下一步，重点抓好以下工作：", "提出三点意见："]
)
def test_points_behind_words_that_ask_or_blame_are_no_work_done(body: Bodied, intro: str) -> None:
    assert rows(read(body(f"各单位扎实推进各项工程。{intro}\n" + POINTED)), "task") == []
