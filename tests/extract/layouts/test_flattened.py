from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from extract.body import Body
from extract.layouts.flat.flattened import read
from extract.layouts.flat.sequence import best_chain, candidates

Bodied = Callable[..., Body]


def rows(reading: object) -> list[tuple[str | None, ...]]:
    return [
        (d.seq, d.fields["content"].value, d.fields["progress"].value if "progress" in d.fields else None)
        for d in reading.drafts  # type: ignore[attr-defined]
    ]


def test_numbers_of_the_text_are_no_rows() -> None:
    text = "1推进2.0版，新建3个平台\n2开展2场活动，3天内办结\n3完成10项任务"
    chain = best_chain(candidates(text), lambda start, end: 0.0, len(text))
    assert [(n.value, n.line_start) for n in chain] == [(1, True), (2, True), (3, True)]


def test_rows_run_together_with_sources(body: Bodied) -> None:
    text = (
        "序号任务内容任务来源全年落实情况\n"
        "1建设公园。市政府工作报告第2项1.完成选址。2.启动招标，投资1.5亿元。\n"
        "2开展绿化。日常履职考核事项植树3万株。\n2.补植1万株。\n"
        "3清理河道。市政府工作报告第5项、日常履职考核事项清淤12公里。\n"
    )
    reading = read(body(text))
    assert rows(reading) == [
        ("1", "建设公园。", "1.完成选址。2.启动招标，投资1.5亿元。"),
        ("2", "开展绿化。", "植树3万株。\n2.补植1万株。"),
        ("3", "清理河道。", "清淤12公里。"),
    ]
    assert reading.drafts[2].fields["source"].value == "市政府工作报告第5项、日常履职考核事项"


def test_one_cell_per_line_with_wrapped_cells_and_pages(body: Bodied) -> None:
    text = (
        "序号 任务 责任单位 进展情况\n1 建设群众艺\n术中心\n市文旅局 主体封顶，\n正在装修\n— 1 —\n"
        "序号 任务 责任单位 进展情况\n2 改造老旧小\n区\n市住建局\n市财政局\n已完工\n"
    )
    reading = read(body(text))
    assert rows(reading) == [("1", "建设群众艺术中心", "主体封顶，正在装修"), ("2", "改造老旧小区", "已完工")]
    assert [u.text.value for d in reading.drafts for u in d.units] == ["市文旅局", "市住建局\n市财政局"]


def test_header_over_several_lines(body: Bodied) -> None:
    text = (
        "序号\n任务名称\n年度目标\n完成情况\n1\n河道清淤\n清淤3条\n全部清完。\n2\n"
        "充电桩\n建300个\n建成318个。\n"
    )
    reading = read(body(text))
    assert rows(reading) == [
        ("1", "河道清淤\n清淤3条", "全部清完。"),
        ("2", "充电桩\n建300个", "建成318个。"),
    ]


def test_whole_table_on_one_line(body: Bodied) -> None:
    text = "序号项目名称合计（4个）1. 码头工程2. 农村公路3. 2024振兴项目4. 68海景项目"
    assert [r[:2] for r in rows(read(body(text)))] == [
        ("1", "码头工程"),
        ("2", "农村公路"),
        ("3", "2024振兴项目"),
        ("4", "68海景项目"),
    ]


def test_header_behind_a_sentence_and_cells_without_any_border(body: Bodied) -> None:
    text = (
        "现将情况公布如下：序号重点工作内容牵头单位完成情况"
        "1统筹推进复工复产。市卫生健康委员会率先建成实验室8个，日检测2.6万份。"
        "2建成产业园二期。高新区管委会18栋厂房竣工，引进企业13家。"
        "3新建书房15座。市文化广电旅游局建成16座。 望海市人民政府 2021年1月7日"
    )
    reading = read(body(text))
    assert rows(reading) == [
        ("1", "统筹推进复工复产。", "率先建成实验室8个，日检测2.6万份。"),
        ("2", "建成产业园二期。", "18栋厂房竣工，引进企业13家。"),
        ("3", "新建书房15座。", "建成16座。"),
    ]
    assert [u.text.value for d in reading.drafts for u in d.units] == [
        "市卫生健康委员会",
        "高新区管委会",
        "市文化广电旅游局",
    ]


def test_rows_beyond_a_thousand(body: Bodied) -> None:
    lines = "\n".join(f"{n} 修建道路{n % 7 + 1}条 已于2021年完成" for n in range(1, 1206))
    reading = read(body("序号 任务 进展情况\n" + lines))
    assert [d.seq for d in reading.drafts] == [str(n) for n in range(1, 1206)]


def test_years_number_no_rows() -> None:
    assert [n.value for n in candidates("1 修路\n2021 年度完成\n2022 建桥\n2 架桥")] == [1, 2]


def test_a_number_alone_on_its_line_whatever_follows(body: Bodied) -> None:
    text = (
        "序号\n任务\n进展情况\n1\n开展科普 周活动\n8天接待300人。 效果好。\n2\n年度指标\n增长14%。\n"
        "3\n1. 修路\n1. 完成。 2. 验收。\n"
    )
    assert rows(read(body(text))) == [
        ("1", "开展科普 周活动", "8天接待300人。 效果好。"),
        ("2", "年度指标", "增长14%。"),
        ("3", "1. 修路", "1. 完成。 2. 验收。"),
    ]


