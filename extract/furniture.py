"""What of a page is no report: bars, paths, footers, injected lines, the glossary behind it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from extract.body import Body, Line
from extract.chrome import (
    begins_links,
    is_edge_furniture,
    is_furniture,
    is_glossary_heading,
    is_page_number,
    is_remains,
    is_spam,
    is_tags,
)
from extract.inline import prefix_end, suffix_start
from extract.intervals import disjoint, without
from extract.zones import TAG_END, Zones, is_prose, zones
from schema.records import Label, LabelKind

_LAST: Final = 0.8
_LATE: Final = 0.6  # links and glossaries stand in the last part of a page
_STRANGE: Final = 1
_RUNNING: Final = 40
_STEP_MARKS: Final = (">", "＞", ">>", "»", "›")
# A running head has words and a number of its own; a repeated 无 or 2021年 beside a number is a cell.
_NAMED: Final = re.compile(r"[\u4e00-\u9fff]{2}.*[─—―-]|[─—―-].*[\u4e00-\u9fff]{2}")
_NUMBER: Final = re.compile(r"[0-9]{1,5}")
_ANNEX: Final = re.compile(r"附(?:件|表|录)\s?[0-9一二三四五六七八九十]{0,2}[:：]?$")
_PARAGRAPH: Final = 160  # shorter lines hold no flattened page
# ==== 正文 ====: what an archive writes between its own header and the page.
_RULE: Final = re.compile(r"[=＝*#\-—]{3,}\s*(?:正文)?\s*[=＝*#\-—]{3,}")


def furniture(body: Body, known: Sequence[Label] = ()) -> list[Label]:
    """The labelled intervals of the page's text that are furniture, noise or glossary.

    ``known`` are the labels that metadata has set: what stands in front of the title is
    navigation, and nothing that is labelled is labelled again. Prose is never taken.
    """
    page, lines = body.page, body.lines
    area = zones(lines)
    known = disjoint(known)
    found = [Label(kind="furniture", start=b.start, end=b.end) for b in page.blocks if b.kind == "furniture"]
    found += _head(lines, area, known)
    found += _tail(lines, area, len(page.text), known)
    found += _middle(lines)
    found += _glossary(lines, len(page.text))
    return disjoint(found, known)


def _head(lines: Sequence[Line], area: Zones, known: Sequence[Label]) -> Iterator[Label]:
    titles = [label for label in known if label.kind == "title"]
    head = lines[: area.start]
    rules = [line.end for line in head if _RULE.fullmatch(line.value)]
    begin = max([min((label.start for label in titles), default=0), *rules])
    last = max((t.end for t in titles if head and t.end <= head[-1].end), default=begin)
    top = [line for line in head if line.end <= last]
    for line in top:
        yield from _before(line) if line.end <= begin else _near(line, known)
    yield from _run(head[len(top) :], known)
    yield from _steps(head)


def _before(line: Line) -> Iterator[Label]:
    """What stands in front of the title is navigation, whatever it says."""
    noise = is_spam(line.value) or is_remains(line.value)
    yield _labelled("noise" if noise else "furniture", line)


def _near(line: Line, known: Sequence[Label]) -> Iterator[Label]:
    """A line beside the title or behind the text, when it reads like furniture."""
    if is_spam(line.value) or is_remains(line.value):
        yield _labelled("noise", line)
    elif is_edge_furniture(line.value):
        yield _labelled("furniture", line)
    else:
        yield from _rests(line, known)


def _run(lines: Iterable[Line], known: Sequence[Label]) -> Iterator[Label]:
    """The furniture of lines that follow each other from the text's edge outwards or inwards.

    The second line that is none ends it: 中, 大 and / are cells of a table further on.
    """
    strange = 0
    for line in lines:
        found = list(_near(line, known))
        if not found and not _overlapping(line, known):
            strange += 1
            if strange > _STRANGE:
                return
        yield from found


def _overlapping(line: Line, known: Sequence[Label]) -> Sequence[Label]:
    """Those of the known labels (in order, disjoint) that share characters with a line."""
    near = bisect_right(known, line.start, key=lambda label: label.end)
    return known[near : bisect_left(known, line.end, key=lambda label: label.start)]


def _rests(line: Line, known: Sequence[Label]) -> Iterator[Label]:
    """What shares a line with a fact: 时间：2022-11-03 【字号 大 中 小】."""
    whole = _labelled("furniture", line)
    parts = without(whole, _overlapping(line, known))
    for part in parts if parts != [whole] else ():
        rest = line.value[part.start - line.start : part.end - line.start].strip()
        if rest and (is_edge_furniture(rest) or is_remains(rest)):
            yield part


def _steps(head: Sequence[Line]) -> Iterator[Label]:
    """首页 / > / 政务公开 / > / 工作报告: a path printed one step a line."""
    for before, line in pairwise(head):
        if before.value in _STEP_MARKS:
            yield _labelled("furniture", line)


def _middle(lines: Sequence[Line]) -> Iterator[Label]:
    """Inside the text: whole lines that can be nothing else, and what shares a line with text."""
    heads = running_heads(lines)
    for index, line in enumerate(lines):
        if line.cell:
            continue
        if index in heads or is_page_number(line.value):
            yield _labelled("furniture", line)
        elif is_tags(line.value):
            yield _labelled("noise", line)
        elif is_furniture(line.value) and not is_prose(line.value):
            yield _labelled("furniture", line)
        else:
            yield from _shared(line)


def running_heads(lines: Sequence[Line]) -> set[int]:
    """The numbers of lines that a printed page repeats, with the page number beside each.

    >>> from schema.text import Text
    >>> printed = ("某会议 ─ 2012年10月17日", "76", "正文", "某会议 ─ 2012年10月17日", "77")
    >>> page = [Line(Text.of(value)) for value in printed]
    >>> sorted(running_heads(page))
    [0, 1, 3, 4]
    """
    counts = Counter(line.value for line in lines if len(line.value) <= _RUNNING and not line.cell)
    found: set[int] = set()
    for index, line in enumerate(lines):
        if counts[line.value] > 1 and _NAMED.search(line.value):
            beside = (number for number in (index - 1, index + 1) if 0 <= number < len(lines))
            numbers = {number for number in beside if _NUMBER.fullmatch(lines[number].value)}
            found |= numbers | {index} if numbers else set()
    return found


def _shared(line: Line) -> Iterator[Label]:
    remains = TAG_END.match(line.value)
    if remains:
        yield Label(kind="noise", start=line.start, end=line.start + remains.end())
    if len(line.value) < _PARAGRAPH:
        return
    begin, end = prefix_end(line.value), suffix_start(line.value)
    if begin:
        yield Label(kind="furniture", start=line.start, end=line.start + begin)
    if end < len(line.value):
        yield Label(kind="furniture", start=line.start + end, end=line.end)


def _tail(lines: Sequence[Line], area: Zones, size: int, known: Sequence[Label]) -> Iterator[Label]:
    start = _first_tail(lines, area, size)
    tail = lines[start:]
    links = next((n for n, line in enumerate(tail) if not line.cell and begins_links(line.value)), len(tail))
    for line in tail[links:]:
        yield from _before(line)
    yield from _run(reversed(tail[:links]), known)


def _first_tail(lines: Sequence[Line], area: Zones, size: int) -> int:
    """Behind the last prose; a bar of links late in the page ends the text for good.

    打印本页 关闭窗口, and then the title and the opening once more: all of it is furniture.
    """
    for index in range(area.start, area.end):
        line = lines[index]
        if not line.cell and line.start > size * _LAST and begins_links(line.value):
            return index
    return area.end


def _glossary(lines: Sequence[Line], size: int) -> Iterator[Label]:
    start = next(
        (
            index
            for index, line in enumerate(lines)
            if line.start > size * _LATE and not line.cell and is_glossary_heading(line.value)
        ),
        len(lines),
    )
    for line in lines[start:]:
        if begins_links(line.value) or _ANNEX.match(line.value):
            return
        if not is_furniture(line.value):
            yield _labelled("glossary", line)


def _labelled(kind: LabelKind, line: Line) -> Label:
    return Label(kind=kind, start=line.start, end=line.end)
