"""What a page declares about itself: ``<meta name=PubDate content=…>``, ``<title>``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ingest.folding import decoded, folded
from ingest.markup import Token
from schema.page import MetaTag
from schema.text import Interval, Text

if TYPE_CHECKING:
    from bs4 import Tag

_NAMES: Final = ("name", "property", "http-equiv", "itemprop")
_CONTENT: Final = re.compile(
    r"""[\s"'/]content\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE
)
_TITLE_END: Final = re.compile(r"</title", re.IGNORECASE)


def declarations(text: Text, tags: Sequence[Token]) -> tuple[MetaTag, ...]:
    """The page's ``<meta>`` and ``<title>`` values with their intervals in the decoded original.

    >>> from ingest.markup import tokens
    >>> page = '<meta name="PubDate" content="2022-01-14"><title>督查&amp;通报</title>'
    >>> [(tag.name, tag.value, tag.source) for tag in declarations(Text.of(page), list(tokens(page)))]
    [('PubDate', '2022-01-14', (30, 40)), ('title', '督查&通报', (49, 58))]
    """
    metas = [tag for tag in tags if tag.name == "meta"]
    read = dict(zip(metas, _parsed(text.value, metas), strict=True))
    found = [_meta(text, tag, read[tag]) if tag in read else _title(text, tag) for tag in tags]
    return tuple(tag for tag in found if tag is not None)


def _parsed(source: str, metas: Sequence[Token]) -> list[Tag | None]:
    """Every tag as Beautiful Soup reads it, one by one, so that a broken one spoils no other."""
    if not metas:
        return []
    from bs4 import BeautifulSoup  # noqa: PLC0415 - a tenth of a second to load

    whole = BeautifulSoup("".join(source[tag.start : tag.end] for tag in metas), "lxml").find_all("meta")
    if len(whole) == len(metas):
        return list(whole)
    return [BeautifulSoup(source[tag.start : tag.end], "lxml").find("meta") for tag in metas]


def _meta(text: Text, token: Token, tag: Tag | None) -> MetaTag | None:
    """The declaration of a ``<meta>`` tag; None for one without a name or a value."""
    place = _CONTENT.search(text.value, token.start, token.end)
    if tag is None or place is None:
        return None
    name = next((str(tag[key]) for key in _NAMES if tag.get(key)), "")
    value = " ".join(str(tag.get("content", "")).split())
    if not name or not value:
        return None
    group = next(index for index in (1, 2, 3) if place[index] is not None)
    return MetaTag(name.strip(), value, _place(text, *place.span(group)))


def _title(text: Text, token: Token) -> MetaTag | None:
    if token.name != "title":
        return None
    end = _TITLE_END.search(text.value, token.inner, token.end)
    title = folded(decoded(text.cut(token.inner, end.start() if end else token.end)))
    return MetaTag("title", title.value, title.bounds()) if title else None


def _place(text: Text, start: int, end: int) -> Interval:
    return text.locate(start, end)
