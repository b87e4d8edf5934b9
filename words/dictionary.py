"""The dictionary: jieba's words and how often they stand, with the field's terms added.

A process of jieba builds a second long what it will mostly not ask for, or takes it from a file of a
fixed name in the folder for temporary files, where anyone can plant another. Here the words that begin
with a character are read when a text first holds it: no second, no file, and the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import repeat
from math import exp, log
from operator import add
from pathlib import Path
from typing import Final

PREFIX: Final = -5e-324
"""In place of a logarithm: no word itself. Below that of every frequency, and in a sum that of 1."""

# The lines of the dictionary (`园区 1240 n`) whose words begin with the same character
_LINES_OF: Final = re.compile(r"^(.).*(?:\n\1.*)*", re.MULTILINE)
_ENTRY: Final = re.compile(r"^(\S+) ([1-9]\d*)", re.MULTILINE)
_FREQUENCY: Final = re.compile(rb" (\d+) ")


class Dictionary:
    """Words and the logarithms of their frequencies, as ``jieba.Tokenizer`` with ``add_word`` has them.

    ``known`` holds words and, as ``PREFIX``, the beginnings of words: those of a text only after ``open``
    was given its characters. ``total`` is the logarithm of the sum of all frequencies. ``listing`` is text
    in the form of jieba's ``dict.txt``.
    """

    __slots__ = ("_opened", "_places", "_sum", "_text", "known", "total")

    def __init__(self, listing: str, terms: Iterable[str] = ()) -> None:
        self._text = listing
        self._places: dict[str, list[tuple[int, int]]] = {}
        for lines in _LINES_OF.finditer(listing):
            self._places.setdefault(lines[1], []).append(lines.span())
        self._opened: set[str] = set()
        self._sum = sum(map(int, _FREQUENCY.findall(listing.encode())))
        self.total = log(self._sum)
        self.known: dict[str, float] = {}
        for term in terms:
            self._add(term)

    def open(self, text: str) -> None:
        """Reads the words that begin with a character of the text, if that wasn't done before."""
        unread = set(text).difference(self._opened)
        self._opened |= unread
        for char in unread:
            for place in self._places.get(char, ()):
                entries = _ENTRY.findall(self._text, *place)
                self.known.update((word, log(int(frequency))) for word, frequency in entries)
                for word, _ in entries:
                    self._begin(word)

    def knows(self, word: str) -> bool:
        """Whether it is a word of the dictionary or a term.

        >>> dictionary().knows("创业园"), dictionary().knows("创业园里")
        (True, False)
        """
        self.open(word)
        return self.known.get(word, PREFIX) >= 0

    def ends(self, block: str) -> list[int]:
        """Where the word ends that begins at each place, on the likeliest way through the block.

        One pass from the back: jieba's graph of words and its dynamic programme without the graph.
        Of two ways equally likely the one with the longer word is taken, as jieba does.
        The characters of the block have been opened.

        >>> dictionary().ends("创业园区")
        [3, 2, 4, 4]
        """
        known, total = self.known.get, self.total
        size = len(block)
        ends, scores = [*range(1, size + 1)], [0.0] * (size + 1)
        singles = [*map(known, block, repeat(PREFIX))]
        pairs = [*map(known, map(add, block, block[1:])), None]
        best = 0.0
        for at in range(size - 1, -1, -1):
            single, score = singles[at], pairs[at]
            best += single - total
            if score is not None:
                chosen, end = at + 1 if single >= 0 else at, at + 2
                while score is not None:
                    if score >= 0:
                        whole = score - total + scores[end]
                        if whole >= best or chosen == at:
                            best, chosen = whole, end
                    end += 1
                    score = known(block[at:end]) if end <= size else None
                ends[at] = max(chosen, at + 1)
            scores[at] = best
        return ends

    def _begin(self, word: str) -> None:
        """Makes the beginnings of a word known."""
        for end in range(len(word) - 1, 1, -1):
            if word[:end] in self.known:
                break
            self.known[word[:end]] = PREFIX

    def _add(self, term: str) -> None:
        """Adds a term as often as its parts stand side by side by chance, and once more: so it stays."""
        self.open(term)
        ends, at, chance = self.ends(term), 0, 1.0
        while at < len(term):
            chance *= self._frequency(term[at : ends[at]]) / self._sum
            at = ends[at]
        frequency = max(int(chance * self._sum) + 1, self._frequency(term))
        self.known[term] = log(frequency)
        self._begin(term)
        self._sum += frequency
        self.total = log(self._sum)

    def _frequency(self, word: str) -> int:
        known = self.known.get(word, PREFIX)
        return round(exp(known)) if known >= 0 else 1


@cache
def dictionary() -> Dictionary:
    """jieba's dictionary with the field's terms, shared by all callers."""
    return Dictionary(of_jieba("dict.txt"), sorted(terms()))


@cache
def terms() -> frozenset[str]:
    """The field's terms, which a general dictionary cuts apart or ranks too low.

    >>> "京津冀协同发展" in terms()
    True
    """
    lines = files("words").joinpath("domain_words.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def of_jieba(name: str) -> str:
    """The text of a file of jieba's, which isn't imported for it: that takes up to half a second.

    Raises ModuleNotFoundError where jieba isn't installed.
    """
    found = find_spec("jieba")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("jieba", name="jieba")
    return (Path(found.origin).parent / name).read_text(encoding="utf-8")
