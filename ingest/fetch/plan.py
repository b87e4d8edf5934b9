"""What a fetch is asked to do: the addresses, the folder, and how politely."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import urlsplit

from schema.errors import UsageError

AGENT: Final = "ducha"
"""The product token that robots.txt files address."""

# ftp://…, file:///…, data:… and plain words are no addresses of pages
_WEB: Final = re.compile(r"https?://", re.I)


@dataclass(frozen=True, slots=True)
class Plan:
    """One run. ``delay``, ``deadline`` and ``max_time`` are seconds: between the starts of two
    requests to one host, for one response from connecting to the last byte, and for the whole run.
    """

    urls: tuple[str, ...]
    out: str
    follow: bool = False
    sitemap: bool = False
    profile: str | None = None
    title: str | None = None
    limit: int | None = None
    delay: float = 2.0
    deadline: float = 60.0
    max_time: float | None = None
    max_bytes: int = 32 * 1024 * 1024
    tries: int = 4
    allow_private: bool = False
    contact: str = ""

    def to_json(self) -> str:
        """One line of JSON that ``from_json`` reads."""
        return json.dumps(asdict(self), ensure_ascii=True)

    @classmethod
    def from_json(cls, line: str | bytes) -> Plan:
        """The plan that ``to_json`` wrote."""
        values = json.loads(line)
        return cls(**(values | {"urls": tuple(values["urls"])}))

    @property
    def first_kind(self) -> str:
        """What the given addresses are taken for: ``list``, ``sitemap`` or ``report``."""
        if self.sitemap:
            return "sitemap"
        return "list" if self.follow else "report"


def addresses(lines: Iterable[str]) -> list[str]:
    """The addresses in the lines: one a line, blank lines and those that begin with # left out.

    Raises UsageError for a line that is no http or https address, or holds a password.

    >>> addresses(["# 督查报告", "", "http://www.example.cn/落实情况.html"])
    ['http://www.example.cn/落实情况.html']
    """
    wanted = [line.strip().lstrip("\ufeff") for line in lines]
    return [checked(line) for line in wanted if line and not line.startswith("#")]


def checked(url: str) -> str:
    """The address itself. Raises UsageError unless it is one of a page that may be asked for."""
    if not is_web(url):
        raise UsageError(f"not an http or https address: {url}")
    return url


def is_web(url: str) -> bool:
    """Whether this is an http or https address with a host and without a user name.

    >>> [is_web(url) for url in ("http://a.cn/报告", "file:///a", "javascript:void(0)", "http://u:p@a.cn/")]
    [True, False, False, False]
    """
    try:
        parts = urlsplit(url)
        return bool(_WEB.match(url) and parts.hostname and parts.port != 0 and "@" not in parts.netloc)
    except ValueError:
        return False
