"""What an element of a page leads to, as a browser would follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, quote, urldefrag, urljoin, urlsplit

from ingest.fetch.plan import is_web

_BREAKS: Final = re.compile(r"[\t\r\n]+")
_WIDE: Final = re.compile(r"[^\x00-\x7f]+")
# window.open('/files/清单.xlsx'), location.href="page2.html": an address in a script, known by its ending
_QUOTED: Final = re.compile(
    r"""["']([^"'\s<>]{1,500}\.(?:s?html?|jsp|aspx?|php|docx?|xlsx?|pdf|zip|rar|7z|ofd|wps|et)(?:\?[^"'\s<>]{0,500})?)["']""",
    re.I,
)
_FRAMES: Final = {"frame": "src", "iframe": "src", "embed": "src", "object": "data"}


class Base(NamedTuple):
    """What addresses in a page are relative to, and the encoding that their queries are sent in."""

    url: str
    encoding: str


def base_of(tree: Any, url: str, encoding: str) -> Base:
    """The base of a page: its address, or what its ``<base>`` says."""
    return Base(urljoin(url, str(next(iter(tree.xpath("//base/@href")), ""))), encoding)


def absolute(base: Base, href: str) -> str | None:
    """The absolute address without its fragment; None for what is no page: ``javascript:``, ``#top``.

    A backslash is a slash, as browsers take it; the words of a query are in the page's encoding.

    >>> absolute(Base("http://a.cn/b/c.html", "gb18030"), "..\\\\d.jsp?n=附件")
    'http://a.cn/d.jsp?n=%B8%BD%BC%FE'
    """
    path, mark, query = _BREAKS.sub("", href.strip()).partition("?")
    if not path + mark or path.startswith("#"):
        return None
    if base.encoding != "utf-8":
        query = _WIDE.sub(lambda found: quote(found.group(), encoding=base.encoding, errors="replace"), query)
    try:
        url = urldefrag(urljoin(base.url, path.replace("\\", "/") + mark + query))[0]
    except (ValueError, LookupError):
        return None
    return url if is_web(url) else None


def target(base: Base, anchor: Any) -> str | None:
    """Where a link leads: its address, or the one that its script opens."""
    href = (anchor.get("href") or "").strip()
    if href and href != "#" and not href.lower().startswith("javascript:"):
        return absolute(base, href)
    found = _QUOTED.search(f"{href} {anchor.get('onclick') or ''}")
    return absolute(base, found.group(1)) if found else None


def words(anchor: Any) -> str:
    """The words of a link; those of its picture when it has none, its title when that says more."""
    text = " ".join("".join(anchor.itertext()).split())
    shown = text or " ".join(anchor.xpath(".//img/@alt | .//img/@title")).strip()
    full = (anchor.get("title") or "").strip()
    return full if len(full) > len(shown) else str(shown)


def framed(tree: Any, base: Base, wanted: re.Pattern[str] | None) -> Iterator[str]:
    """What a page shows in frames and is ``wanted`` (None: everything), or the file that a viewer shows."""
    for element in tree.iter(*(_FRAMES if wanted else ("frame", "iframe"))):
        url = absolute(base, element.get(_FRAMES[element.tag]) or "")
        if not url:
            continue
        inner = [value for _, value in parse_qsl(urlsplit(url).query) if wanted and wanted.search(value)]
        if inner:
            yield from filter(None, [absolute(Base(url, base.encoding), inner[0])])
        elif wanted is None or wanted.search(urlsplit(url).path):
            yield url
