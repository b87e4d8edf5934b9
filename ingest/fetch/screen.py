"""Challenge and error pages, told from reports: what stands in the place of a page is named, not stored."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ingest.fetch.anchors import Base, absolute

BY_SCRIPT: Final = "a redirect by script"
"""The screen of a page that only sends the browser on."""

_HEAD: Final = 65536
# window.location.href='/new/1.html'; location.replace("1.html")
_ONWARD: Final = re.compile(
    r"""location(?:\s*\.\s*href)?\s*(?:=|\.\s*(?:replace|assign)\s*\()\s*(["'])([^"'<>]{1,2000})\1\s*[;)\s<}]"""
)
_HEADING: Final = 300
_NOTHING: Final = 10
_INSIDE: Final = re.compile(r"<(?:i?frame|embed|object|img)\b")
_TEST: Final = re.compile(r"cookie|eval\s*\(|atob|fromCharCode|\+", re.I)
_HIDDEN: Final = re.compile(r"<(script|style|title)\b.{0,60000}?</\1\s*>", re.S | re.I)
_TAG: Final = re.compile(r"<[^<>]{0,4000}>")
_BLANK: Final = re.compile(r"\s+|&nbsp;")


@dataclass(frozen=True, slots=True)
class Screen:
    """What an answer that is no page looks like."""

    name: str
    outcome: str
    pattern: re.Pattern[str]
    status: tuple[int, ...]
    most: int | None

    def shows(self, status: int, head: str, visible: int) -> bool:
        """Whether the answer is this screen; ``visible`` counts the characters that the page shows."""
        if self.status and status not in self.status:
            return False
        return (self.most is None or visible < self.most) and bool(self.pattern.search(head))


def screened(status: int, html: str) -> Screen | None:
    """The screen that an answer is; None for a page.

    >>> found = screened(200, "<title>提示</title><p>您访问的页面不存在</p>")
    >>> found and found.outcome
    'error_page'
    """
    head, visible = html[:_HEAD], _visible(html)
    return next((screen for screen in _screens() if screen.shows(status, head, visible)), None)


def is_empty(html: str) -> bool:
    """Whether a page shows next to nothing itself: a heading at most, and frames."""
    return _visible(html) < _HEADING


def is_made_later(html: str) -> bool:
    """Whether a page shows nothing until a browser has run its scripts.

    >>> is_made_later('<title>落实情况</title><div id="app"></div><script src="app.js"></script>')
    True
    """
    lower = html.lower()
    return "<script" in lower and not _INSIDE.search(lower) and _visible(html) < _NOTHING


def sent_on(html: str, url: str) -> str | None:
    """The one address that a page's script sends the browser to; None where anything is computed or tested.

    >>> sent_on("<script>location.href='../落实.html';</script>", "http://a.cn/b/c.html")
    'http://a.cn/落实.html'
    """
    found = {match.group(2) for match in _ONWARD.finditer(html[:_HEAD])}
    if len(found) != 1 or _TEST.search(html[:_HEAD]):
        return None
    return absolute(Base(url, "utf-8"), found.pop())


def _visible(html: str) -> int:
    """How many characters a page shows, in its first 200,000."""
    text = _TAG.sub("", _HIDDEN.sub("", html[:200_000]))
    return len(_BLANK.sub("", text))


@cache
def _screens() -> tuple[Screen, ...]:
    source = (files("ingest.fetch") / "screens.toml").read_text(encoding="utf-8")
    return tuple(_screen(values) for values in tomllib.loads(source)["screen"])


def _screen(values: dict[str, Any]) -> Screen:
    pattern = re.compile(values["pattern"])
    status = tuple(values.get("status", ()))
    return Screen(values["name"], values["outcome"], pattern, status, values.get("most"))
