from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.body import Body
from extract.layouts.label import marks
from extract.layouts.labelled import read

Bodied = Callable[..., Body]


def rows(reading: object, *names: str) -> list[list[str | None]]:
    return [
        [d.fields[name].value if name in d.fields else None for name in names]
        for d in reading.drafts  # type: ignore[attr-defined]
    ]


def test_paragraphs_before_the_label_belong_to_the_task(body: Bodied) -> None:
    text = (
        "第1项:修建环线。\n\n  同步建设绿道。\n\n进展情况:1.完成立项。\n2.启动招标。\n"
        "第2项:整治河道。\n进展情况:清淤12公里。\n下一步工作:继续清淤。\n"
    )
    reading = read(body(text))
    assert rows(reading, "label", "content", "progress", "next_steps") == [
        ["第1项", "修建环线。\n同步建设绿道。", "1.完成立项。\n2.启动招标。", None],
        ["第2项", "整治河道。", "清淤12公里。", "继续清淤。"],
    ]
    assert [d.seq for d in reading.drafts] == ["1", "2"]


def test_labels_inside_a_line_end_the_task(body: Bodied) -> None:
    text = (
        "1．新增停车位500个。主办单位：市城管局。协办单位：市住建局。\n进展：新增312个。\n评价：欠进度\n"
        "2．新建学校2所。主办单位：市教育局。\n进展：均已开工。\n评价：达进度\n"
    )
    reading = read(body(text))
    assert rows(reading, "content", "progress", "status") == [
        ["新增停车位500个。", "新增312个。", "欠进度"],
        ["新建学校2所。", "均已开工。", "达进度"],
    ]
    assert [(u.role, u.text.value) for u in reading.drafts[0].units] == [
        ("lead", "市城管局。"),
        ("support", "市住建局。"),
    ]


def test_content_labels_open_items_and_offices_head_them(body: Bodied) -> None:
    text = (
        "民政局\n承诺 增设日间中心\n进展 已启用两间。\n状况 进展顺利\n交通局\n承诺 开通专线\n"
        "进展 正在试运行。\n"
    )
    reading = read(body(text))
    assert rows(reading, "content", "progress") == [
        ["增设日间中心", "已启用两间。"],
        ["开通专线", "正在试运行。"],
    ]
    assert [d.section[0].value for d in reading.drafts] == ["民政局", "交通局"]
    assert [u.text.value for d in reading.drafts for u in d.units] == ["民政局", "交通局"]


def test_label_on_its_own_line_and_empty_value(body: Bodied) -> None:
    text = (
        "任务一：建设平台\n完成情况\n平台已上线。\n存在问题：\n下一步打算：扩大接入。"
        "\n任务二：培训骨干\n完成情况：\n培训3期。\n"
    )
    reading = read(body(text))
    assert rows(reading, "content", "progress", "problems", "next_steps") == [
        ["建设平台", "平台已上线。", None, "扩大接入。"],
        ["培训骨干", "培训3期。", None, None],
    ]


def test_short_words_in_prose_are_no_labels() -> None:
    assert [m.word for m in marks("全面推进。成效：明显，责任单位：市交通局")] == ["责任单位"]


def test_prose_without_labels_scores_nothing(body: Bodied) -> None:
    assert read(body("一、修路\n修了3公里路。\n二、架桥\n桥已合龙。\n")).score == 0


def test_a_bracket_around_a_label_is_no_part_of_its_value(body: Bodied) -> None:
    text = (
        "第3项 建设平台\n（牵头：规划处；配合：省财政厅（预算处））\n完成情况：平台（一期）已上线。\n"
        "第8项 培训骨干\n（牵头：人事处）\n完成情况：培训3期。\n"
    )
    first, second = read(body(text)).drafts
    assert [u.text.value for u in (*first.units, *second.units)] == [
        "规划处；配合：省财政厅（预算处）",
        "人事处",
    ]
    assert first.fields["progress"].value == "平台（一期）已上线。"


