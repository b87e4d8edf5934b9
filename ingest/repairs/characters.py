"""Single characters that are no text, or another character's double.

Only what damages matching goes: half-width and full-width punctuation, no-break and
ideographic spaces and doubled marks (``，,``) stay as the report has them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Final

from ingest.repairs.edit import Edit
from ingest.repairs.gbk import pair_of

# places an edit for one matched stretch: NUL, C0 and C1 controls but for tab and line ends
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufff0-\ufffb\ufffe\uffff]+")
# zero-width space, joiners, word joiner, soft hyphen, byte order mark inside the text
_ZERO_WIDTH: Final = re.compile("[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]+")
# embeddings, overrides, isolates: they reorder what a reader sees
_BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]+")
_PRIVATE: Final = re.compile("[\ue000-\uf6ff\uf800-\uf8ff\ufdd0-\ufdef\U000e0000-\U0010ffff]+")
# 復 at U+F966, 不 at U+F967: one more code point for a character that has one
_COMPATIBLE: Final = re.compile(
    "[\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufad9]"
)
# ⼀ U+2F00 … ⿕, and the radicals of the supplement that have one everyday double
_RADICAL: Final = re.compile("[\u2e80-\u2fd5]")
_SPACE: Final = re.compile("[\u1680\u2000-\u200a\u202f\u205f]")
_LINE: Final = re.compile("[\u0085\u2028\u2029]")
# the Greek question mark is a semicolon to the eye; Unicode itself says they are equal
_LOOKALIKE: Final = re.compile("[\u037e\u0387\u1fef]")

_SUPPLEMENT: Final = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻪⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄黾齐齿龙龟",
        strict=True,
    )
)

Repairer = Callable[[str], list[Edit]]


def _replaced(text: str, rule: str, pattern: re.Pattern[str], new: Callable[[str], str]) -> list[Edit]:
    """An edit for every match whose replacement differs."""
    found = ((match, new(match.group())) for match in pattern.finditer(text))
    return [Edit(rule, match.start(), match.end(), after) for match, after in found if after != match.group()]


def _nothing(_: str) -> str:
    return ""


def _folded(character: str) -> str:
    return _SUPPLEMENT.get(character) or unicodedata.normalize("NFKC", character)


def _named(stretch: str) -> str:
    """Private-use characters that GBK had before Unicode named them; the others go."""
    return "".join(_after_private(c) for c in stretch)


def _after_private(character: str) -> str:
    pair = pair_of(character)
    if character == "\ue5e5":
        return "\u3000"
    new = pair.decode("gb18030") if pair and 0xE815 <= ord(character) <= 0xE864 else ""
    return "" if "\ue000" <= new <= "\uf8ff" else new


REPAIRS: Final[tuple[tuple[re.Pattern[str], Repairer], ...]] = tuple(
    (pattern, partial(_replaced, rule=rule, pattern=pattern, new=new))
    for rule, pattern, new in (
        ("control", _CONTROL, _nothing),
        ("zero_width", _ZERO_WIDTH, _nothing),
        ("bidi", _BIDI, _nothing),
        ("private_use", _PRIVATE, _named),
        ("compatibility", _COMPATIBLE, _folded),
        ("radical", _RADICAL, _folded),
        ("space", _SPACE, lambda _: " "),
        ("line_end", _LINE, lambda _: "\n"),
        ("lookalike", _LOOKALIKE, lambda c: unicodedata.normalize("NFC", c)),
    )
)
"""What betrays the need (also what is replaced), and the repair: string → edits."""

# one scan tells that none of them is needed
SUSPECT: Final = re.compile("[" + "".join(pattern.pattern.strip("[]+") for pattern, _ in REPAIRS) + "]")
