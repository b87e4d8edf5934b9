from __future__ import annotations

from collections.abc import Callable

from extract.body import Body
from extract.layouts.summary import read

Bodied = Callable[..., Body]


def rows(reading: object) -> list[tuple[str, str, str | None]]:
    return [
        (
            d.fields["content"].value,
            d.fields["status"].value,
            d.fields["progress"].value if "progress" in d.fields else None,
        )
        for d in reading.drafts  # type: ignore[attr-defined]
    ]


def test_counted_lists_before_and_after(body: Bodied) -> None:
    text = (
        "共督查5项。已完成2项：图书馆改造（第三项）、古井修缮（第八项）。其中，财政收入、"
        "外贸出口、用电量3项达到序时进度。"
    )
    reading = read(body(text))
    assert rows(reading) == [
        ("图书馆改造", "已完成", None),
        ("古井修缮", "已完成", None),
        ("财政收入", "达到序时进度", None),
        ("外贸出口", "达到序时进度", None),
        ("用电量", "达到序时进度", None),
    ]
    assert [d.seq for d in reading.drafts][:2] == ["第三项", "第八项"]


def test_points_under_a_state(body: Bodied) -> None:
    reading = read(body("滞后项目：一是渔港工程（第六项）正在招标；二是绿道（第九项）未启动。"))
    assert rows(reading) == [("渔港工程", "滞后", "正在招标"), ("绿道", "滞后", "未启动")]


def test_a_list_of_another_length_is_prose(body: Bodied) -> None:
    assert read(body("已完成3项：图书馆改造、古井修缮。")).drafts == ()


def test_counts_in_long_prose_are_left_alone(body: Bodied) -> None:
    text = "全年工作扎实推进。" * 40 + "已完成2项：图书馆改造、古井修缮。"
    assert read(body(text)).score == 0


def test_a_count_in_front_of_its_state(body: Bodied) -> None:
    text = (
        "共38项，其中2项已完成，分别是：提高用药报销比例（第五项）、实施农民培训工程（第十一项）。"
        "全区兴办12件实事，已完成子项目2个，分别是幼儿园建设工程已竣工，垃圾分类项目已完工，其他项目正按序时推进。"
    )
    assert sorted(row[:2] for row in rows(read(body(text)))) == [
        ("垃圾分类项目", "已完成子项目"),
        ("实施农民培训工程", "已完成"),
        ("幼儿园建设工程", "已完成子项目"),
        ("提高用药报销比例", "已完成"),
    ]


def test_a_bracket_behind_the_state(body: Bodied) -> None:
    text = "其中，固定资产投资、财政收入2项指标未达到序时进度（占比低于91.7%，下同）。"
    assert rows(read(body(text))) == [
        ("固定资产投资", "未达到序时进度", None),
        ("财政收入", "未达到序时进度", None),
    ]


def test_a_count_that_states_nothing_is_prose(body: Bodied) -> None:
    assert read(body("全市共有3个项目参评，分别是图书馆、体育馆、博物馆。")).drafts == ()
