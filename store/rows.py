"""Records as rows: one Extraction becomes the rows of every table, in plain values."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from schema.page import Origin, RawDocument

if TYPE_CHECKING:
    from schema.issues import Issue
    from schema.records import Document, Extraction, Span, Task

Row = tuple[Any, ...]
Tables = dict[str, list[Row]]
"""Table name → rows whose values stand in the order of COLUMNS."""

_TASK: Final = ("doc_id", "task_id", "ordinal")

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "documents": (
        *("doc_id", "file_name", "source_uri", "sha256", "byte_size", "media_type", "encoding", "script"),
        *("layout", "title", "agency", "region_code", "report_year", "published_on", "info_source"),
        *("index_no", "doc_no", "url", "text", "coverage", "flags", "parser_version"),
    ),
    "tasks": (
        *("task_id", "doc_id", "ordinal", "label", "seq", "kind", "section", "dimension", "title", "content"),
        *("source", "progress", "problems", "next_steps", "deadline", "deadline_on", "status"),
        *("status_evidence", "rule", "confidence", "flags", "keywords", "extra"),
    ),
    "task_sources": (*_TASK, "name", "item_no", "raw"),
    "task_steps": (*_TASK, "field", "depth", "marker", "title", "text"),
    "task_units": (*_TASK, "unit", "role", "raw"),
    "metrics": (
        *(*_TASK, "field", "subject", "kind", "value", "value_high", "unit"),
        *("base_value", "base_unit", "comparator", "period", "raw"),
    ),
    "mentions": (*_TASK, "field", "type", "text", "normalized", "doc_no"),
    "targets": (*_TASK, "subject", "unit", "target", "result", "ratio", "verdict", "raw"),
    "spans": (
        *("doc_id", "task_id", "field", "ordinal"),
        *("text_start", "text_end", "source_start", "source_end"),
    ),
    "labels": ("doc_id", "kind", "text_start", "text_end"),
    "document_parts": ("doc_id", "name", "text_start", "text_end"),
    "issues": ("doc_id", "task_id", "code", "severity", "message", "text_start", "text_end"),
    "checks": ("doc_id", "task_id", "rule", "ok", "stated", "computed", "evidence"),
    "originals": (
        *("sha256", "doc_id", "bytes", "declared_type", "declared_charset", "given_year", "given_agency"),
        "fetched_from",
    ),
    "fingerprints": ("doc_id", "text_hash", "task_hashes"),
    "search_tasks": ("doc_key", "ordinal", "length"),
    "postings": ("term", "doc_key", "ordinal", "frequency"),
}

# What a record gives to its row, behind what its place in the document gives.
_SPAN: Final = attrgetter(*COLUMNS["spans"][2:])
_CHECK: Final = attrgetter(*COLUMNS["checks"][1:])

INTERNAL: Final = ("originals", "fingerprints", "search_tasks", "postings")
"""Tables that follow from the original or are it: neither compared nor exported."""

CHILDREN: Final[dict[str, str]] = {
    "task_sources": "sources",
    "task_steps": "steps",
    "task_units": "units",
    "metrics": "metrics",
    "mentions": "mentions",
    "targets": "targets",
}
"""Table of a task's child rows → the attribute of Task that holds them."""

BY_KEY: Final = frozenset({"search_tasks", "postings"})
"""Tables that name a document by ``doc_key``, its doc_id as a number."""

RUN_TABLES: Final = ("addresses", "runs", "rejects")
"""Tables that tell of runs, not of documents."""


