"""Words of headers: what the columns of a table hold, those that no field holds among them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.body import Body
from extract.layouts.grid.header import column_of, columns_of
from extract.layouts.grid.table import read

Bodied = Callable[..., Body]


@pytest.mark.parametrize(
    ("words", "column"),
    [
        (
            "下月计划 下月安排 下月工作计划 次月打算 下周安排 下季度工作安排 下步计划 明年计划 下一阶段措施",
            "next_steps",
        ),
        ("预计完成日期 预计完工日期 预计竣工时间 计划竣工日期 办结时限 整改期限 完成日期", "deadline"),
        (
            "扣分原因及改进措施 失分原因 存在问题及整改措施 扣分原因和整改举措 困难和问题",
            "problems",
        ),
        ("交办问题基本情况 举报问题 信访问题 反映问题基本情况", "problems"),
        ("是否办结 是否销号 进度评估 进度状态", "status"),
        (
            "责任人被处理情况 问责情况 受理编号 是否属实 实际完成日期 总投资（万元） 年度计划投资 建设规模",
            "extra",
        ),
        ("调查核实及处理整改情况 截至8月底推进情况 查处整改情况", "progress"),
        ("诉求内容 举报内容 信访事项", "content"),
    ],
)
def test_a_header_word_names_its_column(words: str, column: str) -> None:
    assert {word: column_of(word) for word in words.split()} == dict.fromkeys(words.split(), column)


@pytest.mark.parametrize("charge", ["主管单位", "主管部门", "主管局"])
@pytest.mark.parametrize("beside", ["协同单位", "配合单位", "参与部门"])
def test_who_is_in_charge_leads_those_that_support(charge: str, beside: str) -> None:
    cells = ["序号", "项目名称", charge, beside, "推进情况"]
    assert columns_of(cells) == ("seq", "content", "lead", "support", "progress")


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (["序号", "项目名称", "主管部门", "推进情况"], "responsible"),
        (["序号", "项目名称", "业主单位", "协作单位", "推进情况"], "responsible"),
        (["序号", "项目名称", "牵头单位", "主管部门", "配合单位", "推进情况"], "responsible"),
    ],
)
def test_who_is_in_charge_leads_nobody_alone_or_beside_a_lead(cells: list[str], role: str) -> None:
    columns = columns_of(cells)
    assert columns is not None
    assert role in columns


def test_columns_that_no_field_holds_make_no_header_of_figures() -> None:
    figures = ["项目", "总投资", "计划投资", "完成投资", "建设性质", "建设地点"]
    assert columns_of(figures) is None
    assert columns_of([*figures, "形象进度"]) == ("content", *["extra"] * 5, "progress")


def test_what_was_handed_over_and_found_is_a_record(body: Bodied) -> None:
    header = "序号|受理编号|举报问题|行政区域|是否属实|调查处理情况|是否办结|问责情况"
    cells = [
        ("1", "D001", "砂场扬尘扰民。", "东镇", "属实", "已覆盖防尘网。", "已办结", "无"),
        ("2", "X002", "河道有垃圾。", "西镇", "不属实", "现场未见垃圾。", "未办结", "谈话1人"),
        ("3", "X003", "夜间噪声大。", "北镇", "部分属实", "责令22时停工。", "已办结", "无"),
    ]
    title = "\t".join(["某县交办信访举报件办理情况表（第三批）"] + [""] * 7)
    text = "\n".join([title, *("\t".join(row) for row in (header.split("|"), *cells))]) + "\n"
    drafts = read(body(text, "page.tsv")).drafts
    assert [d.fields["content"].value for d in drafts] == [row[2] for row in cells]
    assert [d.fields["progress"].value for d in drafts] == [row[5] for row in cells]
    assert [d.fields["status"].value for d in drafts] == [row[6] for row in cells]


def test_an_empty_first_cell_has_the_dimension_above_it(body: Bodied) -> None:
    rows = [
        ("考核维度", "年度目标", "权重", "实际完成情况", "自评分", "失分原因及整改措施"),
        ("履职效能", "门诊28万人次", "10", "门诊29万人次。", "10", ""),
        ("", "手术占比45%", "10", "占比43%。", "8", "专家未到位，明年加强引进。"),
        ("能力建设", "完成认证", "10", "11月通过认证。", "10", ""),
        ("", "新技术20项", "5", "开展24项。", "5", ""),
        ("合计", "", "35", "", "33", ""),
    ]
    drafts = read(body("\n".join("\t".join(row) for row in rows) + "\n", "page.txt")).drafts
    assert [d.fields["content"].value for d in drafts] == [row[1] for row in rows[1:-1]]
    assert [d.fields["dimension"].value for d in drafts] == ["履职效能"] * 2 + ["能力建设"] * 2
    assert [d.fields["problems"].value for d in drafts if "problems" in d.fields] == [rows[2][5]]


@pytest.mark.parametrize("found", ["调查核实情况", "现场核查情况", "问题核实情况"])
def test_what_was_found_out_is_no_progress_beside_what_was_done(found: str) -> None:
    cells = ["序号", "举报问题", found, "处理和整改情况", "办理状态"]
    assert columns_of(cells) == ("seq", "content", "extra", "progress", "status")
    assert columns_of(["序号", "举报问题", found, "办理状态"]) == ("seq", "content", "progress", "status")
