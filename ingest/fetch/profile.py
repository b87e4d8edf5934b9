"""How a site lays out its lists: a TOML file a site, three for structures that are common."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from schema.errors import UsageError

BUILT_IN: Final = ("trs", "jcms", "generic")
"""The profiles that come along, in the order in which they are tried on a list page."""

_SUFFIXES: Final = r"\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|7z|ofd|wps|et|csv)$"
_KEYS: Final = {
    "": {"description", "recognise", "list", "pages", "attachments"},
    "list": {"area", "link", "records"},
    "pages": {"next", "source", "script", "address", "limit"},
    "attachments": {"area", "link", "text"},
}


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one structure; patterns are searched, CSS selectors are given as text.

    ``areas`` where the list stands (the first that holds a link wins; none: the whole page);
    ``link`` the addresses of reports; ``records`` a pattern whose group is HTML inside a
    script; ``next_text`` the words of the link to the next page, ``next_source`` a pattern
    whose group is its address; ``script`` patterns whose named groups fill ``address``.
    """

    name: str
    recognise: re.Pattern[str] | None
    areas: tuple[str, ...]
    link: re.Pattern[str] | None
    records: re.Pattern[str] | None
    next_text: re.Pattern[str]
    next_source: re.Pattern[str] | None
    script: tuple[re.Pattern[str], ...]
    address: str
    limit: int
    attachment_areas: tuple[str, ...]
    attachment_link: re.Pattern[str]
    attachment_text: re.Pattern[str]


def load(name: str) -> Profile:
    """The profile of this name, or in the file of this name.

    Raises UsageError when there is none, or when the file says something that is not understood.

    >>> load("generic").next_text.search("下一页 ›") is not None
    True
    """
    return _of(name, _source(name))


@cache
def built_in() -> tuple[Profile, ...]:
    """The profiles that come along."""
    return tuple(load(name) for name in BUILT_IN)


def recognised(html: str) -> Profile:
    """The profile whose mark the page bears, else the generic one.

    >>> recognised("<script>createPageHTML(5, 0, 'index', 'html');</script>").name
    'trs'
    """
    found = (one for one in built_in() if one.recognise and one.recognise.search(html))
    return next(found, built_in()[-1])


def _source(name: str) -> str:
    path = Path(name) if name.endswith(".toml") else files("ingest.fetch") / "profiles" / f"{name}.toml"
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise UsageError(f"no profile {name}: {', '.join(BUILT_IN)}, or a .toml file") from None


def _of(name: str, source: str) -> Profile:
    try:
        values = tomllib.loads(source)
        _known(values)
        return _profile(name, values)
    except (tomllib.TOMLDecodeError, re.error, TypeError, ValueError) as error:
        raise UsageError(f"profile {name}: {error}") from None


def _profile(name: str, values: dict[str, Any]) -> Profile:
    lists, pages, attached = (values.get(key, {}) for key in ("list", "pages", "attachments"))
    return Profile(
        name=name,
        recognise=_pattern(values.get("recognise")),
        areas=tuple(lists.get("area", ())),
        link=_pattern(lists.get("link")),
        records=_pattern(lists.get("records"), re.S),
        next_text=re.compile(pages.get("next", "下一?页")),
        next_source=_pattern(pages.get("source")),
        script=tuple(re.compile(one) for one in pages.get("script", ())),
        address=pages.get("address", ""),
        limit=int(pages.get("limit", 200)),
        attachment_areas=tuple(attached.get("area", ())),
        attachment_link=re.compile(attached.get("link", _SUFFIXES), re.I),
        attachment_text=re.compile(attached.get("text", "附件")),
    )


def _known(values: dict[str, Any]) -> None:
    """Raises ValueError for a key that means nothing: it would be a rule that is silently not obeyed."""
    for table, keys in _KEYS.items():
        extra = set(values.get(table, {}) if table else values) - keys
        if extra:
            raise ValueError(f"unknown: {', '.join(sorted(extra))}")


def _pattern(text: str | None, flags: int = 0) -> re.Pattern[str] | None:
    return None if text is None else re.compile(text, flags)
