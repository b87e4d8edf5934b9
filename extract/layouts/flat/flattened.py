"""The flattened-table layout: cell borders are lost; rows follow each other in one text.

The header's words give the columns and their order, the row numbers the rows
(``sequence``), the shapes of the columns the cells (``cells``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extract.body import Body, Line
from extract.draft import Draft, Reading
from extract.layouts.flat import unnumbered
from extract.layouts.flat.below import below, row_end
from extract.layouts.flat.between import chapters, under
from extract.layouts.flat.cells import Cut, common_of, cut_row
from extract.layouts.flat.headrow import HeadRow, find_headrow, repeated, texts_of
from extract.layouts.flat.rows import draft_of
from extract.layouts.flat.sequence import Number, best_chain, candidates
from extract.layouts.grid.header import Column, Pairs
from extract.layouts.grid.shape import SOURCE
from extract.layouts.grid.states import told_by_cells
from extract.organisation import is_organisation
from schema.records import Label
from schema.text import Text

# … 望海镇人民政府 2021年12月27日
_SIGNED: Final = re.compile(r"\s(?P<name>[\u4e00-\u9fff]{4,24})\s*\d{4}年\d{1,2}月\d{1,2}日(?:印发)?\s*$")
_LINES: Final = 2
"""Lines a cell that a row may have before its number is doubted."""
_PAGE_NUMBER: Final = re.compile(r"[—\-–\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*共\s*\d+\s*页)?[—\-–\s]*$")


def read(body: Body) -> Reading:
    """The rows after a header, by their numbers, else by what repeats; score 0 without either."""
    lines = [line for line in body.lines if not line.cell]
    header, first = find_headrow(lines, body.header_words)
    numbered = _numbered(body, lines, header, first) if header else None
    if numbered and header and len(lines) - first <= _LINES * len(header.columns) * len(numbered.drafts):
        return numbered
    # so many lines a row: the numbers are perhaps those of the text, and the rows' own are lost
    repeated_columns = unnumbered.read(body)
    if numbered and len(numbered.drafts) >= len(repeated_columns.drafts):
        return numbered
    return repeated_columns


def _numbered(body: Body, lines: Sequence[Line], header: HeadRow, first: int) -> Reading:
    """The rows between row numbers; score 0 without two rows."""
    labels = [
        Label(kind="background", start=line.start, end=min(line.end, header.start))
        for line in lines
        if line.start < header.start
    ]
    over = chapters(lines[first:])
    labels += [Label(kind="heading", start=line.start, end=line.end) for line in over]
    parts = _parts([line for line in lines if line not in over], first, header, labels)
    flow = _unsigned(_flow(parts), labels)
    chain = best_chain(candidates(flow.value), _shape(flow.value, header.columns), len(flow.value))
    if len(chain) < 2 or (chain[0].value != 1 and len(chain) < 4):
        return Reading("flattened_table", 0.0)
    notes = below(body.page, parts, flow.cut(chain[-1].start, chain[-1].end).bounds()[0])
    labels += [Label(kind="background", start=line.start, end=line.end) for line in notes]
    flow = _unsigned(_flow(parts[: len(parts) - len(notes)]), labels) if notes else flow
    labels.append(Label(kind="header", start=header.start, end=header.end))
    lead = flow.cut(0, chain[0].start).strip()
    for start, end in lead.pieces():
        labels.append(Label(kind="header", start=start, end=end))
    rows = [(number, flow.cut(number.end, end).strip()) for number, end in _rows(chain, len(flow.value))]
    rows[-1] = (rows[-1][0], _closed([row for _, row in rows], header, labels))
    header, cuts = _settled(header, [row for _, row in rows], body.header_words)
    heads = texts_of(header, body.page)
    drafts = [
        _draft(flow.cut(number.start, number.end), cut, header, heads)
        for (number, row), cut in zip(rows, cuts, strict=True)
        if row
    ]
    kept = tuple(under(draft, over) for draft in drafts if draft)
    chars = sum(len(text) for draft in kept for text in draft.fields.values())
    score = min(1.0, 0.3 + chars / max(1, body.size)) if kept else 0.0
    return Reading("flattened_table", min(0.95, score), kept, tuple(labels))


def _closed(rows: Sequence[Text], header: HeadRow, labels: list[Label]) -> Text:
    """The last row without what closes the text behind its last cell."""
    last = rows[-1]
    end = row_end(rows, header.columns[-1])
    behind = last.cut(end, len(last)).strip()
    labels += [Label(kind="background", start=start, end=stop) for start, stop in behind.pieces() if behind]
    return last.cut(0, end)


def _settled(header: HeadRow, rows: Sequence[Text], added: Pairs) -> tuple[HeadRow, list[Cut]]:
    """The header with what the cells tell of its columns (进度 above 推进中), and the rows cut by it."""
    columns = header.columns[1:]
    common = common_of([row.value for row in rows], columns)
    cuts = [cut_row(row, columns, common) for row in rows]
    if "status" in columns or "extra" not in columns:
        return header, cuts
    grid = [[cell.value if cell else "" for cell in cut.cells] for cut in cuts]
    told = told_by_cells(columns, header.words[1:], grid, added)
    if told != columns:
        cuts = [cut_row(row, told, common) for row in rows]
    return replace(header, columns=("seq", *told)), cuts


def _parts(lines: Sequence[Line], first: int, header: HeadRow, labels: list[Label]) -> list[Line]:
    """All lines after the header; repeated headers and page numbers become labels."""
    parts: list[Line] = []
    skip = 0
    for index in range(first, len(lines)):
        line = lines[index]
        skip = skip or repeated(lines, index, header)
        if line.start < header.end:
            skip = 0
            line = Line(line.text.cut(header.end - line.start, len(line.text)).strip())
        elif skip:
            skip -= 1
            labels.append(Label(kind="header", start=line.start, end=line.end))
            continue
        elif _PAGE_NUMBER.match(line.value) and not line.value.strip().isdigit():
            labels.append(Label(kind="furniture", start=line.start, end=line.end))
            continue
        if line.text:
            parts.append(line)
    return parts


def _flow(parts: Sequence[Line]) -> Text:
    return Text.join([part.text for part in parts], "\n")


def _unsigned(flow: Text, labels: list[Label]) -> Text:
    """The rows without the signature and date behind the last one."""
    match = _SIGNED.search(flow.value)
    if not match or not is_organisation(match["name"]):
        return flow
    start, end = flow.cut(match.start(), len(flow)).bounds()
    labels.append(Label(kind="metadata", start=start, end=end))
    return flow.cut(0, match.start()).strip()


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


def _draft(printed: Text, cut: Cut, header: HeadRow, heads: Sequence[Text | None]) -> Draft | None:
    """The record of a row behind its number as printed."""
    whole = Cut((printed, *cut.cells), cut.confidence, cut.flags)
    return draft_of(whole, header, "flattened.row", printed, heads)