def test_a_unit_that_all_rows_share_parts_their_cells(body: Bodied) -> None:
    text = (
        "序号任务内容责任单位落实情况\n1推动园区布局优化市科委会同市财政局印发方案。\n"
        "2建设平台。市科委已上线。\n3服务业扩大开放任务市科委1.出台政策。\n4支持首台套。市科委支持12项。\n"
    )
    reading = read(body(text))
    assert {u.text.value for d in reading.drafts for u in d.units} == {"市科委"}
    assert rows(reading)[0] == ("1", "推动园区布局优化", "会同市财政局印发方案。")
    assert rows(reading)[2] == ("3", "服务业扩大开放任务", "1.出台政策。")


def test_prose_with_numbers_is_no_table(body: Bodied) -> None:
    assert read(body("全年完成3项任务，新增2个平台，其中1个已投用。")).drafts == ()


@pytest.mark.parametrize("size", [2000])
def test_time_grows_with_the_rows(size: int) -> None:
    def measure(count: int) -> float:
        text = "\n".join(f"{i % 999 + 1}推进第{i}号工程，完成3个节点。" for i in range(count))
        start = time.process_time()
        best_chain(candidates(text), lambda a, b: 0.0, len(text))
        return time.process_time() - start

    measure(size)
    assert min(measure(2 * size) for _ in range(3)) < 4 * min(measure(size) for _ in range(3))


def test_a_line_a_cell_needs_no_shapes(body: Bodied) -> None:
    """Offices without a level, sources of no known form: each line is the cell of its column."""
    rows = [
        ("修复破损路面", "代表建议第3号", "村镇建设办", "修复路面2.3公里。", "已办结"),
        ("解决供水不足", "代表建议第5号", "农业农村办", "新打机井2口。", "已办结"),
        ("建设文化广场", "镇里自定", "社会事务办", "已建成4个，1个正在安装器材。", "正在办理"),
        ("安装路灯", "镇里自定", "村镇建设办", "安装612盏。", "已办结"),
    ]
    lines = ["序号", "事项", "来源", "责任部门", "办理情况", "办结状态"]
    for number, row in enumerate(rows, start=1):
        lines += [str(number), *row]
    drafts = read(body("\n".join(lines) + "\n")).drafts
    names = ("content", "source", "progress", "status")
    assert [tuple(d.fields[name].value for name in names) for d in drafts] == [
        (content, source, progress, status) for content, source, _, progress, status in rows
    ]
    assert [[u.text.value for u in d.units] for d in drafts] == [[row[2]] for row in rows]


def test_a_second_column_of_progress_that_holds_states_is_the_status(body: Bodied) -> None:
    rows = [("修路", "市交通局", "修通3公里", "已完成"), ("架桥", "市住建局", "桩基施工", "推进中")]
    rows += [("植树", "市林业局", "因缺苗仅栽2亩", "滞后"), ("通水", "市水利局", "通水38户", "已完成")]
    header = ("序号", "工作任务", "责任单位", "完成情况", "进度")
    for joint in ("\n", " ", "  "):
        lines = [joint.join(cells) for cells in (header, *((str(n), *row) for n, row in enumerate(rows, 1)))]
        reading = read(body("\n".join(lines)))
        told = [[d.fields[name].value for name in ("content", "progress", "status")] for d in reading.drafts]
        assert told == [[row[0], row[2], row[3]] for row in rows], joint


def test_states_in_front_of_the_progress(body: Bodied) -> None:
    lines = (
        "序号 任务 进度 完成情况",
        "1 修路 已完成 修通3公里",
        "2 架桥 推进中 桩基施工",
        "3 植树 滞后 缺苗",
    )
    drafts = read(body("\n".join(lines).replace(" ", "\n"))).drafts
    assert [d.fields["status"].value for d in drafts] == ["已完成", "推进中", "滞后"]
    assert [d.fields["progress"].value for d in drafts] == ["修通3公里", "桩基施工", "缺苗"]


def test_yes_and_no_under_a_question(body: Bodied) -> None:
    text = "序号 任务 责任单位 完成情况 是否完成\n1 修路 市交通局 修通3公里 是\n2 架桥 市住建局 桩基施工 否\n"
    first, second = read(body(text)).drafts
    assert (first.fields["status"].value, second.fields["status"].value) == ("完成", "否")
    assert [d.fields["progress"].value for d in (first, second)] == ["修通3公里", "桩基施工"]
    assert second.extra["是否完成"].value == "否"


@pytest.mark.parametrize(
    "note",
    [
        "注：进度以部门填报为准。",
        "（数据截止时间：2025年8月31日）",
        "（以上情况截至8月底）\n打印\n关闭",
        "制表单位：研考处",
    ],
)
def test_notes_below_the_last_row_are_none_of_it(body: Bodied, note: str) -> None:
    text = f"序号\n任务\n责任单位\n进展情况\n1\n修路\n市交通局\n完工\n2\n架桥\n市住建局\n在建\n{note}\n"
    reading = read(body(text))
    assert rows(reading) == [("1", "修路", "完工"), ("2", "架桥", "在建")]


def test_an_empty_line_ends_a_table_that_has_none(body: Bodied) -> None:
    lines = [f"{n} 修{n}号路 市交通局 已修通{n}公里 完成" for n in range(1, 6)]
    text = (
        "序号 任务 责任单位 完成情况 是否完成\n"
        + "\n".join(lines)
        + "\n\n共5项，全部完成。\n其中：市交通局5项。\n"
    )
    reading = read(body(text))
    assert rows(reading)[-1] == ("5", "修5号路", "已修通5公里")
    spaced = read(body(text.replace("完成\n", "完成\n\n"))).drafts
    assert len(spaced) == 5
