"""A record's draft from the cells of a row whose borders were lost."""

from __future__ import annotations

from collections.abc import Sequence

from extract.draft import ROLES, Assigned, Draft, Field
from extract.layouts.flat.cells import Cut
from extract.layouts.flat.headrow import HeadRow
from extract.layouts.grid.shape import says_more
from extract.layouts.grid.states import answered
from schema.text import Text


def draft_of(
    cut: Cut, header: HeadRow, rule: str, number: Text | None, heads: Sequence[Text | None]
) -> Draft | None:
    """The record of a row by the header's columns, the number's own left out; None without a task.

    ``number`` is the row's number as printed, ``heads`` are the header's words so: 是 under 是否完成 is 完成.
    """
    label = number.strip("．.、 ") if number else None
    fields: dict[Field, Text] = {"label": label} if label else {}
    units: list[Assigned] = []
    extra: dict[str, Text] = {}
    for column, word, cell, printed in zip(header.columns, header.words, cut.cells, heads, strict=True):
        if not cell or (cell is number and column == "seq"):
            continue
        value = answered(cell, printed) if column == "status" and printed else cell
        if column == "status" and (value is not cell or says_more(cell.value)):
            extra[word] = cell
        if column in ROLES:
            units.append(Assigned(value, ROLES[column]))
        elif column in {"extra", "seq"}:
            extra[word] = value
        elif column == "target" and "content" in fields:
            fields["title"] = fields["content"]
            fields["content"] = Text.join((fields["content"], value), "\n")
        else:
            fields["content" if column == "target" else column] = value  # type: ignore[index]
    if "content" not in fields:
        return None
    return Draft(
        "task",
        fields,
        rule,
        label.value if label else None,
        (),
        tuple(units),
        extra,
        cut.confidence,
        cut.flags,
    )