class Address(NamedTuple):
    """A place where a document was met, and where in the web it came from."""

    doc_id: str
    source_uri: str
    file_name: str
    url: str | None = None
    fetched_at: dt.datetime | None = None
    attached_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says about the documents of one run; None says nothing."""

    report_year: int | None = None
    agency: str | None = None


NOTHING_GIVEN: Final = Given()


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """One document ready to be stored: its rows, and what a summary tells about it."""

    sha256: str
    source_uri: str
    tasks: int
    failures: tuple[tuple[str, str], ...]
    tables: Tables = field(repr=False)

    @property
    def doc_id(self) -> str:
        return self.sha256[:16]


def rows_of(extraction: Extraction, raw: RawDocument, given: Given = NOTHING_GIVEN) -> DocumentRows:
    """All rows of one document except those of the search index.

    ``failures`` are code and message of its issues of severity ``error``. Raises ValueError when
    the extraction is not of these bytes or names a task twice.
    """
    document = extraction.document
    _check(extraction, raw)
    tables: Tables = {
        "documents": [tuple(_plain(getattr(document, name)) for name in COLUMNS["documents"])],
        "tasks": [_task(document.doc_id, task) for task in extraction.tasks],
        "spans": [*_spans(document.doc_id, None, document.spans)],
        "labels": [(document.doc_id, label.kind, label.start, label.end) for label in extraction.labels],
        "document_parts": [(document.doc_id, part.name, part.start, part.end) for part in extraction.parts],
        "issues": [_issue(document.doc_id, found) for found in extraction.issues],
        "checks": [(document.doc_id, *_CHECK(check)) for check in extraction.checks],
        "originals": [_original(document, raw, given)],
    }
    for task in extraction.tasks:
        tables["spans"].extend(_spans(document.doc_id, task.task_id, task.spans))
    for table, attribute in CHILDREN.items():
        tables[table] = [*_children(document.doc_id, extraction.tasks, table, attribute)]
    failures = tuple((f.code, f.message) for f in extraction.issues if f.severity == "error")
    return DocumentRows(document.sha256, raw.uri, len(extraction.tasks), failures, tables)


def original(row: Sequence[Any], uri: str, name: str) -> RawDocument:
    """The RawDocument that a row of ``originals`` (in COLUMNS order) keeps."""
    values = dict(zip(COLUMNS["originals"], row, strict=True))
    data = zlib.decompress(values["bytes"])
    origin = Origin(values["fetched_from"]) if values["fetched_from"] else None
    return RawDocument(uri, name, data, values["declared_type"], values["declared_charset"], origin)


def address_of(raw: RawDocument) -> Address:
    """Where a document is met now."""
    origin = raw.origin
    if origin is None:
        return Address(raw.sha256[:16], raw.uri, raw.name)
    at = run_stamp(origin.fetched_at) if origin.fetched_at else None
    return Address(raw.sha256[:16], raw.uri, raw.name, origin.url, at, origin.attached_to)


def run_stamp(now: dt.datetime) -> dt.datetime:
    """A time as the tables keep it: UTC without zone, whole milliseconds."""
    return now.astimezone(dt.UTC).replace(tzinfo=None, microsecond=now.microsecond // 1000 * 1000)


def _check(extraction: Extraction, raw: RawDocument) -> None:
    document = extraction.document
    if document.sha256 != raw.sha256 or document.doc_id != raw.sha256[:16]:
        raise ValueError(f"extraction of {document.doc_id} is not of the bytes {raw.sha256[:16]}")
    names = [task.task_id for task in extraction.tasks]
    if len(set(names)) != len(names):
        raise ValueError("a task_id stands twice in the document")
    if [task.ordinal for task in extraction.tasks] != [*range(1, len(names) + 1)]:
        raise ValueError("ordinals of tasks are not 1, 2, …")


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _task(doc_id: str, task: Task) -> Row:
    values = {name: _plain(getattr(task, name)) for name in COLUMNS["tasks"] if name != "doc_id"}
    values |= {"doc_id": doc_id, "status": str(task.status)}
    values["extra"] = json.dumps(task.extra, ensure_ascii=False, sort_keys=True)
    return tuple(values[name] for name in COLUMNS["tasks"])


def _children(doc_id: str, tasks: Iterable[Task], table: str, attribute: str) -> Iterable[Row]:
    values = attrgetter(*COLUMNS[table][len(_TASK) :])
    for task in tasks:
        for ordinal, child in enumerate(getattr(task, attribute), 1):
            yield (doc_id, task.task_id, ordinal, *values(child))


def _spans(doc_id: str, task_id: str | None, spans: Iterable[Span]) -> Iterable[Row]:
    for span in spans:
        yield (doc_id, task_id, *_SPAN(span))


def _issue(doc_id: str, found: Issue) -> Row:
    return (doc_id, found.task_id, found.code, str(found.severity), found.message, found.start, found.end)


def _original(document: Document, raw: RawDocument, given: Given) -> Row:
    packed = zlib.compress(raw.data, 6)
    named = (document.sha256, document.doc_id, packed, raw.media_type, raw.charset)
    return (*named, given.report_year, given.agency, raw.origin.url if raw.origin else None)
