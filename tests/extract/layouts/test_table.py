from __future__ import annotations

from collections.abc import Callable

from extract.body import Body
from extract.layouts.grid.header import column_of, columns_of
from extract.layouts.grid.table import read

Bodied = Callable[..., Body]


def fields(draft: object, *names: str) -> list[str | None]:
    found = draft.fields  # type: ignore[attr-defined]
    return [found[name].value if name in found else None for name in names]


def test_columns_are_named_by_their_last_and_longest_word() -> None:
    assert column_of("某委2023年全年落实情况") == "progress"
    assert column_of("自查内容（年度任务）") == "content"
    assert column_of("牵头处室") == "lead"
    assert column_of("存在问题及原因") == "problems"
    assert column_of("联系电话") == "extra"


def test_a_data_row_is_no_header() -> None:
    assert columns_of(["1", "推进道路建设，完成年度任务", "已完成"]) is None
    assert columns_of(["指标", "数值"]) is None


def test_header_repeated_on_every_page_is_dropped(body: Bodied) -> None:
    text = "序号\t任务\t进展情况\n1\t修路\t已完工\n序号\t任务\t进展情况\n2\t架桥\t正在施工\n"
    reading = read(body(text))
    assert [fields(d, "label", "content", "progress") for d in reading.drafts] == [
        ["1", "修路", "已完工"],
        ["2", "架桥", "正在施工"],
    ]
    assert sum(label.kind == "header" for label in reading.labels) == 6


def test_row_continued_on_the_next_page_joins(body: Bodied) -> None:
    text = "序号\t任务\t进展情况\n1\t修路\t主体工程已\n\t\t经封顶\n2\t架桥\t正在施工\n"
    reading = read(body(text, "page.tsv"))
    assert [fields(d, "content", "progress") for d in reading.drafts] == [
        ["修路", "主体工程已经封顶"],
        ["架桥", "正在施工"],
    ]


def test_section_rows_and_spans(body: Bodied) -> None:
    html = """<table><tr><th>类别</th><th>重点工作</th><th>责任单位</th><th>完成情况</th><th>备注</th></tr>
    <tr><td colspan=5>一、经济建设</td></tr>
    <tr><td rowspan=2>产业</td><td>建园区</td><td>市发改委</td><td>已开园</td><td>甲</td></tr>
    <tr><td>引项目</td><td>市商务局</td><td>签约3个</td><td></td></tr></table>"""
    reading = read(body(html, "page.html"))
    first, second = reading.drafts
    assert fields(first, "dimension", "content", "progress") == ["产业", "建园区", "已开园"]
    assert fields(second, "dimension", "content", "progress") == ["产业", "引项目", "签约3个"]
    assert [s.value for s in second.section] == ["一、经济建设"]
    assert [(u.role, u.text.value) for u in first.units] == [("responsible", "市发改委")]
    assert {name: text.value for name, text in first.extra.items()} == {"备注": "甲"}


def test_target_column_belongs_to_the_task(body: Bodied) -> None:
    text = (
        "序号\t任务名称\t年度目标\t完成情况\n1\t河道清淤\t清淤3条\t已清3条\n2\t充电桩\t新建300个\t建成318个\n"
    )
    reading = read(body(text))
    assert fields(reading.drafts[0], "title", "content", "progress") == [
        "河道清淤",
        "河道清淤\n清淤3条",
        "已清3条",
    ]


def test_statistics_are_no_tasks(body: Bodied) -> None:
    text = "统计指标\t单位\t统计数\n主动公开信息\t条\t1200\n依申请公开\t件\t18\n"
    assert read(body(text)).drafts == ()


def test_unknown_headers_are_guessed_by_shape(body: Bodied) -> None:
    rows = [("甲", "乙", "丙", "丁")]
    rows += [
        (str(i), f"建设第{i}座公园并开放", "市园林局、市财政局", f"公园{i}主体完工，正在绿化养护")
        for i in range(1, 6)
    ]
    reading = read(body("\n".join("\t".join(row) for row in rows)))
    assert len(reading.drafts) == 5
    assert reading.drafts[0].rule == "table.guessed_columns"
    assert fields(reading.drafts[0], "content", "progress") == [
        "建设第1座公园并开放",
        "公园1主体完工，正在绿化养护",
    ]


