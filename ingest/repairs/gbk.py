"""The two bytes of a character in GBK, private-use characters included, and back."""

from __future__ import annotations

from functools import cache
from typing import Final

from ingest.decode import MARKER_BASE

# GBK FE50–FEA0 without FE7F stood at U+E815–U+E864 before Unicode had the characters;
# Python's codec knows the later places only: 客房服務 damaged to 头糠\ue848
_MOVED: Final = range(0xE815, 0xE865)


@cache
def pair_of(character: str) -> bytes | None:
    """The two GBK bytes of a character, or None when it has no such pair.

    >>> pair_of("科").hex(), pair_of("\\ue848").hex(), pair_of("a")
    ('bfc6', 'fe84', None)
    """
    code = ord(character)
    if code in _MOVED:
        trail = 0x50 + code - _MOVED.start
        return bytes((0xFE, trail + (trail >= 0x7F)))
    try:
        data = character.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return data if len(data) == 2 else None


@cache
def character_of(lead: int, trail: int) -> str | None:
    """The character of two GBK bytes, or None; private-use ones count as none.

    >>> character_of(0xA1, 0xA3), character_of(0xA1, 0x20)
    ('。', None)
    """
    try:
        found = bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return None
    return found if len(found) == 1 and not 0xE000 <= ord(found) <= 0xF8FF else None


def marked_byte(character: str) -> int | None:
    """The byte that a marker of the decoder holds, or None for another character."""
    byte = ord(character) - MARKER_BASE
    return byte if 0x80 <= byte <= 0xFF else None
