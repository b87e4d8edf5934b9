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