def test_ticks_under_states_are_the_status(body: Bodied) -> None:
    html = """<table><tr><th rowspan=2>编号</th><th rowspan=2>任务</th><th rowspan=2>推进情况</th>
    <th colspan=3>状态</th></tr><tr><th>已完成</th><th>推进中</th><th>滞后</th></tr>
    <tr><td>A-01</td><td>修路</td><td>路面铺完。</td><td>√</td><td></td><td></td></tr>
    <tr><td>A-02</td><td>架桥</td><td>缺少资金。</td><td></td><td></td><td>√</td></tr></table>"""
    reading = read(body(html, "page.html"))
    assert [fields(d, "label", "content", "status") for d in reading.drafts] == [
        ["A-01", "修路", "已完成"],
        ["A-02", "架桥", "滞后"],
    ]
    assert [d.extra for d in reading.drafts] == [{}, {}]


def test_progress_of_several_periods_and_units_of_several_columns(body: Bodied) -> None:
    text = (
        "项目名称,业主单位,协作单位,6月进展,9月进展,资金来源\n修路,市交通局,市财政局,已招标,铺完路基,专项债\n"
    )
    text += "架桥,市住建局,,完成设计,已开工,自筹\n建园,市城管局,,选址,种树,自筹\n"
    first = read(body(text, "page.csv")).drafts[0]
    assert fields(first, "content", "progress", "source") == ["修路", "已招标\n铺完路基", None]
    assert [(u.role, u.text.value) for u in first.units] == [
        ("responsible", "市交通局"),
        ("support", "市财政局"),
    ]
    assert {name: text.value for name, text in first.extra.items()} == {"资金来源": "专项债"}


def test_amounts_are_no_part_of_the_task(body: Bodied) -> None:
    text = "考核指标,目标值,完成值\n外贸进出口,56,58.73\n零售额增速,8%,9.4%\n古树保护,建档立卡,已建档\n"
    drafts = read(body(text, "page.csv")).drafts
    assert [d.fields["content"].value for d in drafts] == ["外贸进出口", "零售额增速", "古树保护\n建档立卡"]
    assert drafts[0].extra["目标值"].value == "56"


def test_totals_chapters_with_sums_and_who_filled_it_in_are_no_tasks(body: Bodied) -> None:
    html = """<table><tr><td>序号</td><td>项目名称</td><td>总投资</td><td>形象进度</td></tr>
    <tr><td colspan=2>合 计（2个）</td><td>90</td><td></td></tr>
    <tr><td colspan=2>一、产业类（1个）</td><td>60</td><td></td></tr>
    <tr><td>1</td><td>建园区</td><td>60</td><td>已开园</td></tr>
    <tr><td colspan=2>二、民生类（1个）</td><td>30</td><td></td></tr>
    <tr><td>1</td><td>建医院</td><td>30</td><td>已封顶</td></tr>
    <tr><td>填报人：</td><td>周某</td><td></td><td>10月9日</td></tr></table>"""
    drafts = read(body(html, "page.html")).drafts
    assert [(d.section[0].value, d.fields["content"].value) for d in drafts] == [
        ("一、产业类（1个）", "建园区"),
        ("二、民生类（1个）", "建医院"),
    ]


def test_headings_above_tables_and_chapters_behind_them(body: Bodied) -> None:
    head = "<tr><td>工作任务</td><td>目标时限</td><td>完成情况</td></tr>"
    table = f"<table>{head}<tr><td>{{}}</td><td>{{}}</td><td>{{}}</td></tr></table>"
    html = f"""<p>情况公开如下。</p><p>经济发展办公室</p>{table.format("盘活厂房", "每季度", "盘活2处。")}
    <p>社会事务办公室</p>{table.format("规范公墓", "长期", "出台办法。")}
    <p>二、存在问题</p><p>解读形式单一。</p><p>三、下一步打算</p><p>丰富解读形式。</p>"""
    reading = read(body(html, "page.html"))
    tasks = [d for d in reading.drafts if d.kind == "task"]
    assert [(d.section[0].value, d.units[0].text.value) for d in tasks] == [
        ("经济发展办公室",) * 2,
        ("社会事务办公室",) * 2,
    ]
    assert [d.kind for d in reading.drafts] == ["task", "task", "problem", "plan"]


