from __future__ import annotations

import pytest

from ingest.html import read_html
from schema.text import Text

HEAD = '<div class="tr th"><p class="td">编码</p><p class="td">任务</p><p class="td">评价</p></div>'
ROW = '<div class="tr"><div class="td"><b>A0{0}</b></div><p class="td">修路{0}</p><p class="td">{1}</p></div>'


def _grid(page: str) -> list[list[str]]:
    reading = read_html(Text.of(page))
    tables = [block.table for block in reading.blocks if block.table]
    value = reading.text.value
    return [[value[cell.start : cell.end] for cell in row] for table in tables for row in table.rows]


def test_boxes_are_rows_and_cells() -> None:
    page = f'<div class="grid">{HEAD}{ROW.format(1, "已完成")}{ROW.format(2, "")}</div>'
    assert _grid(page) == [["编码", "任务", "评价"], ["A01", "修路1", "已完成"], ["A02", "修路2", ""]]


def test_roles_of_boxes() -> None:
    row = '<div role="row"><p role="cell">{}</p><p role="cell">修路</p><p role="cell">完工</p></div>'
    assert len(_grid(f'<section role="table">{"".join(row.format(n) for n in range(3))}</section>')) == 3


@pytest.mark.parametrize(
    "page",
    [
        f"<div>{HEAD}{ROW.format(1, '已完成')}</div>",
        f"<div>{HEAD}{ROW.format(1, '已完成')}说明{ROW.format(2, '')}</div>",
        '<div><div class="row"><p class="col-4">甲</p><p class="col-4">乙</p></div></div>' * 3,
    ],
)
def test_other_boxes_are_paragraphs(page: str) -> None:
    assert _grid(page) == []
