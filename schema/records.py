"""The records: what extract returns and store keeps. Names and meanings as in docs/contract.md."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.dataclasses import dataclass

from schema.issues import Issue

Kind = Literal["task", "problem", "plan", "overview"]
LabelKind = Literal[
    "title", "metadata", "heading", "header", "background", "furniture", "noise", "glossary", "label"
]
Role = Literal["lead", "support", "with", "responsible"]
Comparator = Literal["eq", "approx", "gt", "ge", "lt", "le"]
MentionType = Literal["policy", "organization", "event", "place", "date"]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
DocId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
TaskId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Offset = Annotated[int, Field(ge=0)]


_CLOSED: Final = ConfigDict(extra="forbid")


class Record(BaseModel):
    """Base of documents and tasks: immutable, no unknown fields.

    What they hold by the ten thousand are dataclasses that pydantic validates, too: with slots they
    take a sixth of the memory (184 bytes a span instead of 1,184).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


class Status(StrEnum):
    """Where a task stands, in the words of the report; never guessed."""

    COMPLETED = "completed"
    ON_TRACK = "on_track"
    IN_PROGRESS = "in_progress"
    BEHIND = "behind"
    POSTPONED = "postponed"
    NOT_STARTED = "not_started"
    TRANSFERRED = "transferred"
    NOT_STATED = "not_stated"


@dataclass(config=_CLOSED, frozen=True, slots=True, kw_only=True)
class Span:
    """Where a field stands: half-open code points in ``documents.text`` and in the decoded source.

    A field of several pieces has one span a piece (``ordinal`` 0, 1, …); the pieces in
    order, joined by nothing or one newline, are the field.
    """

    field: str
    ordinal: int = 0
    text_start: Offset
    text_end: Offset
    source_start: Offset
    source_end: Offset


@dataclass(config=_CLOSED, frozen=True, slots=True, kw_only=True)
class Source:
    """One place that assigned the task: ``市政府工作报告第2项``."""

    name: str
    item_no: str | None = None
    raw: str


@dataclass(config=_CLOSED, frozen=True, slots=True, kw_only=True)
class Step:
    """One point inside a field's text: its marker (``1.``, ``一是``), topic phrase and text."""

    field: str
    depth: int = 1
    marker: str | None = None
    title: str | None = None
    text: str


@dataclass(config=_CLOSED, frozen=True, slots=True, kw_only=True)
class Unit:
    """An organisation with a role in the task; ``raw`` as printed, ``unit`` its canonical name."""

    unit: str
    role: Role
    raw: str


@dataclass(config=_CLOSED, frozen=True, slots=True, kw_only=True)
class Metric:
    """One number with its unit and what it counts; base_* resolve magnitudes (亿, 万) only."""

    field: str
    subject: str | None = None
    kind: str
    value: float
    value_high: float | None = None
    unit: str | None = None
    base_value: float
    base_unit: str | None = None
    comparator: Comparator = "eq"
    period: str | None = None
    raw: str


@dataclass(config=_CLOSED, frozen=True, slots=True, kw_only=True)
class Mention:
    """A policy title, organisation, event, place or date named in a field."""

    field: str
    type: MentionType
    text: str
    normalized: str | None = None
    doc_no: str | None = None


@dataclass(config=_CLOSED, frozen=True, slots=True, kw_only=True)
class Target:
    """A target in the task set against the result in its progress."""

    subject: str
    unit: str | None = None
    target: float
    result: float
    ratio: float | None = None
    verdict: Literal["met", "missed", "exceeded"]
    raw: str


@dataclass(config=_CLOSED, frozen=True, slots=True, kw_only=True)
class Check:
    """What the report says about its own numbers, recomputed."""

    rule: str
    ok: bool
    stated: str
    computed: str
    evidence: str
    task_id: TaskId | None = None


class Task(Record):
    """One assigned piece of work with what was done about it."""

    task_id: TaskId
    ordinal: Annotated[int, Field(ge=1)]
    label: str | None = None
    seq: str | None = None
    kind: Kind = "task"
    section: tuple[str, ...] = ()
    dimension: str | None = None
    title: str
    content: str
    source: str | None = None
    progress: str | None = None
    problems: str | None = None
    next_steps: str | None = None
    deadline: str | None = None
    deadline_on: dt.date | None = None
    status: Status = Status.NOT_STATED
    status_evidence: str | None = None
    rule: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    flags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    extra: dict[str, str] = Field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    steps: tuple[Step, ...] = ()
    units: tuple[Unit, ...] = ()
    metrics: tuple[Metric, ...] = ()
    mentions: tuple[Mention, ...] = ()
    targets: tuple[Target, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(config=_CLOSED, frozen=True, slots=True, kw_only=True)
class Label:
    """A stretch of ``documents.text`` that is no record, and what it is."""

    kind: LabelKind
    start: Offset
    end: Offset


@dataclass(config=_CLOSED, frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of ``documents.text`` and the part of the original that holds it.

    ``page 3``, ``落实情况!C14``, ``table 1 row 5``: only for originals without characters of their own.
    """

    name: str
    start: Offset
    end: Offset


class Document(Record):
    """One report as published; identity is the SHA-256 of its original bytes."""

    doc_id: DocId
    file_name: str
    source_uri: str
    sha256: Sha256
    byte_size: Annotated[int, Field(ge=0)]
    media_type: str
    encoding: str
    script: Literal["Hans", "Hant"] | None
    layout: str | None
    title: str | None
    agency: str | None
    region_code: Annotated[str, StringConstraints(pattern=r"^\d{6}$")] | None = None
    report_year: Annotated[int, Field(ge=1949, le=2100)] | None
    published_on: dt.date | None
    info_source: str | None
    index_no: str | None = None
    doc_no: str | None = None
    url: str | None = None
    text: str
    coverage: Annotated[float, Field(ge=0, le=1)]
    flags: tuple[str, ...] = ()
    parser_version: str
    spans: tuple[Span, ...] = ()


class Extraction(Record):
    """Everything read from one page: the unit that store writes whole or not at all."""

    document: Document
    tasks: tuple[Task, ...]
    issues: tuple[Issue, ...] = ()
    labels: tuple[Label, ...] = ()
    checks: tuple[Check, ...] = ()
    parts: tuple[Part, ...] = ()

    def part(self, at: int) -> str | None:
        """The name of the original's part that the text offset ``at`` lies in; None without parts."""
        index = bisect_right(self.parts, at, key=lambda part: part.start) - 1
        return self.parts[index].name if index >= 0 else None
