"""A second opinion on a page's text: what lxml's parser finds, counted against the run stream."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ingest.elements import RAW
from ingest.folding import decoded
from ingest.markup import Token
from schema.issues import Issue, issue
from schema.text import Text

_MAX_DEPTH: Final = 200
"""libxml2 drops what is nested deeper than 253, so its count says nothing there."""
_MAX_SIZE: Final = 4_000_000
_TOLERANCE: Final = 0.02
_FEW: Final = 20
_DECLARATION: Final = re.compile(r"\A\s*+<\?xml[^>]*+>", re.IGNORECASE)
_TEXTS: Final = "//text()[not(" + " or ".join(f"ancestor::{name}" for name in sorted(RAW)) + ")]"


def doubts(source: str, runs: Iterable[Token], depth: int) -> tuple[Issue, ...]:
    """An issue ``markup_doubtful`` when the two readings differ by more than two in a hundred characters.

    >>> from ingest.markup import tokens
    >>> page = "<p>已完成</p><script>隐藏</script>"
    >>> doubts(page, [t for t in tokens(page) if t.kind == "text"], 1)
    ()
    """
    if depth > _MAX_DEPTH or len(source) > _MAX_SIZE:
        return ()
    theirs = _lxml_count(source)
    if theirs is None:
        return ()
    ours = _visible("".join(source[run.start : run.end] for run in runs))
    if abs(ours - theirs) <= max(_FEW, _TOLERANCE * max(ours, theirs)):
        return ()
    return (issue("markup_doubtful", f"{ours} characters read, {theirs} by another parser"),)


def _visible(text: str) -> int:
    return len("".join(decoded(Text.of(text)).value.split()))


def _lxml_count(source: str) -> int | None:
    """The visible characters that lxml finds; None when it refuses the page."""
    from lxml import etree  # noqa: PLC0415 - loaded for HTML only

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_DECLARATION.sub("", source), parser)
    except (ValueError, etree.XMLSyntaxError):
        return None
    if root is None:
        return None
    found = etree.XPath(_TEXTS, smart_strings=False)(root)
    texts = found if isinstance(found, list) else []
    return len("".join("".join(str(text) for text in texts).split()))
