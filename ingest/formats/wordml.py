"""The names of WordprocessingML, and reading of its elements whatever namespace edition they are in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

# transitional (what Word and WPS write) and strict (ISO 29500)
_NAMESPACES: Final = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_OFF: Final = ("0", "false", "off")


def name(element: _Element) -> str:
    """The element's local name: `p`, `tbl`; empty for what is no element (an entity left alone)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: _Element | None, *wanted: str) -> Iterator[_Element]:
    """The children with one of the names, in order; all of them without names."""
    for child in element if element is not None else ():
        if not wanted or name(child) in wanted:
            yield child


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first element along the path of names, None when a step is missing."""
    for step in path:
        element = next(children(element, step), None)
    return element


def value(element: _Element | None, attribute: str = "val") -> str | None:
    """An attribute of the element, None when either is missing."""
    if element is None:
        return None
    for space in _NAMESPACES:
        if (found := element.get(space + attribute)) is not None:
            return found
    return None


def number(element: _Element | None, default: int, attribute: str = "val") -> int:
    """A whole number as written, the default for anything else."""
    found = (value(element, attribute) or "").strip()[:9]
    return int(found) if found.lstrip("-").isdecimal() else default


def is_on(element: _Element | None) -> bool:
    """Whether a switch is set: `<w:vanish/>` is, `<w:vanish w:val="0"/>` isn't."""
    return element is not None and value(element) not in _OFF
