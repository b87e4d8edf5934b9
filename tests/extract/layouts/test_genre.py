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
