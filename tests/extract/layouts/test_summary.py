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