def test_a_problem_behind_the_number_is_the_task(body: Bodied) -> None:
    text = (
        "1、问题：合同未公开。\n整改情况：已补充公开。\n整改时限：10月底。责任股室：办公室。目前状态\n：已整改。\n"
        "2、问题：公房闲置。\n整改情况：盘活51套。\n整改时限：年底。责任股室：住房股。目前状态：整改中。\n"
    )
    assert rows(read(body(text)), "label", "content", "status", "deadline") == [
        ["1", "合同未公开。", "已整改。", "10月底。"],
        ["2", "公房闲置。", "整改中。", "年底。"],
    ]


def test_tables_of_labels_under_numbered_names(body: Bodied) -> None:
    html = "".join(
        f"<p>整改任务{n}</p><table><tr><td>反馈问题</td><td>{what}。</td></tr><tr><td>整改目标</td><td>达标。</td>"
        f"</tr><tr><td>整改情况</td><td>{done}。</td></tr></table>"
        for n, what, done in (("一", "扬尘严重", "关停4家"), ("二", "水质下降", "建成2处"))
    )
    assert rows(read(body(html, "page.html")), "label", "content", "progress") == [
        ["整改任务一", "扬尘严重。", "关停4家。"],
        ["整改任务二", "水质下降。", "建成2处。"],
    ]


def test_bullets_before_labels(body: Bodied) -> None:
    text = (
        "# 某馆2024年任务执行情况\n\n1. 修复档案\n\n- 执行情况：修复1.2万页。\n- 困难：人手不足。\n\n"
        "2. 建设新库\n\n- 执行情况：立项完成。\n- 困难：用地未定。\n\n## 2025年打算\n\n争取开工建设。\n"
    )
    reading = read(body(text, "page.md", "某馆2024年任务执行情况", 2024))
    assert rows(reading, "content", "progress", "problems")[:2] == [
        ["修复档案", "修复1.2万页。", "人手不足。"],
        ["建设新库", "立项完成。", "用地未定。"],
    ]
    assert [d.kind for d in reading.drafts] == ["task", "task", "plan"]


def test_a_label_of_the_state_ends_the_progress(body: Bodied) -> None:
    text = (
        "1.“雪亮工程”三期\n- 责任单位：公安分局\n- 进展情况：立杆960个\n- 当前状态：按计划推进\n"
        "2.政务云迁移\n- 责任单位：区数据局\n- 进展情况：45个系统上云\n- 办结状态：已完成\n"
    )
    assert rows(read(body(text)), "progress", "status") == [
        ["立杆960个", "按计划推进"],
        ["45个系统上云", "已完成"],
    ]


def test_the_name_above_a_labelled_target_is_the_title(body: Bodied) -> None:
    text = (
        "第一件：农村道路建设\n目标任务：新改建150公里。\n牵头单位：市交通局\n进展情况：已完成156公里。\n"
        "第二件：城区内涝治理\n目标任务：改造易涝点8处。\n牵头单位：市住建局\n进展情况：全部完工。\n"
    )
    assert rows(read(body(text)), "title", "content", "progress") == [
        ["农村道路建设", "新改建150公里。", "已完成156公里。"],
        ["城区内涝治理", "改造易涝点8处。", "全部完工。"],
    ]


def test_a_table_a_problem_is_one_task(body: Bodied) -> None:
    cells = (
        ("问题描述", "污水设施运行不正常。", "整改目标", "稳定达标排放。", "已完成。修复管网6公里。"),
        ("问题描述", "矿山修复滞后。", "整改目标", "完成9座矿山修复。", "达到时序进度。6座已修复。"),
    )
    tables = "".join(
        f"<table><tr><td>{a}</td><td>{b}</td></tr><tr><td>{c}</td><td>{d}</td></tr>"
        f"<tr><td>责任单位</td><td>县住建局</td></tr><tr><td>整改进展情况</td><td>{e}</td></tr></table>"
        for a, b, c, d, e in cells
    )
    reading = read(body(f"<p>现将进展公开如下。</p>{tables}", "page.html"))
    assert rows(reading, "content", "progress") == [[row[1], row[4]] for row in cells]
    assert [d.extra["整改目标"].value for d in reading.drafts] == ["稳定达标排放。", "完成9座矿山修复。"]


