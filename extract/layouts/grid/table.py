"""The table layout: rows and cells survive, a header row names the columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from extract.body import Body
from extract.draft import ROLES, Reading
from extract.layouts.grid.above import above
from extract.layouts.grid.groups import told_by_runs
from extract.layouts.grid.header import Column, column_of, columns_of
from extract.layouts.grid.rowkind import group_of, is_footing, is_subtotal, is_total
from extract.layouts.grid.shape import guess_columns, is_code, is_number
from extract.layouts.grid.states import answered, told_by_cells
from extract.layouts.grid.tablerow import Row, draft_of, names_shared
from extract.layouts.grid.ticks import marked_columns, ticked
from extract.layouts.prose.aftermath import aftermath, chapters
from extract.layouts.remainder import remainder
from extract.numbering import head
from extract.organisation import is_organisation
from schema.page import Cell, Table
from schema.records import Label
from schema.text import Interval, Text

_NEAR: Final = 6
_DEEPEST: Final = 16
"""Rows among which the header is looked for: below the lines of a form it stands deep."""
_FEWEST: Final = 3


@dataclass(slots=True)
class _Reader:
    """Reads the tables of a body in order; a header holds until the next one."""

    body: Body
    columns: tuple[Column, ...] = ()
    headers: tuple[str, ...] = ()
    guessed: bool = False
    above: tuple[Text, ...] = ()
    section: tuple[Text, ...] = ()
    dimension: Text | None = None
    marks: dict[int, Text] = field(default_factory=dict)
    heads: tuple[Text, ...] = ()
    numbered: bool = False
    rows: list[Row] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def read(self, table: Table, above: tuple[Text, ...]) -> None:
        """Append the table's records; a table without header goes on under the last one.

        ``above`` are the headings right over the table, which hold for its rows.
        """
        start = self._header(table)
        if above and start:
            self.above = self.section = above
            self.labels += [_heading(text) for text in above]
        if not self.columns or len(self.columns) != len(table.rows[0]):
            return
        self.numbered = self._is_numbered(table.rows[start:])
        for row in table.rows[start:]:
            self._row(row)

    def _is_numbered(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether most of the rows' numbers are Arabic."""
        if "seq" not in self.columns:
            return False
        at = self.columns.index("seq")
        cells = [value for row in rows if (value := self.body.cell(row[at]).value)]
        return sum(map(is_number, cells)) * 2 > len(cells)

    def _header(self, table: Table) -> int:
        """Find the header among the first rows; returns the index of the first data row."""
        texts = [[self.body.cell(cell) for cell in row] for row in table.rows[:_DEEPEST]]
        for index, row in enumerate(texts):
            columns = columns_of([text.value for text in row], self.body.header_words)
            if columns and _is_header(row, columns, deep=index >= _NEAR):
                self._set(columns, tuple(text.value for text in row), guessed=False)
                self._number_column(table, index + 1)
                last = self._second_row(table, index)
                self._label_header(table.rows[: last + 1])
                self._state_columns(table, last)
                return last + 1
        width = len(table.rows[0])
        if len(self.columns) != width:
            grid = [[self.body.cell(cell).value for cell in row] for row in table.rows]
            marked = all(cell.header for cell in table.rows[0])
            titled = int(len(grid) > 3 and (marked or (not is_number(grid[0][0]) and is_number(grid[1][0]))))
            headers = tuple(grid[0]) if titled else ("",) * width
            columns = guess_columns(grid[titled:]) or ()
            if columns:
                columns = told_by_cells(columns, headers, grid[titled:], self.body.header_words)
            self._set(columns, headers, guessed=True)
            self._label_header(table.rows[:titled] if self.columns else ())
            return titled
        return 0

    def _number_column(self, table: Table, start: int) -> None:
        """A first column under an unknown word whose cells are all numbers or codes numbers the rows."""
        cells = [self.body.cell(row[0]).value for row in table.rows[start:]]
        filled = [value for value in cells if value]
        if "seq" in self.columns or self.columns[0] not in {"extra", ""} or not filled:
            return
        if len(set(filled)) == len(filled) and all(map(is_code, filled)):
            self.columns = ("seq", *self.columns[1:])

    def _state_columns(self, table: Table, last: int) -> None:
        """What cells say of their columns: states, ticks under states, groups of tasks."""
        grid = [[self.body.cell(cell) for cell in row] for row in table.rows[last:]]
        self.heads = tuple(grid[0])
        values = [[text.value for text in row] for row in grid[1:]]
        self.columns = told_by_cells(self.columns, self.headers, values, self.body.header_words)
        self.columns = told_by_runs(self.columns, [row for row in values if len(set(row)) > 2])
        self.marks = marked_columns(grid)
        for index in self.marks:
            name = "status" if index == min(self.marks) else "extra"
            self.columns = (*self.columns[:index], name, *self.columns[index + 1 :])

    def _second_row(self, table: Table, index: int) -> int:
        """A header of two rows: the lower one repeats spanned cells and details the others."""
        if index + 1 >= len(table.rows):
            return index
        upper, lower = table.rows[index], table.rows[index + 1]
        spanned = [low.filled and _place(low) == _place(up) for up, low in zip(upper, lower, strict=True)]
        detailed = [
            self.body.cell(cell).value
            for cell, same in zip(lower, spanned, strict=True)
            if not same and cell.end > cell.start
        ]
        if not any(spanned) or not all(
            len(value) <= 16 and column_of(value, self.body.header_words) for value in detailed
        ):
            return index
        merged = [
            self.headers[i] if same else f"{self.headers[i]}{self.body.cell(lower[i]).value}"
            for i, same in enumerate(spanned)
        ]
        columns = columns_of(merged, self.body.header_words)
        if not columns:
            return index
        self._set(columns, tuple(merged), guessed=False)
        return index + 1

    def _set(self, columns: tuple[Column, ...], headers: tuple[str, ...], *, guessed: bool) -> None:
        self.columns, self.headers, self.guessed, self.marks = columns, headers, guessed, {}
        self.heads = ()

    def _label_header(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            self._label_row(row, "header")

    def _label_row(self, row: Sequence[Cell], kind: Literal["header", "background"]) -> None:
        for start, end in {_place(cell) for cell in row if cell.end > cell.start}:
            self.labels.append(Label(kind=kind, start=start, end=end))

    def _row(self, row: Sequence[Cell]) -> None:
        texts = [self.body.cell(cell) for cell in row]
        if columns_of([text.value for text in texts], self.body.header_words) == self.columns:
            self._label_header([row])
            return
        own = ticked({i: text for i, text in enumerate(texts) if text}, self.marks)
        if not own:
            return
        if self.heads and "status" in self.columns:
            own = {
                i: answered(t, self.heads[i]) if self.columns[i] == "status" else t for i, t in own.items()
            }
        if is_footing(own):
            self._label_row(row, "background")
        elif self._is_section(row, own):
            self._open_section(next(iter(own.values())))
        elif is_total(own):
            self._label_row(row, "header")
        elif self.numbered and (group := group_of(own, self.columns)):
            self._label_row([cell for cell in row if _place(cell) != group.bounds()], "header")
            self._open_section(group)
        elif self.rows and not self._named(own):
            self.rows[-1].append(own)
        elif self.rows and self._same_task(row):
            repeated = set(self.rows[-1].places)
            self.rows[-1].append({i: t for i, t in own.items() if _place(row[i]) not in repeated})
        else:
            self._open_row(row, own)

    def _named(self, own: dict[int, Text]) -> bool:
        """A row of its own has a number or a task; otherwise it continues the row above."""
        return any(self.columns[i] in {"seq", "content"} for i in own)

    def _is_section(self, row: Sequence[Cell], own: dict[int, Text]) -> bool:
        places = {_place(row[i]) for i in own}
        if is_subtotal({i: text for i, text in own.items() if _place(row[i]) == _place(row[0])}, own):
            return True
        if len(row) < 3 or len(places) > 1:
            return False
        index = next(iter(own))
        marker = head(own[index].value)
        chapter = marker is not None and marker.style in {"cn", "cn_paren"}
        return len(own) > 1 or chapter or (index == 0 and self.columns[0] != "content")

    def _same_task(self, row: Sequence[Cell]) -> bool:
        """Task and number span down from the row above, and no target column tells them apart."""
        spanned = [row[i] for i, c in enumerate(self.columns) if c in {"seq", "content"}]
        fresh = any(c == "target" and not row[i].filled for i, c in enumerate(self.columns))
        places = set(self.rows[-1].places)
        return bool(spanned) and all(c.filled and _place(c) in places for c in spanned) and not fresh

    def _open_section(self, text: Text) -> None:
        self.section = (*self.above, text)
        self.labels.append(_heading(text))

    def _open_row(self, row: Sequence[Cell], own: dict[int, Text]) -> None:
        made = Row(own, self.columns, self.headers, self.section, tuple(_place(c) for c in row), self.guessed)
        dimension = made.get("dimension")
        if dimension is not None:
            self.dimension = dimension
        elif self.dimension is not None and "dimension" in self.columns:
            made.cells[self.columns.index("dimension")] = self.dimension
        self.rows.append(made)


def read(body: Body) -> Reading:
    """The records of all task tables of the body, in order."""
    reader = _Reader(body)
    over = above(body)
    for block, table in body.tables:
        if table.rows:
            reader.read(table, over.get(block.start, ()))
    rows = [row for row in reader.rows if row.get("content")]
    if not rows or not _is_work(rows):
        return Reading("table", 0.0)
    shared = names_shared(rows)
    drafts = tuple(draft_of(row, named=row.headers in shared) for row in rows)
    behind = [line for line in body.lines if line.start > drafts[-1].start and not line.cell]
    behind = behind[aftermath(behind, body.report_year, turns=True) :]
    more, told = chapters(behind, body.report_year) if behind else ((), ())
    drafts = (*drafts, *more)
    reader.labels += told
    reader.labels += [
        Label(kind="background", start=line.start, end=line.end)
        for line in remainder(body, drafts, reader.labels)
    ]
    covered = sum(len(text) for row in rows for text in row.cells.values())
    share = min(1.0, covered / max(1, body.size))
    strong = any(row.get("progress") for row in rows)
    return Reading("table", 0.4 * strong + 0.6 * share, drafts, tuple(reader.labels))


def _is_header(row: Sequence[Text], columns: Sequence[Column], *, deep: bool) -> bool:
    """Whether a row that reads like a header is one: a form's label and its value, spread over a wide
    table, are none (项目名称 | 水库维修项目); a header below a form's lines names three columns.
    """
    cells = {text.bounds() for text in row if text}
    named = {column for column in columns if column not in {"", "extra"}}
    return len(cells) >= min(_FEWEST, len(row)) and (not deep or len(named) >= _FEWEST)


def _is_work(rows: Sequence[Row]) -> bool:
    """Progress, a source, a deadline or organisations tell work from statistics (指标|单位|数量)."""
    named = ("progress", "source", "deadline", "status", "problems")
    if any(row.get(column) for row in rows for column in named):
        return True
    units = [row.get(c) for row in rows for c in ROLES]
    cells = [text.value for text in units if text]
    return bool(cells) and sum(map(is_organisation, cells)) * 2 >= len(cells)


def _heading(text: Text) -> Label:
    start, end = text.bounds()
    return Label(kind="heading", start=start, end=end)


def _place(cell: Cell) -> Interval:
    return (cell.start, cell.end)
