"""Tables without borders and without row numbers: their cells are told by what repeats."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extract.body import Body
from extract.draft import Reading
from extract.layouts.flat.flattened import read

Bodied = Callable[..., Body]

TASKS = (
    "改造老旧小区12个",
    "新建公园3座",
    "清淤河道，完善管护机制",
    "培训新型农民2000人",
    "建成智慧停车平台",
    "整治背街小巷",
)
UNITS = ("市住建局", "市园林局", "市水务局\n市财政局", "市农业农村局", "高新区管委会", "市城管局")
DEADLINES = ("12月底", "2023年6月底前", "全年", "年底前", "9月", "年底前")
PROGRESS = (
    "已完工11个，剩余1个正在铺设管网，预计11月底完成。",
    "3座公园全部建成开放，总面积约15公顷。",
    "清淤38公里，签订管护协议26份。",
    "累计培训2145人，其中女性占46%，发放证书1900份。",
    "方案已通过评审，正在招标。",
    "整治96条，因管线迁改进度较慢。",
)
STATES = ("达进度", "已完成", "已完成", "已完成", "未达进度", "推进中")
COLUMNS = {
    "工作任务": TASKS,
    "责任单位": UNITS,
    "完成时限": DEADLINES,
    "进展情况": PROGRESS,
    "完成状态": STATES,
}


def rows(reading: Reading) -> list[tuple[str, str]]:
    return [
        (draft.fields["content"].value, draft.fields["progress"].value if "progress" in draft.fields else "")
        for draft in reading.drafts
    ]


def text(
    words: Sequence[str], joint: str, width: dict[str, int] | None = None, behind: str = "某市人民政府办公室"
) -> str:
    """A table of the columns, ``joint`` between the cells, lines broken at the columns' widths."""
    lines = [joint.join(words)]
    for at in range(len(TASKS)):
        cells = [COLUMNS[word][at] for word in words]
        if width:
            cells = [wrapped(cell, width[word]) for word, cell in zip(words, cells, strict=True)]
        lines.append(joint.join(cells if joint == "\n" else [cell.replace("\n", "、") for cell in cells]))
    return "\n".join(["某市2023年重点工作进展", "现将有关情况通报如下。", *lines, behind])


def wrapped(cell: str, width: int) -> str:
    return "\n".join(line[at : at + width] for line in cell.split("\n") for at in range(0, len(line), width))


SETS = (
    ("工作任务", "责任单位", "进展情况"),
    ("工作任务", "完成时限", "责任单位", "进展情况"),
    ("工作任务", "责任单位", "进展情况", "完成状态"),
    ("工作任务", "进展情况", "完成状态"),
)


@pytest.mark.parametrize("words", SETS)
@pytest.mark.parametrize("joint", ["\n", " ", "    "])
def test_rows_repeat_the_header(body: Bodied, words: tuple[str, ...], joint: str) -> None:
    assert rows(read(body(text(words, joint)))) == list(zip(TASKS, PROGRESS, strict=True))


def test_units_of_several_lines_stay_together(body: Bodied) -> None:
    reading = read(body(text(SETS[0], "\n")))
    assert [unit.text.value for draft in reading.drafts for unit in draft.units] == list(UNITS)
    assert {draft.rule for draft in reading.drafts} == {"flattened.period"}


def test_lines_broken_by_the_width_of_their_column(body: Bodied) -> None:
    widths = {"工作任务": 8, "责任单位": 6, "进展情况": 14, "完成状态": 4}
    reading = read(body(text(SETS[2], "\n", widths, behind="")))
    assert rows(reading) == list(zip(TASKS, PROGRESS, strict=True))


def test_a_number_column_that_lost_its_numbers(body: Bodied) -> None:
    made = text(SETS[0], "\n").replace("工作任务\n", "序号\n工作任务\n", 1)
    assert rows(read(body(made))) == list(zip(TASKS, PROGRESS, strict=True))


def test_a_category_that_spans_rows_holds_for_them(body: Bodied) -> None:
    made = text(SETS[2], "\n").replace("工作任务\n", "类别\n工作任务\n", 1)
    made = made.replace(TASKS[0], f"城市建设\n{TASKS[0]}").replace(TASKS[3], f"民生保障\n{TASKS[3]}")
    reading = read(body(made))
    assert rows(reading) == list(zip(TASKS, PROGRESS, strict=True))
    assert [draft.fields["dimension"].value for draft in reading.drafts] == ["城市建设"] * 3 + [
        "民生保障"
    ] * 3


def test_headings_between_the_rows_are_their_sections(body: Bodied) -> None:
    made = text(SETS[2], "\n").replace(TASKS[0], f"一、城市建设\n{TASKS[0]}")
    reading = read(body(made.replace(TASKS[3], f"二、民生保障\n{TASKS[3]}")))
    assert rows(reading) == list(zip(TASKS, PROGRESS, strict=True))
    assert [str(draft.section[0]) for draft in reading.drafts[2:4]] == ["一、城市建设", "二、民生保障"]


def test_pages_that_repeat_the_header(body: Bodied) -> None:
    header = "\n".join(SETS[0])
    made = text(SETS[0], "\n").replace(TASKS[3], f"— 2 —\n{header}\n{TASKS[3]}")
    reading = read(body(made))
    assert rows(reading) == list(zip(TASKS, PROGRESS, strict=True))
    assert [label.kind for label in reading.labels].count("header") >= 2


@pytest.mark.parametrize(
    "prose",
    [
        # header words over a text with headings
        "任务内容\n完成情况\n一、基本情况\n完成投资3亿元。\n（一）抓项目\n建成12个。\n（二）抓民生\n新增500个。\n二、问题\n人手不足。\n三、打算\n继续推进。",
        # … over labels and values
        "工作任务\n责任单位\n进展情况\n"
        + "\n".join(f"整改问题：问题{n}\n责任单位：市水务局\n进展情况：已完成{n}项。" for n in range(1, 9)),
        # … over paragraphs of which none is like the column that the header names
        "重点工作\n责任单位\n完成时限\n"
        + "\n".join(f"第{n}段说明有关情况，并提出若干意见，请认真研究。" for n in range(1, 13)),
        # … with hardly a row
        "工作任务\n进展情况\n修路\n已完成。",
    ],
)
def test_prose_under_header_words_is_no_table(body: Bodied, prose: str) -> None:
    assert read(body(prose)).drafts == ()


@pytest.mark.parametrize("joint", ["\n", "  "])
def test_a_second_column_of_progress_that_holds_states(body: Bodied, joint: str) -> None:
    table = [("工作任务", "责任单位", "完成情况", "进度"), *zip(TASKS, UNITS, PROGRESS, STATES, strict=True)]
    lines = [joint.join(cell.replace("\n", "、") for cell in row) for row in table]
    reading = read(body("\n".join(lines)))
    assert [d.fields["status"].value for d in reading.drafts] == list(STATES)
