"""How much a text reads like everyday Chinese: the evidence that decides between encodings.

A wrong decoding of Chinese bytes yields Chinese characters too, but rare ones: ``市科委``
in GBK read as Big5 is ``庈褪巹``. ``everyday.txt`` holds three lines, the characters of
news prose in three steps of frequency, simplified and traditional forms side by side
(counted over the words of jieba's dictionary; the forms from OpenCC's tables).
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Final

_STEPS: Final = (3.0, 2.0, 1.2)
_PUNCTUATION: Final = "，。、；：“”‘’（）《》〈〉【】〔〕？！—…·％０１２３４５６７８９　①②③④⑤⑥⑦⑧⑨⑩○〇"
_RARE_HAN: Final = 0.0
_LATIN: Final = 0.5
_FOREIGN: Final = -1.0
_NOT_TEXT: Final = -3.0


@cache
def _weights() -> dict[str, float]:
    steps = files("ingest").joinpath("everyday.txt").read_text(encoding="utf-8").split()
    weights = dict.fromkeys(_PUNCTUATION, 2.0)
    for characters, weight in zip(steps, _STEPS, strict=True):
        weights.update(dict.fromkeys(characters, weight))
    return weights


def weight(character: str) -> float:
    """How everyday one character beyond ASCII is: 3 at most, 0 for rare Chinese ones, below for no text.

    >>> weight("的"), weight("褪"), weight("\\ue2c4")
    (3.0, 0.0, -3.0)
    """
    found = _weights().get(character)
    return _unlisted(character) if found is None else found


def _unlisted(character: str) -> float:
    """The weight of a character that the table does not hold."""
    code = ord(character)
    if 0x3400 <= code <= 0x9FFF:
        return _RARE_HAN
    if 0xA0 <= code <= 0x24F or 0x2010 <= code <= 0x22FF:
        return _LATIN
    if code < 0xA0 or 0xD800 <= code <= 0xF8FF or code >= 0xFFF0:
        return _NOT_TEXT
    return _FOREIGN


def everyday_share(text: str) -> float:
    """The mean weight of the characters beyond ASCII: about 2 for prose, below 1 for garble, at most 3.

    A text without such characters gives 0.

    >>> round(everyday_share("全市新设科技型企业"), 1), round(everyday_share("庈褪巹"), 1)
    (2.7, 0.0)
    """
    table = _weights()
    counts = Counter(text)
    total, gained = 0, 0.0
    for character, count in counts.items():
        if character >= "\x80":
            total += count
            found = table.get(character)
            gained += count * (_unlisted(character) if found is None else found)
    return gained / total if total else 0.0


def everyday_characters() -> str:
    """All characters of the table, as the inside of a character class."""
    return "".join(_weights())
