"""The flattened-table layout: cell borders are lost; rows follow each other in one text.

The header's words give the columns and their order, the row numbers the rows
(``sequence``), the shapes of the columns the cells (``cells``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extract.body import Body, Line
from extract.draft import Assigned, Draft, Field, Reading
from extract.layouts.cells import Cut, cut_row
from extract.layouts.header import Column, Word, words_in
from extract.layouts.sequence import Number, best_chain, candidates
from extract.layouts.shape import SOURCE
from schema.records import Label, Role
from schema.text import Text

_ROLES: Final[dict[Column, Role]] = {"lead": "lead", "support": "support", "responsible": "responsible"}
_MAX_HEADER: Final = 60
_HEADER_LINES: Final = 8
_MAX_GAP: Final = 20
# Between header words stand names and years (某局2021年全年落实情况), never stops or other numbers.
_NO_HEADER: Final = re.compile(r"[。；;]|(?<!\d)(?!20\d\d年)\d")
# 序号 at the head of a line or after a blank; longer words, since 号 alone is everywhere
_NUMBER_WORD: Final = re.compile(r"(?:^|(?<=[\s>]))(?:序\s?号|编\s?号|项\s?次|号\s?次)")
_BLANKS: Final = re.compile(r"[\s　|]+")
_PAGE_NUMBER: Final = re.compile(r"[—\-–\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*共\s*\d+\s*页)?[—\-–\s]*$")


@dataclass(frozen=True, slots=True)
class Header:
    """A run of header words: offsets in the page's text and the columns in order."""

    columns: tuple[Column, ...]
    words: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Flow:
    """The text of the rows: lines joined by line breaks, page furniture and headers left out."""

    text: Text

    @property
    def value(self) -> str:
        return self.text.value


def read(body: Body) -> Reading:
    """The rows after a run-together header; score 0 without header or without two rows."""
    lines = [line for line in body.lines if not line.cell]
    header, first = _find_header(lines)
    if header is None:
        return Reading("flattened_table", 0.0)
    labels = [
        Label(kind="background", start=line.start, end=min(line.end, header.start))
        for line in lines
        if line.start < header.start
    ]
    flow = _flow(lines, first, header, labels)
    chain = best_chain(candidates(flow.value), _shape(flow.value, header.columns), len(flow.value))
    if len(chain) < 2 or (chain[0].value != 1 and len(chain) < 4):
        return Reading("flattened_table", 0.0)
    labels.append(Label(kind="header", start=header.start, end=header.end))
    lead = flow.text.cut(0, chain[0].start).strip()
    for start, end in lead.pieces():
        labels.append(Label(kind="header", start=start, end=end))
    drafts = [_draft(flow.text, number, end, header) for number, end in _rows(chain, len(flow.value))]
    kept = tuple(draft for draft in drafts if draft)
    chars = sum(len(text) for draft in kept for text in draft.fields.values())
    score = min(1.0, 0.3 + chars / max(1, body.size)) if kept else 0.0
    return Reading("flattened_table", min(0.95, score), kept, tuple(labels))


def _find_header(lines: Sequence[Line]) -> tuple[Header | None, int]:
    """The first run of header words, on one line or spread over several; index of the line after it."""
    for index, line in enumerate(lines):
        found = _header_in(line)
        if found:
            return found, index if found.end < line.end else index + 1
        spread, after = _header_over(lines, index)
        if spread:
            return spread, after
    return None, 0


def _header_in(line: Line) -> Header | None:
    """Header words that follow each other from a number word on, anything short between them.

    They stand at the head of the line or, on a line that holds the whole page, after a blank.
    """
    for match in _NUMBER_WORD.finditer(line.value):
        found = _header_from(line, match.start())
        if found:
            return found
    return None


