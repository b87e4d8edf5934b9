"""The automatic numbers of a docx: `w:numPr` and `numbering.xml` → `一、`, `（二）`, `3.` as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ingest.formats.numerals import numeral
from ingest.formats.wordml import child, children, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS: Final = 9
# `%1.%2`: the numbers of the first and the second level with a stop between
_PLACE: Final = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False


@dataclass(slots=True)
class _List:
    """One abstract list: its levels, and how far it has counted."""

    levels: dict[int, _Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Listing:
    """Counts the list paragraphs of one document; ``label`` must be asked once a paragraph, in order."""

    def __init__(self, root: _Element | None) -> None:
        abstract = {
            value(element, "abstractNumId"): {
                number(lvl, 0, "ilvl"): _level(lvl) for lvl in children(element, "lvl")
            }
            for element in children(root, "abstractNum")
        }
        shared = {name: _List(levels) for name, levels in abstract.items()}
        self._lists: dict[str, _List] = {}
        for num in children(root, "num"):
            key = value(child(num, "abstractNumId"))
            if key in shared:
                self._lists[value(num, "numId") or ""] = _overridden(num, shared[key])

    def label(self, list_id: str, level: int) -> str:
        """What is printed before the next paragraph of that list and level, empty for none."""
        found = self._lists.get(list_id)
        if found is None or not 0 <= level < _LEVELS or level not in found.levels:
            return ""
        own = found.levels[level]
        last = found.counts[level]
        found.counts[level] = own.start if last is None else last + 1
        found.counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return (
            ""
            if own.form == "bullet"
            else _PLACE.sub(lambda hit: _count(found, own, int(hit[1]) - 1), own.text)
        )


def _count(found: _List, own: _Level, level: int) -> str:
    at = found.levels.get(level, _Level())
    count = found.counts[level]
    return numeral(at.start if count is None else count, "decimal" if own.legal else at.form)


def _level(element: _Element) -> _Level:
    return _Level(
        number(child(element, "start"), 1),
        value(child(element, "numFmt")) or "decimal",
        value(child(element, "lvlText")) or "",
        is_on(child(element, "isLgl")),
    )


def _overridden(num: _Element, shared: _List) -> _List:
    """The list of a `w:num`: the shared count, or one of its own where it starts anew."""
    overrides = list(children(num, "lvlOverride"))
    if not overrides:
        return shared
    levels = dict(shared.levels)
    for override in overrides:
        level = number(override, 0, "ilvl")
        own = child(override, "lvl")
        if own is not None:
            levels[level] = _level(own)
        before = levels.get(level, _Level())
        start = number(child(override, "startOverride"), before.start)
        levels[level] = _Level(start, before.form, before.text, before.legal)
    return _List(levels)
