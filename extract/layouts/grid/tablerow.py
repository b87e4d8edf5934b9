"""A row of a table that is a record: its cells by column, and the draft they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from extract.draft import FIELDS, ROLES, Assigned, Draft, Field, added
from extract.layouts.grid.header import Column
from extract.layouts.grid.shape import is_amount, says_more
from extract.organisation import is_organisation
from schema.text import Interval, Text

_FIELDS: Final[dict[Column, Field]] = {**FIELDS, "dimension": "dimension", "content": "content"}
_STOPS: Final = "。；;.！!？?：:”）)"


@dataclass(slots=True)
class Row:
    """A record in the making: texts by column, in column order."""

    cells: dict[int, Text]
    columns: tuple[Column, ...]
    headers: tuple[str, ...]
    section: tuple[Text, ...]
    places: tuple[Interval, ...]
    guessed: bool

    def get(self, column: Column) -> Text | None:
        for index, name in enumerate(self.columns):
            if name == column and self.cells.get(index):
                return self.cells[index]
        return None

    def append(self, cells: dict[int, Text]) -> None:
        """Continue the cells over a page break: a broken sentence runs on, a whole one breaks."""
        for index, text in cells.items():
            before = self.cells.get(index)
            if not before:
                self.cells[index] = text
            elif text:
                named = self.columns[index] in ROLES and is_organisation(before.value)
                glue = "\n" if before.value[-1] in _STOPS or named else ""
                self.cells[index] = Text.join((before, text), glue)


def names_shared(rows: Iterable[Row]) -> frozenset[tuple[str, ...]]:
    """The headers of tables in which one name spans several rows, each with a target of its own.

    There 教育惠民工程 is the name of a group, and 新建学校6所 what is to be done.
    """
    targets: dict[tuple[tuple[str, ...], Interval], set[str]] = defaultdict(set)
    for row in rows:
        name, target = row.get("content"), row.get("target")
        if name and target and not is_amount(target.value):
            targets[row.headers, name.bounds()].add(target.value)
    return frozenset(headers for (headers, _), told in targets.items() if len(told) > 1)


def draft_of(row: Row, *, named: bool = False) -> Draft:
    """The record of a row, whose content only names its group if ``named``.

    A row without a task is none (KeyError).
    """
    fields: dict[Field, Text] = {}
    extra: dict[str, Text] = {}
    units: list[Assigned] = []
    seq = row.get("seq")
    for index, text in row.cells.items():
        column = row.columns[index]
        if column in _FIELDS:
            name = _FIELDS[column]
            before = fields.get(name)
            fields[name] = _joined(before, text)
            if before is not None and name == "progress" and "status" not in row.columns:
                fields["status"] = text  # the last period tells where the task stands
        elif column in ROLES:
            units.append(Assigned(text, ROLES[column]))
        if _is_kept(column, text):
            extra[row.headers[index] or f"column_{index + 1}"] = text
    if not units and row.section and is_organisation(row.section[-1].value):
        units.append(Assigned(row.section[-1], "responsible"))
    target, content = row.get("target"), fields["content"]
    if seq:
        fields["label"] = seq
    if target and is_amount(target.value):
        extra[row.headers[row.columns.index("target")]] = target
    elif target and target.value != content.value:
        task = target if named else Text.join((content, target), "\n")
        fields["title"], fields["content"] = content, task
    return Draft(
        kind="task",
        fields=fields,
        rule="table.guessed_columns" if row.guessed else "table.row",
        seq=seq.value.strip("．.、 ") if seq else None,
        section=row.section,
        units=tuple(units),
        extra=extra,
        confidence=0.6 if row.guessed else 1.0,
    )


def _is_kept(column: Column, text: Text) -> bool:
    """No field holds the cell: an unknown column, words of a status column that say more than a state."""
    return column in {"extra", ""} or (column == "status" and says_more(text.value))


def _joined(before: Text | None, text: Text) -> Text:
    """Progress of one period behind that of another; a cell over both counts once."""
    once = before is not None and before.bounds() == text.bounds()
    return text if once else added(before, text)
