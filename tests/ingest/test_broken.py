"""Rows of tab-separated text over several lines."""

from __future__ import annotations

import time

import pytest

from ingest.broken import whole_rows
from schema.text import Text

HEADER = "类别\t任务\t进展\t问题"
REST = ("乙\t架桥\t完工\t无", "丙\t植树\t完成\t人手不足", "\t通水\t在建\t无")


def whole(*lines: str) -> list[str]:
    return [row.value for row in whole_rows([Text.of(line) for line in lines])]


@pytest.mark.parametrize(
    "broken",
    [
        ("甲\t修路\t1.开工建设3公里。", "2.修通三公里道路，验收合格。\t无"),
        ("甲\t修路\t全长38公里的道路已于今年六月", "修通，七月通过验收并", "交付使用，群众满意。\t无"),
        ("甲\t修路\t修通3公里\t1.资金缺口3000万元。", "2.征地困难。"),
    ],
)
def test_the_pieces_of_a_row_are_joined(broken: tuple[str, ...]) -> None:
    assert whole(HEADER, *broken, *REST) == [HEADER, "\n".join(broken), *REST]


def test_paragraphs_between_rows_with_numbers_belong_to_the_last_cell() -> None:
    row, more = "1\t修路\t开工建设。", ("征地完成九成。", "年底通车。")
    others = ("2\t架桥\t完工", "3\t植树\t完成", "4\t通水\t在建")
    page = ("序号\t任务\t进展", row, *more, *others, "以上数据由各部门提供。")
    assert whole(*page) == [page[0], "\n".join((row, *more)), *others, page[-1]]
    headed = (page[0], row, "二、社会事业", *others)
    assert whole(*headed) == list(headed)


@pytest.mark.parametrize(
    "lines",
    [
        ("甲\t修路\t完成", "丁\t通电\t完成"),  # empty last cells are left out
        ("甲\t修路\t完成了三公里。", "跨河大桥一座，全长三公里\t完成", *REST, "戊\t通气"),
        ("一、经济建设",),
        ("填表人：张某\t审核人：王某\t电话：1234",),
    ],
)
def test_other_lines_stay_as_they_are(lines: tuple[str, ...]) -> None:
    page = (HEADER, *REST, *lines, *REST)
    assert whole(*page) == list(page)


def test_text_without_a_table_is_left_alone() -> None:
    page = ("第一段\t缩进", "第二段。", "", "第三段\t制表")
    assert whole(*page) == list(page)


def test_many_short_rows_take_no_longer_than_their_number() -> None:
    lines = [
        Text.of(line)
        for line in (HEADER, *REST, *["甲\t修路\t完成了。", "很长很长的一行文字在这里"] * 20_000)
    ]
    started = time.process_time()
    whole_rows(lines)
    assert time.process_time() - started < 5
