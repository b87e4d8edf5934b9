"""Tables of audits, plans, groups and indicators: what their columns hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.body import Body
from extract.layouts.grid.header import columns_of
from extract.layouts.grid.table import read

Bodied = Callable[..., Body]


def fields(draft: object, *names: str) -> list[str | None]:
    found = draft.fields  # type: ignore[attr-defined]
    return [found[name].value if name in found else None for name in names]


MENDED = [
    ("1", "资金闲置420万元", "收回统筹", "已收回320万元", "市财政局", "是"),
    ("2", "未按合同付款", "限期拨付", "已全部拨付", "市住建局", "否"),
]


def _sheet(header: str, cells: list[tuple[str, ...]]) -> str:
    return "\n".join("\t".join(row) for row in (header.split("|"), *cells)) + "\n"


@pytest.mark.parametrize(
    "header",
    [
        "序号|存在问题|整改措施|整改落实情况|责任单位|是否完成整改",
        "序号|审计发现问题|整改举措|整改结果|责任单位|是否整改到位",
        "序号|反馈意见|整改措施|整改情况|责任单位|是否办结",
        "编号|缺失事项|改善措施|办理情形|主办单位|是否完成",
        "序号|反馈问题|整改措施|整改情况|责任单位|是否完成",
    ],
)
def test_a_problem_before_its_measures_is_the_task(body: Bodied, header: str) -> None:
    drafts = read(body(_sheet(header, MENDED), "page.tsv")).drafts
    assert [fields(d, "content", "progress", "problems") for d in drafts] == [
        ["资金闲置420万元", "已收回320万元", None],
        ["未按合同付款", "已全部拨付", None],
    ]
    assert [d.units[0].text.value for d in drafts] == ["市财政局", "市住建局"]
    assert {"收回统筹"} <= {text.value for text in drafts[0].extra.values()}
    first, second = (d.fields["status"].value for d in drafts)
    assert first in header
    assert second == "否"


def test_a_problem_without_measures_is_the_task(body: Bodied) -> None:
    text = _sheet("序号|存在问题|责任单位|整改情况", [(r[0], r[1], r[4], r[3]) for r in MENDED])
    drafts = read(body(text, "page.tsv")).drafts
    assert [fields(d, "content", "progress") for d in drafts] == [
        ["资金闲置420万元", "已收回320万元"],
        ["未按合同付款", "已全部拨付"],
    ]


def test_problems_and_measures_behind_the_progress_stay_so(body: Bodied) -> None:
    text = _sheet(
        "序号|工作任务|进展情况|存在问题|改进措施", [(r[0], "修路", r[3], r[1], r[2]) for r in MENDED]
    )
    first, _ = read(body(text, "page.tsv")).drafts
    assert fields(first, "content", "problems", "next_steps") == ["修路", "资金闲置420万元", "收回统筹"]
    measures = columns_of(["序号", "工作措施", "进展情况", "存在问题"])
    assert measures == ("seq", "content", "progress", "problems")


@pytest.mark.parametrize(
    ("planned", "actual"), [("计划进度", "实际进度"), ("目标进度", "完成进度"), ("计划形象进度", "形象进度")]
)
def test_planned_progress_is_no_progress(body: Bodied, planned: str, actual: str) -> None:
    cells = [("1", "修路", "路基80%", "路基71%", "慢于计划"), ("2", "建校", "封顶", "已封顶", "达到计划")]
    first, second = read(body(_sheet(f"序号|项目名称|{planned}|{actual}|进度评价", cells), "page.tsv")).drafts
    assert fields(first, "progress", "status") == ["路基71%", "慢于计划"]
    assert first.extra[planned].value == "路基80%"
    turned = [(a, b, d, c, e) for a, b, c, d, e in cells]
    again = read(body(_sheet(f"序号|项目名称|{actual}|{planned}|进度评价", turned), "page.tsv")).drafts
    assert fields(again[1], "progress", "status") == fields(second, "progress", "status")


GROUPS = [
    ("一", "续建项目（2个）", "", "12.3", ""),
    ("1", "修路", "市交通局", "8.1", "路基71%"),
    ("2", "建校", "市教育局", "4.2", "主体封顶"),
    ("二", "新建项目", "", "2.1", ""),
    ("3", "扩建医院", "市卫健委", "2.1", "竣工"),
    ("", "合计（3个）", "", "14.4", ""),
]


@pytest.mark.parametrize("sums", [True, False])
def test_rows_that_sum_up_groups_head_them(body: Bodied, sums: bool) -> None:
    cells = [row if sums else (*row[:3], "", row[4]) for row in GROUPS]
    reading = read(body(_sheet("序号|项目名称|责任单位|总投资（亿元）|形象进度", cells), "page.tsv"))
    assert [(d.seq, d.section[-1].value) for d in reading.drafts] == [
        ("1", "续建项目（2个）"),
        ("2", "续建项目（2个）"),
        ("3", "新建项目"),
    ]


def test_tasks_with_chinese_numbers_head_no_groups(body: Bodied) -> None:
    cells = [
        (n, f"修{n}号路", "市交通局", "8.1", done) for n, done in (("一", "完工"), ("二", ""), ("三", "在建"))
    ]
    reading = read(body(_sheet("序号|项目名称|责任单位|总投资|形象进度", cells), "page.tsv"))
    assert [d.fields["content"].value for d in reading.drafts] == ["修一号路", "修二号路", "修三号路"]


def test_indicators_below_the_lines_of_a_form(body: Bodied) -> None:
    def row(*cells: str) -> str:
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

    wide = "<td colspan=5>水库维修项目</td>"
    form = f"<tr><td colspan=2>项目名称</td>{wide}</tr>" * 7
    header = row(
        "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分", "偏差原因分析及改进措施"
    )
    told = [
        row("产出指标", "数量指标", "维修座数", "46座", "46座", "10", ""),
        row("产出指标", "时效指标", "按期完成率", "100%", "93.5%", "9", "汛期推迟施工。"),
        row("效益指标", "社会效益", "受保护人口", "≥3万人", "3.5万人", "10", ""),
        "<tr><td colspan=5>总分</td><td>29</td><td></td></tr>",
    ]
    reading = read(body(f"<table>{form}{header}{''.join(told)}</table>", "page.html"))
    assert [fields(d, "dimension", "content", "progress", "problems") for d in reading.drafts] == [
        ["产出指标", "维修座数", "46座", None],
        ["产出指标", "按期完成率", "93.5%", "汛期推迟施工。"],
        ["效益指标", "受保护人口", "3.5万人", None],
    ]
    assert reading.drafts[1].extra["二级指标"].value == "时效指标"


def test_policy_bureaux_and_areas_of_an_address(body: Bodied) -> None:
    cells = [
        ("房屋", "1", "加快兴建公屋", "房屋局", "落成2万个单位", "持续推展中"),
        ("医疗", "2", "成立医学院", "教育局", "已评审", "押后"),
    ]
    first, _ = read(body(_sheet("范畴|编号|措施／承诺|负责政策局|最新进展|进度", cells), "page.tsv")).drafts
    assert fields(first, "dimension", "progress", "status") == ["房屋", "落成2万个单位", "持续推展中"]
    assert [(u.role, u.text.value) for u in first.units] == [("responsible", "房屋局")]
