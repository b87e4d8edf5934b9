"""The lines of a body that a reading leaves over."""

from __future__ import annotations

from collections.abc import Iterable

from extract.body import Body, Line
from extract.draft import Draft
from schema.records import Label


def remainder(body: Body, drafts: Iterable[Draft], labels: Iterable[Label]) -> tuple[Line, ...]:
    """What neither a draft was made from nor a label covers, in order."""
    read = [Label(kind="label", start=a, end=b) for d in drafts for t in d.texts() for a, b in t.pieces()]
    return body.less((*labels, *read)).lines
