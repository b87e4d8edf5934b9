"""Records of whole pages: identity, spans, coverage."""

from __future__ import annotations

from collections.abc import Callable

from extract.script import fold
from ingest.read import read_page
from schema.page import RawDocument
from schema.records import Extraction

Extracted = Callable[..., Extraction]

LIST = (
    "某市科技局2022年重点任务落实情况\n第1项：建设平台。\n进展情况：平台已建成，投资2.5亿元。\n"
    "第2项：培训骨干。\n进展情况：正在组织第3期培训。\n"
)


def test_fields_are_what_their_spans_say(extracted: Extracted) -> None:
    extraction = extracted(LIST)
    text = extraction.document.text
    source = LIST
    checked = 0
    for task in extraction.tasks:
        for name in ("label", "content", "progress", "status_evidence"):
            value = getattr(task, name)
            spans = [span for span in task.spans if span.field == name]
            assert (value is None) == (not spans)
            if value:
                assert "".join(text[s.text_start : s.text_end] for s in spans) == value
                assert "".join(source[s.source_start : s.source_end] for s in spans) == value
                checked += 1
    assert checked >= 6


def test_traditional_pages_fold_and_keep_their_places() -> None:
    source = (
        "某市科技局2022年重點任務落實情況\r\n第1項：建設平臺。\r\n進展情況：平臺已建成。"
        "\r\n第2項：培訓。\r\n進展情況：已辦結。"
    )
    raw = RawDocument("a.txt", "a.txt", source.encode("utf-8-sig"))
    page = read_page(raw)
    folded, script = fold(page)
    assert script == "Hant"
    assert len(folded.text) == len(page.text)
    from extract.run import extract

    task = extract(page).tasks[0]
    assert (task.content, task.progress) == ("建设平台。", "平台已建成。")
    span = next(s for s in task.spans if s.field == "progress")
    assert source[span.source_start : span.source_end] == "平臺已建成。"


def test_ids_survive_edits_elsewhere(extracted: Extracted) -> None:
    before = extracted(LIST).tasks
    after = extracted(LIST.replace("正在组织第3期培训", "已组织4期培训")).tasks
    assert [t.task_id for t in before] == [t.task_id for t in after]
    assert before[1].progress != after[1].progress
    added = extracted(LIST.replace("第2项：培训", "第2项：宣传。\n进展情况：已开展。\n第3项：培训")).tasks
    assert added[0].task_id == before[0].task_id


def test_equal_tasks_have_ids_of_their_own(extracted: Extracted) -> None:
    twice = extracted("第1项：修路。\n进展情况：甲路。\n第1项：修路。\n进展情况：乙路。\n").tasks
    assert len({t.task_id for t in twice}) == len(twice) == 2


def test_everything_is_accounted_for(extracted: Extracted) -> None:
    extraction = extracted(LIST + "此处另有一段说明文字，不属于任何任务。\n")
    assert extraction.document.coverage == 1.0
    assert [issue for issue in extraction.issues if issue.code == "uncovered_text"] == []


def test_missing_numbers_are_flagged(extracted: Extracted) -> None:
    extraction = extracted(LIST.replace("第2项", "第4项"))
    assert [issue.message for issue in extraction.issues if issue.code == "sequence_gap"] == [
        "numbers missing in the sequence: 2、3"
    ]


def test_same_page_same_extraction(extracted: Extracted) -> None:
    assert extracted(LIST).model_dump_json() == extracted(LIST).model_dump_json()


def test_a_bracket_that_assigns_may_hold_the_deadline(extracted: Extracted) -> None:
    tasks = extracted(
        "一、优化审批\n1.简化流程。推行告知承诺。（市发改委牵头，市住建局配合，2025年10月底前完成）\n"
        "2.压减事项。清理证明。（市财政局负责，持续推进）\n"
    ).tasks
    assert [(task.deadline, str(task.deadline_on)) for task in tasks] == [
        ("2025年10月底前", "2025-10-31"),
        (None, "None"),
    ]
    assert [[unit.raw for unit in task.units] for task in tasks] == [["市发改委", "市住建局"], ["市财政局"]]


def test_a_short_name_passes_over_when_and_on_whose_orders(extracted: Extracted) -> None:
    text = (
        "某县2023年重点任务完成情况\n"
        "根据统一部署，9月2日至10日，督查组对全部乡镇和重点工程开展了实地督查，"
        "逐项查看了工程进度和质量管理的情况，并向有关单位作了反馈。\n"
        "2023 年，在县委的坚强领导下，各单位把重点任务抓在手上、扛在肩上、落实在行动上，"
        "整体推进有力，成效好于往年同期水平，群众普遍认可，各方面评价明显提高，工作格局全面形成，经验做法得到推广。\n"
    )
    assert [(task.title or "")[:16] for task in extracted(text).tasks] == [
        "督查组对全部乡镇和重点工程开展了",
        "各单位把重点任务抓在手上、扛在肩",
    ]


def test_rates_below_an_index_are_of_that_index(extracted: Extracted) -> None:
    tasks = extracted(
        "某市2019年目标任务完成情况\n一、综合指标\n1.工业投资（第4项）：增长14.6%，低于目标0.4个百分点。\n"
        "2.外贸进出口总额：下降8%左右。\n二、重点工作\n1.加强队伍建设：增长5%。\n"
    ).tasks
    assert [[metric.subject for metric in task.metrics] for task in tasks] == [
        ["工业投资", "工业投资"],
        ["外贸进出口总额"],
        [None],
    ]
