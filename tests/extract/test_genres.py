from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.genres import other_genre
from schema.records import Extraction

Extracted = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("某区2025年公开招聘政府购买服务人员公告", "招聘"),
        ("某河道整治工程施工中标结果公示（二次）", "中标"),
        ("县政府第38次常务会议召开", "召开"),
        ("某市重点项目建设现场观摩会举行", "举行"),
        ("关于审计查出问题整改情况的公告", None),
        ("某局2023年重点工作任务完成情况公示", None),
        ("成功举办15场文化活动", None),
        ("某县政府督查工作考核办法（试行）", "办法"),
        ("关于修订《某市重大决策程序暂行规定》的决定", "规定"),
        ("某市2023年贯彻落实《优化营商环境条例》", None),
        ("某县2023年创新工作方法成效显著", None),
    ],
)
def test_titles_of_other_pages(title: str, word: str | None) -> None:
    assert other_genre(title) == word


def test_an_advertisement_has_no_tasks(extracted: Extracted) -> None:
    page = (
        "<h1>某区2025年公开招聘工作人员公告</h1><p>现将有关事项公告如下：</p><table><tr><td>序号</td><td>岗位</td>"
        "<td>用人单位</td><td>岗位职责</td></tr><tr><td>1</td><td>督查专员</td><td>党政办公室</td><td>负责督办</td></tr>"
        "<tr><td>2</td><td>网格员</td><td>社会事务局</td><td>承担巡查任务</td></tr></table>"
    )
    extraction = extracted(page, "page.html")
    assert extraction.tasks == ()
    assert [issue.code for issue in extraction.issues] == ["not_a_report"]
