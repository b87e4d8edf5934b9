"""Which character was lost, by the words around it: the document's own first, a dictionary's second."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from math import log2
from typing import Final, cast

_REACH: Final = 3
_MOST: Final = 300
_LAST_HAN: Final = re.compile(r"[\u3400-\u9fff]+\Z")
_FIRST_HAN: Final = re.compile(r"[\u3400-\u9fff]+")


@cache
def _dictionary() -> dict[str, int]:
    """jieba's words and their counts, read from its own file (half a second), never from a shared cache."""
    lines = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ") for line in lines)
    return {row[0]: int(row[1]) for row in rows if len(row[0]) > 1}


@cache
def _to_simplified() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415 - costs 0.1 s, for damaged text only

    return cast("Callable[[str], str]", OpenCC("t2s").convert)


def simplified(word: str) -> str:
    """The word in simplified characters, as the dictionary has it."""
    return _to_simplified()(word)


@lru_cache(maxsize=65536)
def frequency(word: str) -> int:
    """How often the dictionary counted the word, in either script; 0 for an unknown one.

    >>> frequency("服務") > frequency("服匎")
    True
    """
    return _dictionary().get(word, 0) or _dictionary().get(simplified(word), 0)


class Vocabulary:
    """The words of one document, asked which candidate completes a word."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = _MOST

    def answers(self) -> bool:
        """Whether one more question is answered."""
        self._left -= 1
        return self._left >= 0

    def holds(self, character: str) -> bool:
        """Whether the document has the character."""
        return character in self._text

    def choose(self, before: str, candidates: Iterable[str], after: str = "") -> str | None:
        """The candidate that forms the longest, then most frequent word with its neighbours.

        None when no candidate forms any, and for the 301st question on: a text so damaged is
        not worth the time. The document's words go first.

        >>> Vocabulary("科技部等部委").choose("。科技", "部驳馋")
        '部'
        """
        options = tuple(candidates)
        if not self.answers():
            return None
        for weigh in (self._own, frequency):
            scored = [(best_word(before, option, after, weigh), option) for option in options]
            score, best = max(scored, default=(0.0, ""))
            if score > 0:
                return best
        return None

    def _own(self, word: str) -> int:
        """How often the document has the word, ten times as much for a word of the dictionary.

        ``微博`` stands once and in no dictionary of its time; ``微波`` never.
        """
        count = self._text.count(word)
        return count * 10 if count and frequency(word) else count


def best_word(before: str, option: str, after: str, weigh: Callable[[str], int]) -> float:
    """The score of the best word that holds the option: 4 a character and the binary log of its weight.

    0 when it forms no word with its neighbours.

    >>> best_word("环", "保", "科技", frequency) > best_word("环", "堡", "科技", frequency)
    True
    """
    left = _LAST_HAN.search(before[-_REACH:])
    right = _FIRST_HAN.match(after[:_REACH])
    heads = [left.group()[at:] for at in range(len(left.group()) + 1)] if left else [""]
    tails = [right.group()[:to] for to in range(len(right.group()) + 1)] if right else [""]
    words = {head + option + tail for head in heads for tail in tails if head or tail}
    scores = (4 * len(word) + log2(weight) for word in words if (weight := weigh(word)))
    return max(scores, default=0.0)
