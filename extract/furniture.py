"""What of a page is no report: bars, paths, footers, injected lines, the glossary behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.body import Body, Line
from extract.chrome import (
    begins_links,
    is_edge_furniture,
    is_furniture,
    is_glossary_heading,
    is_remains,
    is_spam,
)
from extract.inline import prefix_end, suffix_start
from extract.intervals import disjoint, without
from extract.zones import Zones, is_prose, zones
from schema.page import Page
from schema.records import Label

_LATE: Final = 0.6  # links and glossaries stand in the last part of a page
_PARAGRAPH: Final = 160  # shorter lines hold no flattened page
# ==== 正文 ====: what an archive writes between its own header and the page.
_RULE: Final = re.compile(r"[=＝*#\-—]{3,}\s*(?:正文)?\s*[=＝*#\-—]{3,}")
# an>, /p>, --> in front of a line: the end of a tag whose beginning was cut away.
_TAG_END: Final = re.compile(r"(?:</?[a-zA-Z][^<>]{0,80}>|/?[a-z]{1,8}>|-->)\s*(?=[\u4e00-\u9fff])")


def furniture(page: Page, known: Sequence[Label] = ()) -> list[Label]:
    """The labelled intervals of the page's text that are furniture, noise or glossary.

    ``known`` are the labels that metadata has set: what stands in front of the title is
    navigation, and nothing that is labelled is labelled again. Prose is never taken.
    """
    lines = Body(page).lines
    area = zones(lines)
    found = [Label(kind="furniture", start=b.start, end=b.end) for b in page.blocks if b.kind == "furniture"]
    found += _head(lines, area, known)
    found += _middle(lines, area)
    found += _tail(lines, area, len(page.text))
    found += _glossary(lines, len(page.text))
    return [part for label in disjoint(found) for part in without(label, known)]


def _head(lines: Sequence[Line], area: Zones, known: Sequence[Label]) -> Iterator[Label]:
    title = min((label.start for label in known if label.kind == "title"), default=0)
    rules = [index for index in range(area.start) if _RULE.fullmatch(lines[index].value)]
    for index, line in enumerate(lines[: area.start]):
        if is_spam(line.value) or is_remains(line.value):
            yield _labelled("noise", line)
        elif line.end <= title or is_edge_furniture(line.value) or (rules and index <= rules[-1]):
            yield _labelled("furniture", line)


def _middle(lines: Sequence[Line], area: Zones) -> Iterator[Label]:
    """Inside the text: whole lines that can be nothing else, and what shares a line with text."""
    for line in lines[area.start : area.end]:
        if line.cell:
            continue
        if is_remains(line.value) and not any(character.isdigit() for character in line.value):
            yield _labelled("noise", line)
        elif is_furniture(line.value) and not is_prose(line.value):
            yield _labelled("furniture", line)
        else:
            yield from _shared(line)


def _shared(line: Line) -> Iterator[Label]:
    remains = _TAG_END.match(line.value)
    if remains:
        yield Label(kind="noise", start=line.start, end=line.start + remains.end())
    if len(line.value) < _PARAGRAPH:
        return
    begin, end = prefix_end(line.value), suffix_start(line.value)
    if begin:
        yield Label(kind="furniture", start=line.start, end=line.start + begin)
    if end < len(line.value):
        yield Label(kind="furniture", start=line.start + end, end=line.end)


def _tail(lines: Sequence[Line], area: Zones, size: int) -> Iterator[Label]:
    links = False
    for line in lines[_first_tail(lines, area, size) :]:
        links = links or begins_links(line.value)
        if is_spam(line.value) or is_remains(line.value):
            yield _labelled("noise", line)
        elif links or is_edge_furniture(line.value):
            yield _labelled("furniture", line)


def _first_tail(lines: Sequence[Line], area: Zones, size: int) -> int:
    """Behind the last prose; a bar of links late in the page ends the text for good.

    打印本页 关闭窗口, and then the title and the opening once more: all of it is furniture.
    """
    for index in range(area.start, area.end):
        line = lines[index]
        if not line.cell and line.start > size * (_LATE + 0.2) and begins_links(line.value):
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
        if begins_links(line.value):
            return
        if not is_furniture(line.value):
            yield _labelled("glossary", line)


def _labelled(kind: str, line: Line) -> Label:
    return Label.model_validate({"kind": kind, "start": line.start, "end": line.end})