def _header_from(line: Line, start: int) -> Header | None:
    words = words_in(line.value[start : start + _MAX_HEADER * 2])
    words = [Word(word.column, word.start + start, word.end + start) for word in words]
    if not words or words[0].column != "seq":
        return None
    columns, printed, end = ["seq"], [line.value[words[0].start : words[0].end]], words[0].end
    for word in words[1:]:
        gap = line.value[end : word.start]
        if len(gap) > _MAX_GAP or _NO_HEADER.search(gap):
            break
        if word.column in columns and word.column != "extra" and word.start - end < 1 and len(columns) > 2:
            break
        columns.append(word.column)
        printed.append(_BLANKS.sub("", line.value[end : word.end]))
        end = word.end
    return _made(columns, printed, line.start + start, line.start + end)


def _header_over(lines: Sequence[Line], index: int) -> tuple[Header | None, int]:
    """One header word a line: 序号 / 任务名称 / 年度目标 / 完成情况."""
    columns: list[Column] = []
    printed: list[str] = []
    at = index
    while at < len(lines) and at - index < _HEADER_LINES:
        value = _BLANKS.sub("", lines[at].value)
        words = words_in(value)
        if not words or len(value) > 14 or words[-1].end != len(value):
            break
        columns.append(words[-1].column if len(words) == 1 or at > index else words[0].column)
        printed.append(value)
        at += 1
    if len(columns) < 2 or columns[0] != "seq":
        return None, 0
    return _made(columns, printed, lines[index].start, lines[at - 1].end), at


def _made(columns: list[Column], printed: list[str], start: int, end: int) -> Header | None:
    if len(columns) < 2 or not {"content", "progress"} & set(columns):
        return None
    seen: set[Column] = set()
    named: list[Column] = []
    for printed_column in columns:
        again = printed_column == "content" and printed_column in seen
        column = "target" if again else printed_column
        named.append("extra" if column in seen and column != "extra" else column)
        seen.add(column)
    if "content" not in named:
        return None
    return Header(tuple(named), tuple(printed), start, end)


def _flow(lines: Sequence[Line], first: int, header: Header, labels: list[Label]) -> _Flow:
    """All text after the header; repeated headers and page numbers become labels."""
    printed = "".join(header.words)
    parts: list[Text] = []
    for line in lines[first:]:
        text = line.text
        if line.start < header.end:
            text = text.cut(header.end - line.start, len(text)).strip()
        elif _BLANKS.sub("", line.value) == printed:
            labels.append(Label(kind="header", start=line.start, end=line.end))
            continue
        elif _PAGE_NUMBER.match(line.value) and not line.value.strip().isdigit():
            labels.append(Label(kind="furniture", start=line.start, end=line.end))
            continue
        if text:
            parts.append(text)
    return _Flow(Text.join(parts, "\n"))


def _shape(value: str, columns: Sequence[Column]):  # type: ignore[no-untyped-def]
    """How well a stretch looks like a row: it holds a source when the header has one."""
    sources = [match.start() for match in SOURCE.finditer(value)] if "source" in columns else []

    def shape(start: int, end: int) -> float:
        if end - start < 2:
            return -4.0
        if not sources:
            return 0.0
        index = bisect_left(sources, start)
        return 2.0 if index < len(sources) and sources[index] < end else -4.0

    return shape


def _rows(chain: Sequence[Number], size: int) -> list[tuple[Number, int]]:
    return list(zip(chain, [*(number.start for number in chain[1:]), size], strict=True))


def _draft(text: Text, number: Number, end: int, header: Header) -> Draft | None:
    row = text.cut(number.end, end).strip()
    if not row:
        return None
    cut: Cut = cut_row(row, header.columns[1:])
    fields: dict[Field, Text] = {"label": text.cut(number.start, number.end).strip("．.、 ")}
    units: list[Assigned] = []
    extra: dict[str, Text] = {}
    for column, word, value in zip(header.columns[1:], header.words[1:], cut.cells, strict=True):
        if not value:
            continue
        if column in _ROLES:
            units.append(Assigned(value, _ROLES[column]))
        elif column in {"extra", "seq"}:
            extra[word] = value
        elif column == "target":
            fields["title"] = fields["content"]
            fields["content"] = Text.join((fields["content"], value), "\n")
        else:
            fields[column] = value  # type: ignore[index]
    if "content" not in fields:
        return None
    return Draft(
        "task", fields, "flattened.row", str(number.value), (), tuple(units), extra, cut.confidence, cut.flags
    )
