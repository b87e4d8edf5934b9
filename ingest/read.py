"""RawDocument → Page: decoded, repaired, and read by the reader that its content calls for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from ingest.choice import is_markup
from ingest.crosscheck import doubts
from ingest.decode import decode
from ingest.formats.readers import reader_of
from ingest.html import read_html
from ingest.plain import read_delimited, read_plain
from ingest.repair import repair
from ingest.sources import media_type_of
from schema.issues import Issue
from schema.page import Block, MetaTag, Page, RawDocument
from schema.text import Text


class _Reading(NamedTuple):
    """What a reader makes of a document, and the media type it read it as."""

    media_type: str
    text: Text
    blocks: tuple[Block, ...]
    meta: tuple[MetaTag, ...] = ()
    issues: tuple[Issue, ...] = ()


def read_page(raw: RawDocument) -> Page:
    """The page of a document: text, blocks, declarations, and what was found wrong.

    Offsets of blocks and issues count code points of ``Page.text``, whose source is the
    decoded original (for office documents and PDF: what their reader found). Raises Rejected
    when the bytes hold no text, or none that is read here.

    >>> page = read_page(RawDocument("a.txt", "a.txt", "第1项　已完成\\r\\n".encode("gb18030")))
    >>> page.text.value, page.media_type, page.text.locate(4, 7)
    ('第1项 已完成', 'text/plain', (4, 7))
    """
    if reader := reader_of(raw):
        return reader(raw)
    decoded = decode(raw.data, raw.charset)
    repaired = repair(Text.of(decoded.text))
    reading = _read(repaired.text, raw.media_type or media_type_of(raw.name))
    return Page(
        raw=raw,
        media_type=reading.media_type,
        encoding=decoded.encoding,
        text=reading.text,
        blocks=reading.blocks,
        meta=reading.meta,
        issues=(*placed((*decoded.issues, *repaired.issues), reading.text), *reading.issues),
    )


def _read(text: Text, declared: str | None) -> _Reading:
    """The reading of a text by the reader that its declared type and its content call for."""
    if declared == "text/csv":
        return _Reading(declared, *read_delimited(text))
    if declared == "text/tab-separated-values":
        return _Reading(declared, *read_delimited(text, "\t"))
    if is_markup(text.value, declared):
        return _markup(text)
    markdown = declared == "text/markdown"
    return _Reading("text/markdown" if markdown else "text/plain", *read_plain(text, markdown))


def _markup(text: Text) -> _Reading:
    page = read_html(text)
    issues = doubts(text.value, page.tree.runs, page.tree.depth)
    return _Reading("text/html", page.text, page.blocks, page.meta, issues)


def placed(issues: Iterable[Issue], text: Text) -> list[Issue]:
    """The issues with their source intervals turned into intervals of ``text``.

    >>> from schema.issues import issue
    >>> found = placed([issue("text_damaged", "乱码", 2, 4)], Text.of("<p>乱码</p>")[3:5])
    >>> found[0].start, found[0].end
    (0, 1)
    """
    return [_placed(issue, text) for issue in issues]


def _placed(issue: Issue, text: Text) -> Issue:
    if issue.start is None or issue.end is None:
        return issue
    offsets = range(len(text))
    start = bisect_right(offsets, issue.start, key=lambda i: text.locate(i, i + 1)[1])
    end = bisect_left(offsets, issue.end, key=lambda i: text.locate(i, i + 1)[0])
    return issue.model_copy(update={"start": start, "end": max(start, end)})
