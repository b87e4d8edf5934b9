"""The lines of a body: what labels leave of them, in time that grows with the page."""

from __future__ import annotations

import time

import pytest

from extract.audit import gaps, leftovers
from extract.body import Body
from extract.draft import Draft
from schema.page import Block, Page, RawDocument
from schema.records import Label, Task
from schema.text import Text

LINE = "推进某项工作，完成3个节点。"


def page_of(text: str) -> Page:
    blocks = (Block("paragraph", 0, len(text)),)
    return Page(RawDocument("a.txt", "a.txt", b""), "text/plain", "utf-8", Text.of(text), blocks)


def label(start: int, end: int) -> Label:
    return Label(kind="metadata", start=start, end=end)


@pytest.mark.parametrize(
    ("text", "labels", "left"),
    [
        ("甲乙\n丙丁", [(0, 2)], ["丙丁"]),
        ("甲乙\n丙丁", [(1, 4)], ["甲", "丁"]),
        ("甲乙\n丙丁", [(2, 3)], ["甲乙", "丙丁"]),
        ("甲 乙丙 丁\n戊", [(2, 4), (0, 1)], ["丁", "戊"]),
        ("甲乙丙丁", [(1, 2), (2, 3)], ["甲", "丁"]),
        ("甲乙\n丙丁", [], ["甲乙", "丙丁"]),
        ("甲乙\n丙丁", [(0, 5)], []),
    ],
)
def test_labels_take_their_characters_from_the_lines(
    text: str, labels: list[tuple[int, int]], left: list[str]
) -> None:
    taken = [label(*place) for place in labels]
    at_once = Body(page_of(text)).less(taken)
    one_by_one = Body(page_of(text))
    for each in taken:
        one_by_one = one_by_one.less([each])
    fresh = Body(page_of(text), tuple(taken))
    assert [[line.value for line in body.lines] for body in (at_once, one_by_one, fresh)] == [left] * 3


def seconds(lines: int) -> float:
    """What the lines of a page take whose every second line is labelled, and what a draft of it leaves."""
    text, size = f"{LINE}\n" * lines, len(LINE) + 1
    body = Body(page_of(text))
    starts = range(0, lines * size, size)
    draft = Draft("task", {"content": Text.join(body.page.cut(at, at + 4) for at in starts)}, "test")
    began = time.process_time()
    assert len(body.less([label(at, at + size) for at in starts[::2]]).lines) == lines // 2
    assert len(leftovers([(at, at + 4) for at in starts], [draft])) == lines
    return time.process_time() - began


def numbered(seq: str, ordinal: int) -> Task:
    return Task(
        task_id=f"{ordinal:016x}",
        ordinal=ordinal,
        seq=seq,
        title="修路",
        content="修路",
        rule="t",
        confidence=1,
    )


def test_numbers_left_out_far_apart_take_no_time() -> None:
    """Codes of projects (20230115) number rows, too: what lies between isn't counted through."""
    began = time.process_time()
    (found,) = gaps([numbered("1", 1), numbered("3", 2), numbered("99999999999", 3)])
    assert time.process_time() - began < 1
    assert found.message.endswith("sequence: 2、" + "、".join(map(str, range(4, 23))))
    assert gaps([numbered("1", 1), numbered("1", 2), numbered("2", 3)]) == []


def test_time_grows_with_the_lines_only() -> None:
    """20,000 rows of a table are 100,000 lines, each with labels beside it."""
    seconds(1_000)
    assert min(seconds(40_000) for _ in range(3)) < 3 * min(seconds(20_000) for _ in range(3))
