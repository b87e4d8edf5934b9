"""Tables that lost their borders, a cell a line or all on one line: their header and their end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.body import Body
from extract.layouts.flat.below import row_end
from extract.layouts.flat.flattened import read
from schema.text import Text

Bodied = Callable[..., Body]

HEADER = "序号 项目名称 建设规模 责任单位 {plan} 1—7月完成投资（万元） 形象进度 存在问题 {state}"
ROWS = [
    "1 环城路工程 全长4.6公里，双向六车道 市住建局 18000 11260 沥青面层摊铺完成。 管线迁改未完成 超进度",
    "2 污水处理厂扩建 日处理能力4万吨 市水务集团 9600 4100 生化池主体完工。 无 按进度",
    "3 冷链物流园 冷库5万吨 市供销社 8000 0 正在办理规划许可证。 土地出让金未缴清 未开工",
]


@pytest.mark.parametrize("plan", ["年度计划投资（万元）", "总投资（亿元）", "年度投资计划"])
@pytest.mark.parametrize("state", ["进度状态", "进度评估", "项目状态"])
@pytest.mark.parametrize("end", ["合计 35600 15360 填表人：李某 打印 关闭", "填表人：李某 审核人：王某", ""])
def test_a_cell_a_line_with_amounts_among_them(body: Bodied, plan: str, state: str, end: str) -> None:
    page = " ".join([HEADER.format(plan=plan, state=state), *ROWS, end]).split()
    drafts = read(body("\n".join(page) + "\n", "page.txt")).drafts
    told = [(row[1], row[6], row[7], row[8]) for row in map(str.split, ROWS)]
    names = ("content", "progress", "problems", "status")
    assert [tuple(d.fields[name].value for name in names) for d in drafts] == told  # type: ignore[index]
    assert [d.units[0].text.value for d in drafts] == ["市住建局", "市水务集团", "市供销社"]
    assert drafts[0].extra[plan].value == "18000"


@pytest.mark.parametrize(
    ("last", "end"),
    [
        ("建校 已封顶。 已办结 下月将继续督办。", "建校 已封顶。 已办结"),
        ("建校 已封顶。 已退出", "建校 已封顶。 已退出"),
        ("建校 已封顶。 下月交付。", "建校 已封顶。 下月交付。"),
    ],
)
def test_what_closes_the_text_is_not_of_the_last_row(last: str, end: str) -> None:
    rows = [Text.of(row) for row in ("修路 已通车。 已办结", "架桥 在建。 办理中", last)]
    assert last[: row_end(rows, "status")] == end
    assert row_end(rows, "progress") == len(last)


def test_rows_that_end_otherwise_keep_all_of_the_last() -> None:
    rows = [
        Text.of(row) for row in ("修路 铺油3公里。", "架桥 打桩9根。", "建校 已封顶。 已办结 下月将督办。")
    ]
    assert row_end(rows, "status") == len(rows[-1])


def test_a_header_cell_a_line_is_told_by_the_first_row(body: Bodied) -> None:
    header = "序号 项目名称 建设内容 总投资（万元） 责任单位 本月进展 下月计划 存在困难 进展状态"
    rows = [
        "1 东环路改造 改造道路3.2公里 5200 县住建局 路基完成。 完成沥青摊铺 无 正常",
        "2 西湖公园 新建绿地12亩 890 县园林中心 已完工。 办理移交 无 完成",
        "3 老旧小区 改造18个小区 13000 县房管中心 12个完工。 完成剩余小区 资金不足 滞后",
    ]
    drafts = read(body("\n".join(" ".join([header, *rows]).split()) + "\n", "page.txt")).drafts
    told = [(row[5], row[6], row[7], row[8]) for row in map(str.split, rows)]
    names = ("progress", "next_steps", "problems", "status")
    assert [tuple(d.fields[name].value for name in names) for d in drafts] == told  # type: ignore[index]


def test_words_broken_over_lines_are_one_header(body: Bodied) -> None:
    header = "序号 重点工作 内容 责任 单位 完成情况"
    rows = ["1 修路。 市交通局 已通车。", "2 架桥。 市住建局 在建。", "3 建校。 市教育局 已封顶。"]
    drafts = read(body("\n".join(" ".join([header, *rows]).split()) + "\n", "page.txt")).drafts
    assert [d.fields["progress"].value for d in drafts] == ["已通车。", "在建。", "已封顶。"]
