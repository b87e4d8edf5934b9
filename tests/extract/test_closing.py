from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.body import Body
from extract.closing import closing

Bodied = Callable[..., Body]


@pytest.mark.parametrize(
    "line",
    [
        "某街道党工委",
        "（某局办公室提供）",
        "二零二二年十一月",
        "联系人：童某 联系电话：0000-1234",
        "抄送：市委办公室。",
        "感谢您的关心支持！",
        "资料维护：水利处综合规划科",
        "━━━━━━━━━━━━",
        "报：县委、县政府领导",
        "（联系人：孟某 电话：3262210）",
        "送：各乡镇，县直各部门 （共印120份）",
        "某县政府办公室 2016年9月23日印发",
    ],
)
def test_lines_that_close_a_text(body: Bodied, line: str) -> None:
    page = body(f"清运杂物480车，已完成。\n{line}\n")
    assert [page.page.text.value[label.start : label.end] for label in closing(page.lines)] == [line]


@pytest.mark.parametrize(
    "line", ["因产权纠纷，未能启动。", "修复1.2万页", "2022年完成改造", "已完成。", "全县上报：无"]
)
def test_lines_that_are_text(body: Bodied, line: str) -> None:
    assert closing(body(f"某局\n{line}\n").lines) == ()


def test_cells_that_name_offices_are_none(body: Bodied) -> None:
    lines = body("修路\n市交通局\n架桥\n市住建局\n建园\n市城管局\n植树\n市林业局\n").lines
    assert closing(lines) == ()
