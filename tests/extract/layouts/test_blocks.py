from __future__ import annotations

from collections.abc import Callable

from extract.body import Body
from extract.layouts.blocks import read

Bodied = Callable[..., Body]


def rows(reading: object, *names: str) -> list[list[str | None]]:
    return [
        [d.fields[name].value if name in d.fields else None for name in names]
        for d in reading.drafts  # type: ignore[attr-defined]
    ]


def records(*blocks: tuple[str, ...]) -> str:
    return "\n".join("\n".join(block) for block in blocks) + "\n"


def test_the_label_that_comes_again_opens_each_record(body: Bodied) -> None:
    text = records(
        ("汇整单位：研考科",),
        (
            "案号：A-01",
            "裁示事项：桥梁应补强。",
            "主办单位：工务处",
            "办理情形：已完工。",
            "管考建议：解除列管",
        ),
        (
            "案号：A-02",
            "裁示事项：校园应开放。",
            "主办单位：教育处",
            "办理情形：研议中。",
            "管考建议：继续列管",
        ),
        (
            "案号：A-03",
            "裁示事项：市场应改建。",
            "主办单位：农业处",
            "办理情形：流标。",
            "管考建议：继续列管",
        ),
        ("备注：解除列管者自行追踪。",),
    )
    reading = read(body(text))
    assert reading.score == 1.0
    assert [d.seq for d in reading.drafts] == ["A-01", "A-02", "A-03"]
    assert rows(reading, "content", "progress")[2] == ["市场应改建。", "流标。"]
    assert [(u.role, u.text.value) for u in reading.drafts[0].units] == [("lead", "工务处")]
    assert {w: t.value for w, t in reading.drafts[2].extra.items()} == {"管考建议": "继续列管"}


def test_labels_share_lines_numbers_stand_behind_words_and_lines_are_narrow(body: Bodied) -> None:
    told = "落实情况：六座换热站已经建成四座，一次管网已经铺设十一公里有余，锅炉"
    text = records(
        (
            "议定事项1：供热工程。",
            "主办单位：住建局 协办单位：财政局",
            told,
            "房正在安装。",
            "督查意见：正在办理",
        ),
        (
            "议定事项2：化解债务。",
            "主办单位：卫生局 协办单位：审计局",
            "落实情况：已拨付。",
            "督查意见：已办结",
        ),
        (
            "议定事项3：车站搬迁。",
            "主办单位：交通局 协办单位：国土局",
            "落实情况：待选址。",
            "督查意见：暂缓",
        ),
        ("从督查情况看，多数事项落实较好。",),
    )
    reading = read(body(text))
    assert [d.seq for d in reading.drafts] == ["1", "2", "3"]
    assert rows(reading, "content", "status") == [
        ["供热工程。", "正在办理"],
        ["化解债务。", "已办结"],
        ["车站搬迁。", "暂缓"],
    ]
    assert rows(reading, "progress")[0] == [told.removeprefix("落实情况：") + "房正在安装。"]
    assert [(u.role, u.text.value) for u in reading.drafts[0].units] == [
        ("lead", "住建局"),
        ("support", "财政局"),
    ]


def test_lines_above_count_letters_and_a_title_names_them(body: Bodied) -> None:
    text = records(
        *(
            (
                f"来信{n}",
                f"标题：反映{n}栋漏水",
                f"来信内容：{n}栋漏水两年。",
                "答复单位：住建局",
                "答复内容：网友：您好！已修。",
            )
            for n in (1, 2, 3)
        )
    )
    reading = read(body(text))
    assert [d.seq for d in reading.drafts] == ["1", "2", "3"]
    assert rows(reading, "title", "content", "progress")[1] == [
        "反映2栋漏水",
        "2栋漏水两年。",
        "网友：您好！已修。",
    ]


def test_an_opening_word_that_no_list_knows_says_the_task(body: Bodied) -> None:
    text = records(*((f"攻坚清单：修路{n}条。", "包抓领导：某某", "完成情况：已通车。") for n in "一二三"))
    reading = read(body(text))
    assert rows(reading, "content", "progress")[0] == ["修路一条。", "已通车。"]
    assert "包抓领导" in reading.drafts[0].extra


def test_headings_stand_above_records_and_paragraphs_go_on(body: Bodied) -> None:
    block = ("诉求内容：道路积水。", "承办单位：城管局", "处理结果：已疏通管道。", "并清理雨水口。")
    text = records(("一、城区",), block, block, ("二、乡镇",), block, block, ("热线电话全天开通。",))
    reading = read(body(text))
    assert [d.section[0].value for d in reading.drafts] == ["一、城区"] * 2 + ["二、乡镇"] * 2
    assert {cells[0] for cells in rows(reading, "progress")} == {"已疏通管道。\n并清理雨水口。"}


def test_other_pages_are_none(body: Bodied) -> None:
    numbered = "".join(
        f"{n}、修路。\n责任单位：某局。\n完成时限：年底。\n进展情况：已通车。\n" for n in (1, 2, 3, 4)
    )
    facts = "索引号：1\n发布机构：某局\n发布日期：今日\n一是修路。\n二是架桥。\n"
    without_progress = "".join(f"事项名称：修路{n}。\n责任单位：某局\n完成时限：年底\n" for n in (1, 2, 3))
    for text in (numbered, facts, without_progress):
        assert read(body(text)).score == 0.0
