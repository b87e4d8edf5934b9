from __future__ import annotations

from collections.abc import Callable

from extract.body import Body
from extract.layouts.labelled import read

Bodied = Callable[..., Body]


def test_a_dash_parts_items_from_their_progress_under_boxed_offices(body: Bodied) -> None:
    text = (
        "【区教育局】\n1、学校建设——主体完工，正在装修。\n2、午休躺睡改造——完成首批6所。\n"
        "【区文旅局（会同区财政局）】\n1、图书馆分馆——已建成开放2处。\n2、展示馆布展——方案通过评审。\n"
        "请各单位于6月25日前将进展情况报区政府督查室。\n"
    )
    reading = read(body(text))
    assert reading.score == 1.0
    assert [(d.seq, d.fields["content"].value, d.fields["progress"].value) for d in reading.drafts] == [
        ("1", "学校建设", "主体完工，正在装修。"),
        ("2", "午休躺睡改造", "完成首批6所。"),
        ("1", "图书馆分馆", "已建成开放2处。"),
        ("2", "展示馆布展", "方案通过评审。"),
    ]
    assert [(u.role, u.text.value) for u in reading.drafts[2].units] == [
        ("responsible", "区文旅局"),
        ("with", "区财政局"),
    ]


def test_dashes_of_prose_part_nothing(body: Bodied) -> None:
    few = "1、学校建设——主体完工，正在装修。\n2、推进改造，完成首批。\n3、整治环境。\n4、举办展览。\n"
    spans = "".join(f"{n}、修建甲地—乙地—丙地公路共计{n}公里。\n" for n in (1, 2, 3, 4))
    behind = "".join(f"{n}、推进改造，突出重点——坚持统筹兼顾。\n" for n in (1, 2, 3, 4))
    for text in (few, spans, behind):
        assert read(body(text)).score == 0.0
