"""Chapters behind the records: after the last row or item, what is still wanting and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.body import Line
from extract.draft import Draft
from extract.layouts.prose.genre import Genre
from extract.layouts.prose.outline import outline
from extract.layouts.prose.section import demands, kind_of, looks_ahead, turn_of
from extract.layouts.prose.writer import Writer
from extract.numbering import Style, head
from schema.records import Label

_LONGEST: Final = 30
_CHAPTERS: Final[frozenset[Style]] = frozenset({"part", "cn", "cn_paren"})


def aftermath(lines: Sequence[Line], year: int | None, *, turns: bool = False) -> int:
    """The index of the first heading of problems or plans among the lines; their number for none.

    A paragraph that asks something of everybody stands behind the records, too; with ``turns`` so
    does one that opens with 下一步.

    >>> from schema.text import Text
    >>> aftermath([Line(Text.of(value)) for value in ("已完成。", "三、存在问题", "人手不足。")], 2022)
    1
    """
    for index, line in enumerate(lines):
        if not line.cell and (_is_chapter(line, year) or _is_behind(line.value, turns)):
            return index
    return len(lines)


def chapters(lines: Sequence[Line], year: int | None) -> tuple[tuple[Draft, ...], tuple[Label, ...]]:
    """The problems and plans that such lines tell, and the labels of what is neither."""
    writer = Writer(Genre(assigns=False, names_units=False), year)
    prose = [line for line in lines if not line.cell]
    if not _announced(prose, writer):
        writer.node(outline(prose), (), "task")
    labels = list(writer.labels)
    for draft in writer.drafts:
        if draft.kind == "task":
            labels += [
                Label(kind="background", start=start, end=end)
                for text in draft.texts()
                for start, end in text.pieces()
            ]
    return tuple(draft for draft in writer.drafts if draft.kind != "task"), tuple(labels)


def _announced(lines: Sequence[Line], writer: Writer) -> bool:
    """Whether the lines are items under a paragraph that announces them: 2016年，我区将做好以下工作：."""
    below = outline(lines[1:])
    if not lines or not looks_ahead(lines[0].value) or not below.children or below.own():
        return False
    writer.label(lines[0].text, "heading")
    for node in below.children:
        writer.node(node, (lines[0].text,), "plan")
    return True


def _is_behind(paragraph: str, turns: bool) -> bool:
    return demands(paragraph) or looks_ahead(paragraph) or (turns and turn_of(paragraph) == "plan")


def _is_chapter(line: Line, year: int | None) -> bool:
    marker = head(line.value)
    declared = line.level > 0 or (marker is not None and marker.style in _CHAPTERS)
    title = line.value.split("。")[0]
    return declared and len(title) <= _LONGEST and kind_of(title, year) in {"problem", "plan"}