def test_a_column_of_states_is_the_status_whatever_its_header(body: Bodied) -> None:
    text = (
        "序号\t任务\t进展情况\t完成进度\n1\t修路\t修通3公里\t达序时\n2\t架桥\t用地待批\t未达序时\n"
        "3\t建站\t选址报告待批\t前期\n"
    )
    drafts = read(body(text)).drafts
    assert [fields(d, "progress", "status") for d in drafts] == [
        ["修通3公里", "达序时"],
        ["用地待批", "未达序时"],
        ["选址报告待批", "前期"],
    ]
    kept = [{name: text.value for name, text in d.extra.items()} for d in drafts]
    assert kept == [{}, {}, {"完成进度": "前期"}]


def test_states_before_the_prose_give_it_the_progress(body: Bodied) -> None:
    text = "序号\t任务\t完成情况\t工作进展\n1\t修路\t已完成\t3公里通车\n2\t架桥\t未完成\t桥墩8座浇筑完\n"
    drafts = read(body(text)).drafts
    assert [fields(d, "progress", "status") for d in drafts] == [
        ["3公里通车", "已完成"],
        ["桥墩8座浇筑完", "未完成"],
    ]


def test_figures_and_lone_columns_of_states_are_no_status_column(body: Bodied) -> None:
    rates = "任务\t完成情况\t完成率\n修路\t修通3公里\t100%\n架桥\t建成2座\t100%\n"
    assert [fields(d, "status") for d in read(body(rates)).drafts] == [[None], [None]]
    lone = "任务\t责任单位\t完成情况\n修路\t市交通局\t已完成\n架桥\t市交通局\t推进中\n"
    assert [fields(d, "progress", "status") for d in read(body(lone)).drafts] == [
        ["已完成", None],
        ["推进中", None],
    ]
    notes = (
        "任务\t完成情况\t备注\n修路\t修通3公里\t已完成\n架桥\t桥墩浇筑完\t\n建站\t建成2座\t\n"
        "植树\t植树9亩\t已完成\n治水\t清淤\t\n"
    )
    assert all(fields(d, "status") == [None] for d in read(body(notes)).drafts)


def test_yes_under_a_question_affirms_it(body: Bodied) -> None:
    text = "任务\t完成情况\t是否完成\n修路\t修通3公里\t是\n架桥\t桥墩浇筑完\t否\n"
    drafts = read(body(text)).drafts
    assert [fields(d, "status") for d in drafts] == [["完成"], ["否"]]


def test_a_name_over_several_targets_is_no_task_of_its_own(body: Bodied) -> None:
    html = """<table>
    <tr><th>序号</th><th>项目名称</th><th>建设目标</th><th>责任单位</th><th>工作进展</th></tr>
    <tr><td rowspan=2>1</td><td rowspan=2>教育惠民</td><td>新建学校6所</td><td>市教育局</td>
    <td>5所竣工</td></tr>
    <tr><td>配备黑板150套</td><td>市教育局</td><td>配备完成</td></tr>
    <tr><td>2</td><td>供热</td><td>新增供热面积9万平方米</td><td>市住建局</td><td>已供热</td></tr></table>"""
    drafts = read(body(html, "page.html")).drafts
    assert [fields(d, "label", "title", "content", "progress") for d in drafts] == [
        ["1", "教育惠民", "新建学校6所", "5所竣工"],
        ["1", "教育惠民", "配备黑板150套", "配备完成"],
        ["2", "供热", "新增供热面积9万平方米", "已供热"],
    ]


def test_what_comes_next_below_the_table_is_a_plan(body: Bodied) -> None:
    text = (
        "序号\t任务\t进展情况\n1\t修路\t已完工\n2\t架桥\t正在施工\n下一步，各单位要加大力度。\n某县发改局\n"
    )
    drafts = read(body(text)).drafts
    assert [(d.kind, d.fields["content"].value) for d in drafts][2:] == [("plan", "下一步，各单位要加大力度")]


def test_a_column_that_groups_the_rows_is_the_dimension(body: Bodied) -> None:
    rows = (
        ("安全生产攻坚", "修路"),
        ("安全生产攻坚", "架桥"),
        ("污染防治攻坚", "治水"),
        ("污染防治攻坚", "植树"),
    )
    head = "序号\t行动\t具体任务\t进展\n"
    text = head + "".join(f"{n}\t{a}\t{b}\t完成3处\n" for n, (a, b) in enumerate(rows, start=1))
    drafts = read(body(text)).drafts
    assert [tuple(fields(d, "dimension", "content")) for d in drafts] == list(rows)
    places = text.replace("安全生产攻坚", "大石门镇").replace("污染防治攻坚", "小石门镇")
    assert all(fields(d, "dimension") == [None] for d in read(body(places)).drafts)
