from __future__ import annotations

from collections.abc import Callable

from extract.body import Body
from extract.layouts.prose.reply import read

Bodied = Callable[..., Body]

ANSWERED = """王议员：主席，就码头安全一事，政府可否告知本会：
(一) 过去三年有多少宗事
故；及
(二) 有何改善措施？
运输局局长：主席，我的答复如下：
(一) 共有12宗事故，
其中3宗涉及渡轮。
(二) 已加装护栏。
另外正研究加强巡查。
"""


def test_questions_and_answers_pair_by_number(body: Bodied) -> None:
    reading = read(body(ANSWERED))
    assert reading.layout == "question_answer"
    assert [
        (d.seq, d.fields["label"].value, d.fields["content"].value, d.fields["progress"].value)
        for d in reading.drafts
    ] == [
        ("1", "(一)", "过去三年有多少宗事故；及", "共有12宗事故，其中3宗涉及渡轮。"),
        ("2", "(二)", "有何改善措施？", "已加装护栏。\n另外正研究加强巡查。"),
    ]


def test_two_lists_without_an_answer_are_no_reply(body: Bodied) -> None:
    assert read(body("一、做法\n(一) 修路\n(二) 架桥\n二、计划\n(一) 植树\n(二) 护林\n")).score == 0


LETTER = """某某代表：
您在县人大四次会议期间提出的《关于硬化产业道路的建议》（第38号），已交由我局办理，现答复如下：
一、办理情况
我局高度重视，已完成勘测设计，{middle}
二、下一步打算
积极争取资金，力争明年开工。
感谢您对农业农村工作的支持。
某县农业农村局
2020年8月15日
"""


def test_a_letter_answers_its_one_proposal(body: Bodied) -> None:
    reading = read(body(LETTER.format(middle="建设蓄水池2座。")))
    (draft,) = reading.drafts
    assert {name: text.value for name, text in draft.fields.items()} == {
        "label": "第38号",
        "content": "关于硬化产业道路的建议",
        "progress": "一、办理情况\n我局高度重视，已完成勘测设计，建设蓄水池2座。",
        "next_steps": "二、下一步打算\n积极争取资金，力争明年开工。",
    }
    assert (draft.rule, draft.seq) == ("reply.letter", "38")


def test_a_letter_without_quotation_marks(body: Bodied) -> None:
    text = (
        "某某委员：\n您提出的关于整治桥下空间的提案收悉。现答复如下：\n已修复盲道3公里。\n"
        "下一步，我局将继续加强巡查。\n此复。\n"
    )
    (draft,) = read(body(text)).drafts
    assert {name: text.value for name, text in draft.fields.items()} == {
        "content": "关于整治桥下空间的提案",
        "progress": "已修复盲道3公里。",
        "next_steps": "下一步，我局将继续加强巡查。",
    }


def test_an_answer_in_several_parts_is_no_single_task(body: Bodied) -> None:
    text = (
        "某某委员：\n您提出的《关于加强城市治理的提案》收悉，现答复如下：\n一、关于整治停车的建议\n已施划车位。\n"
        "二、关于增加绿地的建议\n已新建公园。\n"
    )
    assert read(body(text)).score == 0


def test_a_report_that_mentions_a_proposal_is_no_letter(body: Bodied) -> None:
    assert (
        read(body("一、做法\n认真办理代表提出的关于修路的建议，办结率100%。\n二、成效\n修路3公里。\n")).score
        == 0
    )
