"""Alternatives: patterns of many words, so built that a search is quick where none of them stands."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator


def longest_first(words: Iterable[str], behind: str = "") -> str:
    """A pattern of the words, a longer one before its own beginning, each followed by ``behind``.

    Words that begin alike share their beginning, so that a search leaves most of them at one character.

    >>> longest_first(["完成率", "建成", "完成"])
    '完(?:成(?:率)?)|建(?:成)'
    """
    return "|".join(re.escape(head) + _rest(tails) + behind for head, tails in _by_head(words).items())


def _rest(tails: list[str]) -> str:
    """What may follow a shared beginning: nothing, where a word ends there."""
    more = longest_first(filter(None, tails))
    return f"(?:{more}){'?' * ('' in tails)}" if more else ""


def _by_head(words: Iterable[str]) -> dict[str, list[str]]:
    """The words without their first characters, by these."""
    heads: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        heads.setdefault(word[0], []).append(word[1:])
    return heads


def beginning(words: Iterable[str]) -> str:
    """A pattern of what words of two characters and more begin with: a class, and one ahead of it.

    It stops at a few more places than the words stand at, but one class is quicker than 200 words.

    >>> beginning(["北京市", "天津市"])
    '[北天](?=[京津])'
    """
    starts = {word[:2] for word in words}
    first, second = ("".join(sorted({start[at] for start in starts})) for at in (0, 1))
    return f"[{re.escape(first)}](?=[{re.escape(second)}])"


def sought(
    first: re.Pattern[str], pattern: re.Pattern[str], text: str, start: int = 0, end: int = sys.maxsize
) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer`` finds, where ``first`` matches wherever ``pattern`` does.

    A pattern that begins with one class or one of many words is searched for in a tight loop; one with
    many forms is tried only where that one stops.

    >>> date = re.compile("(?:[0-9]{4}年)?[0-9]{1,2}月")
    >>> [match.group() for match in sought(re.compile("[0-9]{1,4}[年月]"), date, "12家，2021年9月")]
    ['2021年9月']
    """
    at = start
    while (place := first.search(text, at, end)) is not None:
        match = pattern.match(text, place.start(), end)
        at = match.end() if match else place.start() + 1
        if match:
            yield match


class Endings:
    """Words that a stretch of text may end in; ``last`` are their last characters."""

    __slots__ = ("_sizes", "_words", "last")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self.last = frozenset(word[-1] for word in self._words)
        self._sizes = sorted({len(word) for word in self._words}, reverse=True)

    def before(self, text: str, end: int, start: int = 0) -> int:
        """The length of the longest of the words in start … end that ends at ``end``, or 0.

        >>> Endings(["新建", "建"]).before("累计新建", 4)
        2
        """
        if end <= start or text[end - 1] not in self.last:
            return 0
        fitting = (size for size in self._sizes if size <= end - start)
        return next((size for size in fitting if text[end - size : end] in self._words), 0)
