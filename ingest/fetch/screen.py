"""Challenge and error pages, told from reports: what stands in the place of a page is named, not stored."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

_HEAD: Final = 65536
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
