"""The styles of a docx: which make a paragraph a heading, and which number it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ingest.formats.wordml import child, children, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

# `heading 1` of Word in every language, `标题 2` of converters; `Title` 标题 is the document's own
_HEADING: Final = re.compile(r"(?:heading|标题)\s?+([1-9])$", re.IGNORECASE)
_TITLE: Final = re.compile(r"(?:title|标题)$", re.IGNORECASE)
_DEEPEST: Final = 6
_CHAIN: Final = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a style gives a paragraph: heading level (0: none), list and level in it, hidden or not."""

    heading: int = 0
    list_id: str = ""
    list_level: int = 0
    hidden: bool = False


class Styles:
    """The styles by their ids, inheritance resolved."""

    def __init__(self, root: _Element | None) -> None:
        self._elements = {value(element, "styleId") or "": element for element in children(root, "style")}
        self._found: dict[str, Style] = {}

    def __getitem__(self, style_id: str) -> Style:
        if style_id not in self._found:
            self._found[style_id] = self._resolved(style_id)
        return self._found[style_id]

    def _resolved(self, style_id: str) -> Style:
        """What the style and those it is based on say, the nearest one first."""
        heading, list_id, list_level, hidden = 0, None, None, False
        element = self._elements.get(style_id)
        for _ in range(_CHAIN):
            if element is None:
                break
            properties = child(element, "pPr")
            heading = heading or outline(properties) or _named(value(child(element, "name")) or "")
            list_id = list_id or value(child(properties, "numPr", "numId"))
            level = child(properties, "numPr", "ilvl")
            list_level = number(level, 0) if list_level is None and level is not None else list_level
            hidden = hidden or is_on(child(element, "rPr", "vanish"))
            element = self._elements.get(value(child(element, "basedOn")) or "")
        return Style(heading, list_id or "", list_level or 0, hidden)


def outline(properties: _Element | None) -> int:
    """The heading level of an outline level: 0 is the first, 9 is body text."""
    level = number(child(properties, "outlineLvl"), 9)
    return min(level + 1, _DEEPEST) if 0 <= level < 9 else 0


def _named(name: str) -> int:
    found = _HEADING.match(name.strip())
    if found:
        return min(int(found[1]), _DEEPEST)
    return 1 if _TITLE.match(name.strip()) else 0