def test_a_bracket_around_a_label_is_no_text(body: Bodied) -> None:
    text = (
        "1.提升村庄规划（责任单位：区农业局、区自然资源局）\n完成情况：编制规划12个。\n"
        "2.做强预制菜（责任单位：区商务局）\n完成情况：产值8.7亿元（增长9%）。\n"
    )
    reading = read(body(text))
    assert rows(reading, "content", "progress") == [
        ["提升村庄规划", "编制规划12个。"],
        ["做强预制菜", "产值8.7亿元（增长9%）。"],
    ]
    assert [u.text.value for d in reading.drafts for u in d.units] == ["区农业局、区自然资源局", "区商务局"]


def test_what_comes_next_behind_items_without_it_is_a_plan(body: Bodied) -> None:
    items = "1.修建环线\n进展情况：完成立项。\n2.整治河道\n进展情况：清淤12公里。\n"
    closing = "下一步，市政府将倒排工期，确保全部完成。\n"
    kinds = [(d.kind, d.fields.get("next_steps") is None) for d in read(body(items + closing)).drafts]
    assert kinds == [("task", True), ("task", True), ("plan", True)]
    told = items.replace("立项。\n", "立项。\n下一步，启动招标。\n")
    kinds = [(d.kind, d.fields.get("next_steps") is None) for d in read(body(told + closing)).drafts]
    assert kinds == [("task", False), ("task", False)]


def test_numbers_under_a_heading_of_plans_are_no_items(body: Bodied) -> None:
    text = (
        "一、项目进展\n1.修建环线\n进展情况：完成立项。\n2.整治河道\n进展情况：清淤12公里。\n"
        "3.安装路灯\n进展情况：安装90盏。\n"
        "二、工作要求\n1.各单位要倒排工期，确保完成。\n2.市数据局要加强调度，每月通报。\n"
    )
    assert [d.kind for d in read(body(text)).drafts] == [*["task"] * 3, "plan", "plan"]


@pytest.mark.parametrize(
    ("done", "going"),
    [("已解决（A类）", "正在解决（B类）"), ("A类（已解决）", "B类（正在解决）"), ("办结", "在办")],
)
def test_of_two_results_the_one_of_states_is_the_status(body: Bodied, done: str, going: str) -> None:
    text = (
        f"1.关于增设公厕的建议\n代表：陈某\n办理情况：新建公厕6座。\n办理结果：{done}\n"
        f"2.关于规范停车的建议\n代表：吴某\n办理情况：施划点位420处。\n办理结果：{going}\n"
        f"3.关于油烟治理的建议\n代表：何某\n办理情况：检查餐饮862家。\n办理结果：{done}\n"
    )
    reading = read(body(text))
    assert rows(reading, "content", "progress", "status") == [
        ["关于增设公厕的建议", "新建公厕6座。", done],
        ["关于规范停车的建议", "施划点位420处。", going],
        ["关于油烟治理的建议", "检查餐饮862家。", done],
    ]
    assert reading.drafts[0].extra["代表"].value == "陈某"


def test_two_results_in_prose_are_both_progress(body: Bodied) -> None:
    text = "1.修路的建议\n办理情况：修通3公里。\n办理结果：代表对办理表示满意，已答复。\n"
    text += "2.架桥的建议\n办理情况：完成设计。\n办理结果：纳入明年计划，待批复后开工。\n"
    first, _ = read(body(text)).drafts
    assert first.fields["progress"].value == "修通3公里。\n代表对办理表示满意，已答复。"


