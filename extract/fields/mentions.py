"""Mentions: policy documents, organisations, events, dates and places named in a field."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import Final

from extract.context import Context
from extract.directory import canonical
from extract.fields.dated import dated
from extract.fields.named import events, organisations, places
from extract.fields.policies import Policy, policies
from extract.found import Found
from schema.records import Mention, MentionType
from schema.text import Text

_LONGEST: Final = 30_000  # no field is longer; a hostile one is cut

_Named = tuple[int, int, MentionType, str | None, str | None]


def mentions(field: str, text: Text, context: Context) -> list[Found[Mention]]:
    """What a field's text names, in text order, each thing once.

    ``normalized`` is the title without its marks (None when 《 never closes), the body's
    full name, the event's series, an ISO date, month or interval, a GB/T 2260 code. What
    is part of a longer name (a place in a title) is not named again.

    >>> found = mentions("progress", Text.of("9月24日举办2021中关村论坛。"), Context(report_year=2021))
    >>> [(m.value.type, m.value.text, m.value.normalized) for m in found]
    [('date', '9月24日', '2021-09-24'), ('event', '2021中关村论坛', '中关村论坛')]
    """
    text = text.cut(0, min(len(text), _LONGEST))
    titles = list(policies(text.value))
    # a number in its parenthesis belongs to the title before it
    taken = [(title.end, title.number_end) for title in titles if title.number_end > title.end]
    seen: set[tuple[str, str]] = set()
    found: list[Found[Mention]] = []
    for start, end, kind, normalized, doc_no in _named(text.value, titles, context):
        if _overlaps(taken, start, end):
            continue
        insort(taken, (start, end))
        at = text.cut(start, end)
        if (kind, normalized or at.value) in seen:
            continue
        seen.add((kind, normalized or at.value))
        mention = Mention(field=field, type=kind, text=at.value, normalized=normalized, doc_no=doc_no)
        found.append(Found(mention, at, f"mentions.{kind}"))
    return sorted(found, key=lambda mention: mention.at.bounds())


def _named(value: str, titles: list[Policy], context: Context) -> Iterator[_Named]:
    """Everything named, those first that take the characters from those behind."""
    for policy in titles:
        yield policy.start, policy.end, "policy", policy.title, policy.doc_no
    for start, end, series in events(value):
        yield start, end, "event", series, None
    for start, end in organisations(value):
        yield start, end, "organization", canonical(value[start:end], context), None
    for start, end, iso in dated(value, context.report_year):
        yield start, end, "date", iso, None
    for start, end, code in places(value, context):
        yield start, end, "place", code, None


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(taken, (start, end))
    before = at > 0 and taken[at - 1][1] > start
    return before or (at < len(taken) and taken[at][0] < end)
