"""What a layout strategy hands over: drafts of records, labelled stretches, its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from schema.issues import Issue
from schema.records import Kind, Label, Role
from schema.text import Text

Field = Literal[
    "label",
    "dimension",
    "title",
    "content",
    "source",
    "progress",
    "problems",
    "next_steps",
    "deadline",
    "status",
]

ROLES: Final[Mapping[str, Role]] = {"lead": "lead", "support": "support", "responsible": "responsible"}
"""Columns and labels that name organisations, and the role each gives them."""

FIELDS: Final[Mapping[str, Field]] = {
    "progress": "progress",
    "problems": "problems",
    "next_steps": "next_steps",
    "deadline": "deadline",
    "status": "status",
    "source": "source",
}
"""Columns and labels that fill a field of a record beside its task, and that field."""


def added(before: Text | None, value: Text) -> Text:
    """A field's value with another one behind it, on a line of its own.

    >>> added(Text.of("修通3公里。"), Text.of("架桥1座。")).value
    '修通3公里。\\n架桥1座。'
    """
    return value if before is None else Text.join((before, value), "\n")


@dataclass(frozen=True, slots=True)
class Assigned:
    """The text that names organisations (a cell, a label's value) and the role it gives them."""

    text: Text
    role: Role


@dataclass(frozen=True, slots=True)
class Draft:
    """One record before its facts are read: every field a Text aligned to the page's text."""

    kind: Kind
    fields: Mapping[Field, Text]
    rule: str
    seq: str | None = None
    section: tuple[Text, ...] = ()
    units: tuple[Assigned, ...] = ()
    extra: Mapping[str, Text] = field(default_factory=dict)
    confidence: float = 1.0
    flags: tuple[str, ...] = ()

    def texts(self) -> Iterator[Text]:
        """All text that the draft was made from."""
        yield from self.fields.values()
        yield from self.extra.values()
        for named in self.units:
            yield named.text

    @property
    def start(self) -> int:
        """Where the record begins in the page's text; a status may be the word of a header."""
        return min(text.bounds()[0] for name, text in self.fields.items() if text and name != "status")


@dataclass(frozen=True, slots=True)
class Reading:
    """A strategy's reading of a page; ``score`` 0 … 1 says how well the evidence fits it."""

    layout: str
    score: float
    drafts: tuple[Draft, ...] = ()
    labels: tuple[Label, ...] = ()
    issues: tuple[Issue, ...] = ()
