from __future__ import annotations

from collections.abc import Callable

from extract.body import Body
from extract.layouts.flat.flattened import read

Bodied = Callable[..., Body]


def test_chapters_between_rows_and_cells_apart_by_blanks(body: Bodied) -> None:
    text = (
        "序号 项 目 责任股室 进展 完成时限\n一、公共卫生类\n1 老人免费体检 基层卫生股 体检率71.3% 9—12月\n"
        "2 孕产妇筛查 妇幼股 筛查1206例 全年\n二、服务能力类\n"
        "3 建设县域影像中心 医政股 设备到货，暂未运行 6月\n"
    )
    drafts = read(body(text)).drafts
    found = [[d.section[0].value, *(d.fields[n].value for n in ("content", "progress"))] for d in drafts]
    assert found == [
        ["一、公共卫生类", "老人免费体检", "体检率71.3%"],
        ["一、公共卫生类", "孕产妇筛查", "筛查1206例"],
        ["二、服务能力类", "建设县域影像中心", "设备到货，暂未运行"],
    ]
    assert [d.fields["deadline"].value for d in drafts] == ["9—12月", "全年", "6月"]
    assert [d.units[0].text.value for d in drafts] == ["基层卫生股", "妇幼股", "医政股"]
