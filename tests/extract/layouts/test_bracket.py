from __future__ import annotations

from collections.abc import Callable

from extract.body import Body
from extract.layouts.labelled import read

Bodied = Callable[..., Body]


def rows(reading: object, *names: str) -> list[list[str | None]]:
    return [
        [d.fields[name].value if name in d.fields else None for name in names]
        for d in reading.drafts  # type: ignore[attr-defined]
    ]


def test_a_bracket_behind_most_items_tells_their_status(body: Bodied) -> None:
    text = (
        "1.学习不够深入问题。（已完成并长期坚持）\n整改情况：修订制度。\n"
        "2.采购不规范问题。（正在推进，长期整改）\n整改情况：清退款项。\n"
        "3.建设环线（二期）。\n整改情况：已经立项。\n"
    )
    assert rows(read(body(text)), "content", "status") == [
        ["学习不够深入问题。", "已完成并长期坚持"],
        ["采购不规范问题。", "正在推进，长期整改"],
        ["建设环线（二期）。", None],
    ]
