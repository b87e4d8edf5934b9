"""The pages after a list page, where no script tells them: a link 下一页 in one of its forms, or numbers."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from ingest.fetch.anchors import Base, absolute, target, words

# class="next", "page-next", "layui-laypage-next"
_NEXT_CLASS: Final = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-])", re.I)
# 2 · [2] · 第2页
_NUMBER: Final = re.compile(r"^\W*第?\s*(\d{1,4})\s*页?\W*$")
_DIGITS: Final = re.compile(r"\d+")
# days of a calendar are numbers in cells
_NO_TURNING: Final = frozenset({"table", "tbody", "thead", "tr", "body", "html"})
_NEAR: Final = 3


class Turning(NamedTuple):
    """The next pages, and whether there is a next one without an address."""

    pages: list[str]
    stuck: bool


def following(tree: Any, base: Base, next_text: re.Pattern[str]) -> Turning:
    """The address of the next page in a list, else those of all pages that have a number.

    >>> from lxml.html import document_fromstring
    >>> tree = document_fromstring('<p><b>1</b><a href="l_2.html">2</a><a href="l_3.html">3</a></p>')
    >>> following(tree, Base("http://a.cn/l.html", "utf-8"), re.compile("下一页")).pages
    ['http://a.cn/l_2.html', 'http://a.cn/l_3.html']
    """
    anchors = [anchor for anchor in tree.iter("a", "area") if _says_next(anchor, next_text)]
    found = [url for url in (target(base, anchor) for anchor in anchors) if url]
    found += [
        url for url in (absolute(base, href) for href in tree.xpath("//link[@rel='next']/@href")) if url
    ]
    if found:
        return Turning(found[:1], False)
    numbered = _numbered(tree, base) or _chosen(tree, base)
    return Turning(numbered, bool(anchors) and not numbered and not any(map(_is_off, anchors)))


def _says_next(anchor: Any, next_text: re.Pattern[str]) -> bool:
    if next_text.search(words(anchor)) or anchor.get("rel") == "next":
        return True
    return not words(anchor) and bool(_NEXT_CLASS.search(anchor.get("class") or ""))


def _is_off(anchor: Any) -> bool:
    """Whether a link 下一页 is grey, as it is on the last page: it has no address and no script."""
    href = (anchor.get("href") or "").strip().lower().replace(" ", "")
    script = href.removeprefix("javascript:") if href.startswith("javascript:") else ""
    empty = script.rstrip(";") in ("", "void(0)", "void0")
    return empty and not anchor.get("onclick") and not anchor.get("id")


def _numbered(tree: Any, base: Base) -> list[str]:
    """The addresses of links that are numbers, stand together and hold that number or the one before."""
    found: dict[Any, list[str]] = {}
    for anchor in tree.iter("a"):
        number = _NUMBER.match(words(anchor))
        url = target(base, anchor) if number else None
        around = _around(anchor)
        if number and url and around is not None and _counts(url, int(number.group(1))):
            found.setdefault(around, []).append(url)
    return max(found.values(), key=len, default=[])


def _around(anchor: Any) -> Any:
    """The element that links of pages stand in together; None when there is no such."""
    for _, parent in zip(range(_NEAR), anchor.iterancestors(), strict=False):
        if parent.tag in _NO_TURNING:
            return None
        if (
            sum(1 for one in parent.iter("a", "span", "b", "em", "strong", "i") if _NUMBER.match(words(one)))
            > 1
        ):
            return parent
    return None


def _counts(url: str, number: int) -> bool:
    return any(int(one) in (number, number - 1) for one in _DIGITS.findall(url) if len(one) < 6)


def _chosen(tree: Any, base: Base) -> list[str]:
    """The addresses in a menu of pages: ``<option value="index_2.html">第2页``."""
    options = [one for one in tree.iter("option") if _NUMBER.match(words(one))]
    urls = [absolute(base, value) for value in (one.get("value") or "" for one in options) if "." in value]
    return [url for url in urls if url]
