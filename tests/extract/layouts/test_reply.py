from __future__ import annotations

from collections.abc import Callable

from extract.body import Body
from extract.layouts.reply import read

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
