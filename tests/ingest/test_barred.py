"""Tables of one cell and its bar a line."""

from __future__ import annotations

from ingest.plain import read_plain
from schema.page import Table
from schema.text import Text

HEAD = "某区实事推进情况\n序 号 |\n主要任务 |\n牵头单位 |\n进展 |\n说明 |\n"


def rows(page: str) -> list[list[str]]:
    text, blocks = read_plain(Text.of(page))
    tables: list[Table] = [block.table for block in blocks if block.table]
    assert len(tables) <= 1
    return [[text.value[cell.start : cell.end] for cell in row] for table in tables for row in table.rows]


def test_a_bar_more_ends_a_row_and_a_bar_alone_is_an_empty_cell() -> None:
    page = (
        HEAD + "1 |\n改造街巷50条。 |\n城管局 |\n已完成30条。 |\n||\n"
        "2 |\n建设厢房。 |\n市政局、\n环卫处 |\n滞后2个月。 |\n合同签订较晚。 |\n|\n扫一扫\n"
    )
    assert rows(page) == [
        ["序 号", "主要任务", "牵头单位", "进展", "说明"],
        ["1", "改造街巷50条。", "城管局", "已完成30条。", ""],
        ["2", "建设厢房。", "市政局、\n环卫处", "滞后2个月。", "合同签订较晚。"],
    ]


def test_rows_without_a_bar_of_their_own() -> None:
    page = HEAD + "1 |\n甲 |\n乙 |\n丙 |\n丁 |\n2 |\n戊 |\n己 |\n庚 |\n辛 |\n"
    assert [row[0] for row in rows(page)] == ["序 号", "1", "2"]


def test_lines_that_end_in_a_bar_without_a_numbered_header_are_lines() -> None:
    assert rows("索引号 |\n发布机构 |\n发布日期 |\n某局 |\n") == []
    assert rows("序号 |\n任务 |\n进展\n1\n建成 |\n") == []
