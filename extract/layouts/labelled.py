"""The labelled-list layout: 第N项：… 进展情况：… — items by number, values by label."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from extract.body import Body, Line
from extract.draft import FIELDS, ROLES, Assigned, Draft, Field, Reading, added
from extract.layouts.bracket import closed, opened_at, state_behind
from extract.layouts.dash import dashed
from extract.layouts.grid.header import columns_of
from extract.layouts.grid.shape import says_more
from extract.layouts.grid.states import are_states
from extract.layouts.label import Mark, marks
from extract.layouts.prose.aftermath import aftermath, chapters
from extract.layouts.prose.assignment import units_end
from extract.layouts.prose.section import Path, headings, office_of, turn_of
from extract.numbering import Marker, Style, head
from schema.records import Label
from schema.text import Text

_TOLD: Final = ("progress", "problems", "next_steps")
_SENTENCE: Final = re.compile(r"[，,。；;：:]")
_BRACKET: Final = re.compile("[（(](?:会同|联合)?|[）)]")  # 【区文旅局（会同区财政局）】
_STYLES: Final[tuple[Style, ...]] = ("item", "named", "cn", "cn_paren", "num", "num_paren", "circled")


@dataclass(slots=True)
class _Item:
    """An item in the making: its marker, the text before its first label, its values."""

    label: Text | None
    seq: str | None
    section: tuple[Text, ...]
    parts: list[Text] = field(default_factory=list)
    values: list[tuple[Mark, list[Text]]] = field(default_factory=list)

    def add(self, text: Text, *, inline: bool = False) -> None:
        """Put a line's text to the value that is open, else to the task.

        What goes on behind units on the line of their label (``inline``) belongs to what was open before.
        """
        if inline and self.values and self.values[-1][0].column in ROLES:
            end = units_end(text.value)
            text, rest = text.cut(0, end), text.cut(end, len(text)).strip()
            if rest:
                told = [texts for mark, texts in self.values if mark.column in _TOLD]
                (told[-1] if told else self.parts).append(rest)
        if text:
            (self.values[-1][1] if self.values else self.parts).append(text)


def read(body: Body) -> Reading:
    """Items with labelled values; score 0 when labels are few beside the items."""
    lines = body.lines
    named = _header_cells(body)
    found = [[] if line.start in named else list(marks(line.value, body.label_words)) for line in lines]
    found = found if any(map(_tells, found)) else dashed(lines)
    style = _item_style(lines, found)
    opening = _content_labels(found)
    if style is None and not opening:
        return Reading("labelled_list", 0.0)
    at = _after_last(lines, found, style, opening)
    last = max((i for i, each in enumerate(found) if any(m.column != "extra" for m in each)), default=at)
    at = min(at, last + 1 + aftermath(lines[last + 1 :], body.report_year))
    at += aftermath(lines[at:], body.report_year, turns=not _has_next(lines[:at], found[:at]))
    items, labels = _collect(lines[:at], found[:at], style, opening)
    _tell_states(items)
    _tell_bracketed(items)
    more, told = chapters(lines[at:], body.report_year) if at < len(lines) else ((), ())
    work = [item for item in items if item.values]
    drafts = tuple(draft for draft in map(_draft, items) if draft)
    with_progress = sum(1 for draft in drafts if "progress" in draft.fields)
    if not work or not with_progress:
        return Reading("labelled_list", 0.0)
    score = 0.5 * len(work) / len(items) + 0.5 * with_progress / len(items)
    return Reading("labelled_list", score, (*drafts, *more), (*labels, *told))


def _after_last(
    lines: Sequence[Line], found: Sequence[list[Mark]], style: Style | None, opening: bool
) -> int:
    """The index of the line behind the last one with a label, in or behind the last item."""
    by_label = opening and style is None
    starts = [i for i, line in enumerate(lines) if _starts(head(line.value), found[i], style, by_label)]
    marked = [i for i, each in enumerate(found) if each]
    return max([*starts[-1:], *marked[-1:]], default=-1) + 1


def _has_next(lines: Sequence[Line], found: Sequence[list[Mark]]) -> bool:
    """Whether items say what comes next: then 下一步 behind the last one is that of the last one."""
    labelled = any(mark.column == "next_steps" for marked in found for mark in marked)
    return labelled or any(turn_of(line.value) == "plan" for line in lines)


def _header_cells(body: Body) -> frozenset[int]:
    """Where the header cells of tables begin: 工作任务 above a column labels no line."""
    places: set[int] = set()
    for _, table in body.tables:
        for row in table.rows:
            cells = [body.cell(cell) for cell in row]
            if len(row) > 2 and columns_of([text.value for text in cells], body.header_words):
                places |= {text.bounds()[0] for text in cells if text}
    return frozenset(places)


def _item_style(lines: Sequence[Line], found: Sequence[list[Mark]]) -> Style | None:
    """The numbering whose items carry labels: most items of it have one before the next item."""
    heads = [head(line.value) for line in lines]
    best: tuple[float, int, Style] | None = None
    for style in _STYLES:
        starts = [i for i, marker in enumerate(heads) if marker and marker.style == style]
        spans = list(pairwise([*starts, len(lines)]))
        labelled = sum(1 for low, high in spans if any(_tells(found[i]) for i in range(low, high)))
        if labelled and labelled * 5 >= len(spans) * 3:
            key = (labelled / len(spans), labelled, style)
            if best is None or (labelled, key[0]) > (best[1], best[0]):
                best = key
    return best[2] if best else None


def _tells(found: Sequence[Mark]) -> bool:
    return any(mark.column in {"progress", "status"} for mark in found)


def _content_labels(found: Sequence[list[Mark]]) -> bool:
    """Items that open with a label of their own (承诺 … 进展 …) rather than a number."""
    opened = sum(1 for line in found for mark in line if mark.column == "content")
    return opened >= 2 and opened <= sum(map(_tells, found)) * 2


def _collect(
    lines: Sequence[Line], found: Sequence[list[Mark]], style: Style | None, opening: bool
) -> tuple[list[_Item], list[Label]]:
    items: list[_Item] = []
    labels: list[Label] = []
    by_label = opening and style is None
    heads = [head(line.value) for line in lines]
    starting = [_starts(m, marked, style, by_label) for m, marked in zip(heads, found, strict=True)]
    starting = _reopened(found, starting) if by_label else starting
    sections = Path()
    titles = headings(lines, starting)
    for index, (line, marked) in enumerate(zip(lines, found, strict=True)):
        marker, starts = heads[index], starting[index]
        if starts:
            items.append(_open(line, marker if not by_label else None, sections.texts))
        elif index in titles:
            sections.open(line.text, marker)
            labels.append(Label(kind="heading", start=line.start, end=line.end))
            continue
        if not items:
            labels.append(Label(kind="background", start=line.start, end=line.end))
            continue
        _fill(items[-1], line, marked, marker if starts and not by_label else None, labels, by_label)
    return items, labels


def _tell_states(items: Sequence[_Item]) -> None:
    """Of two labels of progress (办理情况, 办理结果) the one with nothing but states names the status."""
    values: dict[str, list[str]] = defaultdict(list)
    for item in items:
        words = {mark.word for mark, _ in item.values if mark.column == "progress"}
        if len(words) < 2 or any(mark.column == "status" for mark, _ in item.values):
            continue
        for mark, texts in item.values:
            if mark.column == "progress":
                values[mark.word].append("\n".join(text.value for text in texts))
    told = {word for word, cells in values.items() if are_states(cells)}
    for item in items:
        if any(mark.column == "progress" and mark.word not in told for mark, _ in item.values):
            item.values = [
                (replace(mark, column="status") if mark.word in told else mark, texts)
                for mark, texts in item.values
            ]


def _tell_bracketed(items: Sequence[_Item]) -> None:
    """1.关于…问题。（已完成）: where most items close so, their brackets tell the status."""
    told = [(item, found) for item in items if item.parts and (found := state_behind(item.parts[-1]))]
    if len(told) < 2 or len(told) * 2 < len(items):
        return
    for item, (task, state) in told:
        if all(mark.column != "status" for mark, _ in item.values):
            item.parts[-1] = task
            item.values.append((Mark("status", "", 0, 0, alone=True), [state]))


def _reopened(found: Sequence[list[Mark]], starting: Sequence[bool]) -> list[bool]:
    """Whether lines with a content label open an item: 整改目标 behind 问题描述 is a part of it."""
    seen: set[str] = set()
    told = True
    opens: list[bool] = []
    for marked, starts in zip(found, starting, strict=True):
        words = {mark.word for mark in marked if mark.column == "content"}
        fresh = starts and (told or bool(words & seen))
        seen, told = (words, False) if fresh else (seen | words, told)
        opens.append(fresh)
        told = told or _tells(marked)
    return opens


def _starts(marker: Marker | None, marked: Sequence[Mark], style: Style | None, by_label: bool) -> bool:
    if by_label:
        return any(mark.column == "content" for mark in marked)
    return marker is not None and marker.style == style


def _open(line: Line, marker: Marker | None, section: tuple[Text, ...]) -> _Item:
    if marker is None:
        return _Item(None, None, section)
    printed = marker.label(line.value)
    at = line.value.index(printed, marker.start) if printed else marker.start
    return _Item(line.text.cut(at, at + len(printed)), str(marker.number), section)


def _fill(
    item: _Item,
    line: Line,
    marked: Sequence[Mark],
    marker: Marker | None,
    labels: list[Label],
    by_label: bool,
) -> None:
    """Cut the line at its labels; what stands before the first goes on with what was open.

    A paragraph that opens with 下一步 says what comes next, label or not.
    """
    at = marker.end if marker else 0
    if item.values and not marked and marker is None and turn_of(line.value) == "plan":
        item.values.append((Mark("next_steps", "", 0, 0, alone=True), []))
    opened = False
    for mark in marked:
        low = opened_at(line.value, mark.start, at)
        item.add(closed(line.text.cut(at, low).strip(), opened), inline=mark is not marked[0])
        start, end = line.text.cut(low, mark.end).bounds()
        labels.append(Label(kind="label", start=start, end=end))
        if not (by_label and mark.column == "content" and not item.values and not item.parts):
            item.values.append((mark, []))
        at = mark.end
        opened = opened or line.value[low : mark.end].strip()[:1] in "（("
    item.add(closed(line.text.cut(at, len(line.value)).strip(), opened), inline=bool(marked))


def _task(item: _Item) -> tuple[Text | None, list[Text], list[tuple[Mark, list[Text]]]]:
    """The name of an item's task, the task, and the values that are none of it.

    A name stands above a label that says what is to be done: 第一件：农村道路 / 目标任务：新改建150公里.
    """
    values = [(mark, texts) for mark, texts in item.values if texts]
    parts = item.parts
    named = not parts or (len(parts) == 1 and not _SENTENCE.search(parts[0].value))
    at = next((i for i, (mark, _) in enumerate(values) if mark.column == "content"), None)
    if at is None or not named:
        return None, list(parts), values
    return parts[0] if parts else None, values[at][1], [*values[:at], *values[at + 1 :]]


def _draft(item: _Item) -> Draft | None:
    fields: dict[Field, Text] = {}
    extra: dict[str, Text] = {}
    units: list[Assigned] = []
    if item.label is not None:
        fields["label"] = item.label
    name, parts, values = _task(item)
    if name is not None:
        fields["title"] = name
    for mark, texts in values:
        value = Text.join(texts, "\n")
        if mark.column in FIELDS:
            told = FIELDS[mark.column]
            fields[told] = added(fields.get(told), value)
            if told == "status" and mark.word and says_more(value.value):
                extra[mark.word] = value
        elif mark.column in ROLES:
            units.append(Assigned(value, ROLES[mark.column]))
        else:
            extra[mark.word] = value
    if not parts and "problems" in fields:
        parts = [fields.pop("problems")]  # 1、问题：… 整改情况：…
    if not parts:
        return None
    office = office_of(item.section[-1]) if item.section and not units else None
    if office is not None:
        names = enumerate(office.split(_BRACKET))
        units += [Assigned(name, "with" if at else "responsible") for at, name in names if name]
    fields["content"] = Text.join(parts, "\n")
    return Draft("task", fields, "labelled.item", item.seq, item.section, tuple(units), extra)