@pytest.mark.parametrize("bullet", ["——", "—", "— ", "·", "● ", "- "])
def test_a_bullet_before_a_label_belongs_to_it(body: Bodied, bullet: str) -> None:
    text = (
        f"1.引进人才30名（责任部门：人事处）\n{bullet}完成情况：引进博士41名。\n"
        f"2.建设校区（责任部门：基建处）\n{bullet}完成情况：图书馆封顶。\n"
        "各部门要认真总结经验，对未完成的任务要查找原因。\n"
    )
    reading = read(body(text))
    assert rows(reading, "content", "progress") == [
        ["引进人才30名", "引进博士41名。"],
        ["建设校区", "图书馆封顶。"],
    ]
    assert [u.text.value for d in reading.drafts for u in d.units] == ["人事处", "基建处"]


@pytest.mark.parametrize("label", ["建设单位", "项目业主", "业主单位", "实施主体"])
def test_text_goes_on_behind_units_on_their_line(body: Bodied, label: str) -> None:
    text = (
        f"1、产业园。{label}：某某科技公司；总投资12亿元；建设内容：厂房18万平方米。进展情况：主体完工。"
        "存在问题：无。责任单位：区工信局，责任领导：罗某。\n"
        f"2、风光带。{label}：区城投公司；总投资4亿元；建设内容：岸线5公里。进展情况：完成3公里。"
        "责任单位：区住建局；区水利局，责任领导：蒋某。\n"
    )
    reading = read(body(text))
    assert rows(reading, "content", "progress") == [
        ["产业园。\n总投资12亿元；建设内容：厂房18万平方米。", "主体完工。"],
        ["风光带。\n总投资4亿元；建设内容：岸线5公里。", "完成3公里。"],
    ]
    assert [u.text.value.strip("；，") for d in reading.drafts for u in d.units] == [
        *("某某科技公司", "区工信局"),
        *("区城投公司", "区住建局；区水利局"),
    ]


@pytest.mark.parametrize("lamp", ["亮灯：绿灯。", "灯号：绿灯", "状态：正常推进；", "亮牌情况：绿牌。"])
def test_a_state_at_the_end_of_a_paragraph(body: Bodied, lamp: str) -> None:
    text = (
        f"一、县住建局（承担任务2项，绿灯2项）\n1．改造公厕8座。进展情况：全部建成。{lamp}\n"
        f"2．建设管廊。进展情况：完成1.5公里。存在问题：资金不足。{lamp}\n"
        f"二、县交通局（承担任务1项）：\n1．改建县道。进展情况：铺装完成。{lamp}\n"
        "各责任单位要对照通报查找原因。\n"
    )
    reading = read(body(text))
    assert [row[:2] for row in rows(reading, "progress", "problems")] == [
        ["全部建成。", None],
        ["完成1.5公里。", "资金不足。"],
        ["铺装完成。", None],
    ]
    assert all(d.fields["status"].value in lamp for d in reading.drafts)
    assert [u.text.value for d in reading.drafts for u in d.units] == ["县住建局", "县住建局", "县交通局"]


def test_a_state_told_in_prose_is_no_label() -> None:
    assert list(marks("全面推进。状态：总体平稳，效果明显。")) == []


def test_a_plan_for_the_year_to_come_stands_behind_the_last_item(body: Bodied) -> None:
    text = (
        "任务1：改造公厕\n落实情况：改造31座。\n存在不足：保洁不及时。\n"
        "任务2：改造市场\n落实情况：全部完工。\n下阶段：抓好管理。\n"
        "2016年，我区将对照新标准，重点做好以下工作：\n（1）改造背街小巷；\n（2）启动二期建设。\n"
    )
    reading = read(body(text))
    assert [(d.kind, d.fields["content"].value) for d in reading.drafts] == [
        ("task", "改造公厕"),
        ("task", "改造市场"),
        ("plan", "改造背街小巷"),
        ("plan", "启动二期建设"),
    ]
    assert rows(reading, "problems", "next_steps")[:2] == [["保洁不及时。", None], [None, "抓好管理。"]]
