"""How rare words are in general text."""

from __future__ import annotations

from functools import cache
from typing import Final

from words.dictionary import of_jieba

_TYPICAL: Final = 11.0
"""How rare a word is that the list of frequencies does not have: its median."""


def rarity(word: str) -> float:
    """How rare a word is (inverse document frequency, about 1 … 14).

    >>> rarity("我们") < rarity("区块链")
    True
    """
    return float(_rarities().get(word, _TYPICAL))


@cache
def _rarities() -> dict[str, str]:
    """jieba's list (`园区 8.39`), whose figures are read when they are asked for."""
    listed = of_jieba("analyse/idf.txt").split()
    return dict(zip(listed[::2], listed[1::2], strict=True))
