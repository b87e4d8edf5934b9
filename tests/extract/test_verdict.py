from __future__ import annotations

from collections.abc import Callable

import pytest

from schema.records import Extraction

Extracted = Callable[..., Extraction]

LINKS = "\n".join(
    f"某市2023年第{i}季度重点工作进展情况通报\t2023-0{i}-15".replace("\t", " ") for i in range(1, 9)
)


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("安全验证\n您的访问过于频繁，请输入验证码后继续。", "not_a_report", "challenge"),
        ("404\n抱歉，您访问的页面不存在。", "not_a_report", "error"),
        ("统一身份认证平台\n用户登录\n忘记密码", "not_a_report", "login"),
        (LINKS, "not_a_report", "links"),
        (
            (
                "某市实验室迎来访客\n日前，六十多名学生走进实验室参观，现场观看了海水淡化的全过程，"
                "听取了专家的讲解，大家纷纷表示收获很大。（记者 甲）"
            ),
            "not_a_report",
            "news",
        ),
        (
            (
                "某县交通运输工作会议在县城隆重召开，各乡镇负责人参加了会议\n2024-03-26 某县交通运输局\n"
                "某县网讯 3月24日，某县交通运输工作会召开，会议总结去年工作，部署今年重点任务。"
            ),
            "not_a_report",
            "news",
        ),
        (
            (
                "全区优化营商环境工作推进会召开\n11月29日上午，我区召开优化营商环境工作推进会，对相关事项和问题进行分析。\n"
                "会议指出，要高度重视，守土有责。\n会议强调，要提高思想站位。"
            ),
            "not_a_report",
            "召开",
        ),
        *(
            (
                (
                    f"县长甲某调研防汛工作\n发布时间：2023-05-19　来源：某某融媒　{byline}\n"
                    f"{day}，县委副书记、县长甲某{verb}防汛备汛和重点工程建设工作，县水利局负责人参加。\n"
                    f"甲某{stress}，要绷紧防汛安全这根弦。一要落实责任；二要排查隐患；三要备足物资。\n"
                ),
                "not_a_report",
                "news",
            )
            for day, verb, byline, stress in (
                ("5月18日", "率队调研", "记者：乙某 通讯员：丙某", "表示"),
                ("5月18日上午", "深入工地督导", "", "强调"),
                ("2023年5月18日", "赴水库检查", "", "要求"),
                ("5月18日至19日", "走访慰问", "记者：乙某", "强调"),
            )
        ),
        (
            "\n".join(f"{i}.某市{i}区人民政府关于2022年第三季度网站检查情况的通报" for i in range(1, 9)),
            "not_a_report",
            "titles",
        ),
        (
            (
                "《2024年重点工作任务分工方案》政策解读\n一、起草背景\n1.会议通过。会议审议通过了报告。\n"
                "2.提出任务。报告提出79项任务。\n二、主要内容\n1.明确分工。列出牵头单位。\n2.明确时限。列出完成时限。"
            ),
            "not_a_report",
            "explanation",
        ),
        (
            (
                "某县2023年工作总结的报告\n按照要求，我县印发了工作总结，现解读如下：\n一、起草背景\n按照要求起草。\n"
                "二、主要内容\n共三个部分。"
            ),
            "not_a_report",
            "解读如下",
        ),
        (
            (
                "| 标题： | 关于《某县2021年发展计划执行情况》的解读 | |\n"
                "| 索引号： | 113/2022-5243 | 文号： | |\n"
                "一、起草背景和过程\n县发改局牵头起草。\n二、起草依据及考虑\n注重与规划衔接。\n三、出台目的\n提前规划。"
            ),
            "not_a_report",
            "的解读",
        ),
        (
            "关于公布2023年重点工作完成情况的通知\n各乡镇：\n现将完成情况予以公布。正文见附件。",
            "table_in_attachment",
            "附件",
        ),
    ],
)
def test_pages_that_are_no_reports_are_named(extracted: Extracted, text: str, code: str, word: str) -> None:
    extraction = extracted(text)
    assert [t for t in extraction.tasks if t.kind == "task"] == []
    found = [issue for issue in extraction.issues if issue.code == code]
    assert found
    assert word in found[0].message


def test_a_notice_whose_text_is_attached_has_no_tasks(extracted: Extracted) -> None:
    text = (
        "关于报送绩效任务进展情况的通知\n一、提高认识。各单位要认真对待。\n二、按时报送。每季度末报送一次。\n"
        "（正文见附件）\n1.进展情况报送表.doc\n2.调整申请表.doc\n"
    )
    extraction = extracted(text)
    assert [t.content for t in extraction.tasks if t.kind == "task"] == []
    assert "table_in_attachment" in extraction.document.flags


def test_a_page_without_tasks_says_so(extracted: Extracted) -> None:
    extraction = extracted("春天来了，公园里的花开了，游人很多，大家都很高兴。")
    assert "no_tasks" in {issue.code for issue in extraction.issues}


def test_a_report_that_mentions_an_attachment_is_a_report(extracted: Extracted) -> None:
    text = (
        "某局2023年工作情况报告\n一、主要工作\n（一）修路\n修路3公里。\n（二）架桥\n"
        "桥已合龙。\n（三）植树\n植树5万株。\n附件：清单\n"
    )
    extraction = extracted(text)
    assert len([t for t in extraction.tasks if t.kind == "task"]) == 3


def test_a_report_that_opens_with_a_day_is_one(extracted: Extracted) -> None:
    text = (
        "某县住建局2023年上半年工作总结\n"
        "5月18日，县长甲某调研我局工作，对各项任务给予肯定。现将上半年工作总结如下：\n"
        "一、城市更新\n改造老旧小区12个，惠及居民3400户。\n二、供水\n新建管网15公里，完成投资3200万元。\n"
    )
    extraction = extracted(text)
    assert [task.title for task in extraction.tasks if task.kind == "task"] == ["城市更新", "供水"]
