"""From drafts to records: identity, titles, spans, and the facts read from each field."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from extract.context import Context
from extract.draft import Draft
from extract.facts import Facts, facts_of
from extract.layouts.prose.points import split_title
from schema.page import Page
from schema.records import Span, Task
from schema.text import Text

_Row = dict[str, Any]

_TITLE: Final = 60
_MIN_CLAUSE: Final = 8
_CLAUSE: Final = re.compile(r"[，,；;：:]")
_TIME: Final = r"[\d年月日度份季半上中下旬前后初底末以来至到第一二三四\-—－–~～\s]"
# 9月2日至10日，|区委组建…   根据统一部署，|…   在县委的领导下，|…   督查结果表明，|… : what names no work
_LEAD: Final = re.compile(
    rf"(?:(?:截[至止]|今年|去年|本年度?|目前|近年来?|近期|日前|近日|全年|年内|一年来|过去一年|{_TIME})(?:目前)?{_TIME}{{0,24}}"
    r"|(?:根据|按照|依据|随着|为了|为(?:深入|认真|全面|进一步|切实|贯彻|精准|推动|加快|确保|有效|扎实|规范))[^，,。；;：:]{1,50}"
    r"|[\u4e00-\u9fff]{0,8}以[^，,。；;：:]{1,50}为(?:指导|引领|统领|主线|抓手|契机|目标|重点)"
    r"|[\u4e00-\u9fff]{0,8}在[^，,。；;：:]{1,50}[领指支监][导持督]下|在[^，,。；;：:]{1,50}[下上中后时]"
    r"|[\u4e00-\u9fff]{0,6}结果(?:表明|显示)|据(?:悉|了解|统计)|从[^，,。；;：:]{1,20}(?:看|来看))[，,]\s*"
)
_LEADS: Final = 4
_SPANNED: Final = ("label", "dimension", "title", "content", "source", "progress", "problems", "next_steps")


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
        content = "".join(unicodedata.normalize("NFKC", draft.fields["content"].value).split())
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
    spans = [row for name in values for row in _rows(page, name, fields[name])]
    spans += [row for i, text in enumerate(draft.section) for row in _rows(page, "section", text, i)]
    spans += [row for name, text in draft.extra.items() for row in _rows(page, f"extra:{name}", text)]
    spans += _fact_rows(page, facts)
    known: dict[str, Any] = {**values, **facts.values(), "spans": spans}
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
        **known,
    )


def spans_of(page: Page, name: str, text: Text) -> list[Span]:
    """One span a piece of the text, in order."""
    return [Span(**row) for row in _rows(page, name, text)]


def _rows(page: Page, name: str, text: Text, ordinal: int = 0) -> Iterator[_Row]:
    for index, (start, end) in enumerate(text.pieces(), start=ordinal):
        yield _row(page, name, index, start, end)


def _fact_rows(page: Page, facts: Facts) -> Iterator[_Row]:
    if facts.status:
        yield from _rows(page, "status_evidence", facts.status.at)
    if facts.deadline:
        yield from _rows(page, "deadline", facts.deadline.at)
    for name in get_args(Facts.Child):
        for ordinal, found in enumerate(getattr(facts, name), start=1):
            if found.at:
                yield _row(page, name, ordinal, *found.at.bounds())


def _row(page: Page, name: str, ordinal: int, start: int, end: int) -> _Row:
    """The values of a span: a task validates all of its spans at once."""
    low, high = page.text.locate(start, end)
    return {
        "field": name,
        "ordinal": ordinal,
        "text_start": start,
        "text_end": end,
        "source_start": low,
        "source_end": high,
    }


def short_title(content: Text) -> Text:
    """The first sentence of a task, or its first clause when the sentence is long.

    >>> str(short_title(Text.of("常态化疫情防控。严格落实责任。")))
    '常态化疫情防控'
    >>> text = "根据统一部署，9月2日至10日，督查组对全部乡镇和重点工程开展了实地督查，" + "逐项查看进度" * 9
    >>> str(short_title(Text.of(text)))
    '督查组对全部乡镇和重点工程开展了实地督查'
    """
    title, _ = split_title(content)
    if len(title) <= _TITLE:
        return title or content
    for _ in range(_LEADS):
        lead = _LEAD.match(title.value)
        if lead is None or len(title) - lead.end() < _MIN_CLAUSE:
            break
        title = title.cut(lead.end(), len(title))
    if len(title) <= _TITLE:
        return title
    clause = _CLAUSE.search(title.value, _MIN_CLAUSE)
    cut = clause.start() if clause and clause.start() <= _TITLE else _TITLE
    return title.cut(0, cut)
