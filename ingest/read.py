"""RawDocument → Page: decoded, repaired, and read by the reader that its content calls for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from ingest.decode import decode
from ingest.plain import read_delimited, read_plain
from ingest.sources import media_type_of
from schema.issues import Issue
from schema.page import Block, MetaTag, Page, RawDocument
from schema.text import Text


def read_page(raw: RawDocument) -> Page:
    """The page of a document: text, blocks, declarations, and what was found wrong.

    Offsets of blocks and issues count code points of ``Page.text``, whose source is the
    decoded original. Raises Rejected when the bytes hold no text.

    >>> page = read_page(RawDocument("a.txt", "a.txt", "第1项　已完成\\r\\n".encode("gb18030")))
    >>> page.text.value, page.media_type, page.text.locate(4, 7)
    ('第1项 已完成', 'text/plain', (4, 7))
    """
    decoded = decode(raw.data, raw.charset)
    source = Text.of(decoded.text)
    declared = raw.media_type or media_type_of(raw.name) or "text/plain"
    text, blocks, meta = _read(source, declared)
    return Page(
        raw=raw,
        media_type=declared,
        encoding=decoded.encoding,
        text=text,
        blocks=blocks,
        meta=meta,
        issues=tuple(placed(decoded.issues, text)),
    )


def _read(source: Text, media_type: str) -> tuple[Text, tuple[Block, ...], tuple[MetaTag, ...]]:
    if media_type == "text/csv":
        return (*read_delimited(source), ())
    if media_type == "text/tab-separated-values":
        return (*read_delimited(source, "\t"), ())
    return (*read_plain(source, markdown=media_type == "text/markdown"), ())


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
