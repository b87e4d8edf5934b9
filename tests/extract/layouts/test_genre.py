from __future__ import annotations

from collections.abc import Callable

from extract.body import Body
from extract.layouts.prose.narrative import read

Bodied = Callable[..., Body]


def test_who_did_it_behind_what_was_done(body: Bodied) -> None:
    text = (
        "一、已办结事项（2项）\n（一）供热管网切换。6.3公里主管网更换完毕。（责任单位：县住建局、热力公司）\n"
        "（二）设立创新基金。首期资金到位。（责任单位：县科技局）\n"
        "二、进展缓慢事项（1项）\n（一）矿山整合。仅2家签订协议。（责任单位：县应急局）\n"
    )
    drafts = read(body(text, title="关于重点事项落实情况的督查通报")).drafts
    assert [(d.fields["content"].value, d.fields["progress"].value) for d in drafts] == [
        ("供热管网切换", "6.3公里主管网更换完毕。"),
        ("设立创新基金", "首期资金到位。"),
        ("矿山整合", "仅2家签订协议。"),
    ]
    assert drafts[0].units[0].text.value == "责任单位：县住建局、热力公司"


def test_the_letter_of_a_page_without_title_asks_everybody_the_same(body: Bodied) -> None:
    text = (
        "各县区人民政府：\n经市政府同意，现将《分工落实方案》印发给你们，请认真贯彻实施。\n"
        "一、高度重视。各县区、各部门要强化组织领导，认真研究政策。\n"
        "二、压实责任。各牵头单位要统筹落实任务事项，制定推进方案。\n"
        "三、加强督导。各参与单位要主动作为，及时报送进展。\n"
    )
    assert {draft.kind for draft in read(body(text)).drafts} == {"overview"}


def test_paragraphs_below_a_line_that_ends_in_units_tell_what_became_of_it(body: Bodied) -> None:
    text = (
        "一、交办问题整改情况\n（一）溢洪道边墙开裂（责任单位：镇政府、市水务局）\n已完成灌浆和加固。\n"
        "（二）泵站备用电源缺失〔责任单位：市城管局〕\n新购发电机组2台，已完成试运行。\n"
    )
    for title in ("关于防汛专项督查情况的通报", "某市防汛交办问题整改落实情况"):
        drafts = read(body(text, title=title)).drafts
        assert [d.fields["progress"].value for d in drafts] == [
            "已完成灌浆和加固。",
            "新购发电机组2台，已完成试运行。",
        ]
    assigned = read(body(text, title="关于印发防汛任务分工方案的通知")).drafts
    assert all("progress" not in draft.fields for draft in assigned)
