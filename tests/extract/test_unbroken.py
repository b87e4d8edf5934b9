from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.unbroken import breaks, is_unbroken
from schema.records import Extraction

Extracted = Callable[..., Extraction]

TEXT = (
    "今年上半年，马岭镇统筹推进各项工作，取得新进展。 一、上半年主要工作 "
    "（一）抓疫情防控。设置卡点14个，排查返乡人员3862人，发放口罩4.6万只，组织复工企业11家。 "
    "（二）抓脱贫攻坚。全镇剩余未脱贫人口23户全部达到脱贫标准，实施产业项目9个，公益岗位安置216人。 "
    "二、存在的问题 一是部分项目开工较晚；二是农产品销售渠道不畅。 "
    "三、下半年工作打算 （一）完成国家普查迎检准备。 （二）建成集镇污水处理厂主体工程。"
)
FOOTS = (
    "上一条：某镇开展应急演练 下一条：无 主办：固水县人民政府 技术支持：某某科技",
    "【打印】【关闭】",
    "",
)


@pytest.mark.parametrize("foot", FOOTS)
@pytest.mark.parametrize("arrow", [">", "»", "›"])
@pytest.mark.parametrize("label", ["来源", "发布机构", "信息来源"])
def test_a_page_on_one_line(extracted: Extracted, arrow: str, label: str, foot: str) -> None:
    head = (
        f"首页 {arrow} 政务公开 {arrow} 工作总结 马岭镇2020年上半年工作总结 "
        f"{label}：马岭镇人民政府 发布时间：2020-07-03 11:02 浏览量：76 次 【打印】"
    )
    extraction = extracted(f"{head} {TEXT} {foot}")
    document = extraction.document
    assert (document.title, document.agency) == ("马岭镇2020年上半年工作总结", "马岭镇人民政府")
    assert (str(document.published_on), document.report_year) == ("2020-07-03", 2020)
    assert [task.content for task in extraction.tasks if task.kind == "task"] == ["抓疫情防控", "抓脱贫攻坚"]
    assert [task.content for task in extraction.tasks if task.kind == "plan"][
        -1
    ] == "建成集镇污水处理厂主体工程"
    assert [task.next_steps for task in extraction.tasks if task.next_steps] == []


@pytest.mark.parametrize("value", [TEXT, TEXT.replace("。", ""), "来源：某镇 " + TEXT])
def test_text_alone_is_not_cut(value: str) -> None:
    assert breaks(value) == []


def test_a_paragraph_of_many_is_no_page() -> None:
    assert is_unbroken("修路" * 200, 500)
    assert not is_unbroken("修路" * 200, 900)
    assert not is_unbroken("修路" * 20, 40)
