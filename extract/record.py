"""From drafts to records: identity, titles, spans, and the facts read from each field."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from extract.context import Context
from extract.draft import Draft
from extract.facts import Facts, facts_of
from extract.layouts.prose.points import split_title
from schema.page import Page
from schema.records import Span, Task
from schema.text import Text

_TITLE: Final = 60
_MIN_CLAUSE: Final = 8
_CLAUSE: Final = re.compile(r"[，,；;：:]")
_SPANNED: Final = ("label", "dimension", "title", "content", "source", "progress", "problems", "next_steps")
_BLANK: Final = re.compile(r"\s+")


@dataclass(slots=True)
class Identity:
    """Names tasks by what they are, so that the same work keeps its id over re-runs and copies.

    The id hashes the document's own name for itself (title, agency, year), the kind, the
    label and the content without white space, and a count among equal ones. Edits elsewhere
    in the document leave it as it is.
    """

    document: str
    seen: Counter[str] = field(default_factory=Counter)

    def of(self, draft: Draft) -> str:
        """Sixteen hex digits."""
        content = _BLANK.sub("", unicodedata.normalize("NFKC", draft.fields["content"].value))
        section = draft.section[-1].value if draft.section else ""
        key = "\x1f".join((self.document, draft.kind, draft.seq or "", section, content))
        self.seen[key] += 1
        return hashlib.sha256(f"{key}\x1f{self.seen[key]}".encode()).hexdigest()[:16]


def records(page: Page, drafts: Sequence[Draft], context: Context, document: str) -> tuple[Task, ...]:
    """The drafts of a page as validated tasks, in document order, numbered from 1."""
    identity = Identity(document)
    ordered = sorted(drafts, key=lambda draft: draft.start)
    return tuple(
        _record(page, draft, context, identity.of(draft), ordinal)
        for ordinal, draft in enumerate(ordered, start=1)
    )


def _record(page: Page, draft: Draft, context: Context, task_id: str, ordinal: int) -> Task:
    facts = facts_of(draft, context)
    fields: dict[str, Text] = {str(name): text for name, text in draft.fields.items()}
    fields["content"] = facts.content
    fields.setdefault("title", short_title(facts.content))
    values = {name: fields[name].value for name in _SPANNED if fields.get(name)}
    spans = [span for name in values for span in spans_of(page, name, fields[name])]
    spans += [s for i, t in enumerate(draft.section) for s in spans_of(page, "section", t, i)]
    spans += [s for name, t in draft.extra.items() for s in spans_of(page, f"extra:{name}", t)]
    spans += _fact_spans(page, facts)
    known: dict[str, Any] = {**values, **facts.values()}
    return Task(
        task_id=task_id,
        ordinal=ordinal,
        seq=draft.seq,
        kind=draft.kind,
        section=tuple(text.value for text in draft.section),
        rule=draft.rule,
        confidence=draft.confidence,
        flags=draft.flags,
        extra={name: text.value for name, text in draft.extra.items()},
        spans=tuple(spans),
        **known,
    )


def _fact_spans(page: Page, facts: Facts) -> Iterable[Span]:
    if facts.status:
        yield from spans_of(page, "status_evidence", facts.status.at)
    if facts.deadline:
        yield from spans_of(page, "deadline", facts.deadline.at)
    for name in get_args(Facts.Child):
        for ordinal, found in enumerate(getattr(facts, name), start=1):
            if found.at:
                start, end = found.at.bounds()
                yield _span(page, name, ordinal, start, end)


def spans_of(page: Page, name: str, text: Text, ordinal: int = 0) -> list[Span]:
    """One span a piece of the text, in order."""
    return [
        _span(page, name, ordinal + index, start, end) for index, (start, end) in enumerate(text.pieces())
    ]


def _span(page: Page, name: str, ordinal: int, start: int, end: int) -> Span:
    low, high = page.text.locate(start, end)
    return Span(
        field=name, ordinal=ordinal, text_start=start, text_end=end, source_start=low, source_end=high
    )


def short_title(content: Text) -> Text:
    """The first sentence of a task, or its first clause when the sentence is long.

    >>> str(short_title(Text.of("常态化疫情防控。严格落实责任。")))
    '常态化疫情防控'
    """
    title, _ = split_title(content)
    if len(title) <= _TITLE:
        return title or content
    clause = _CLAUSE.search(title.value, _MIN_CLAUSE)
    cut = clause.start() if clause and clause.start() <= _TITLE else _TITLE
    return title.cut(0, cut)
