"""Alternatives: patterns of many words, so built that a search is quick where none of them begins."""

from __future__ import annotations

import re
from collections.abc import Iterable


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
    """A look ahead at the first characters of the words (or of what else a pattern can begin with).

    In front of a pattern of 200 words it makes a search four to seven times as fast: one class is
    looked at where no word begins, instead of every word.

    >>> beginning(["完成", "完毕", "已建"])
    '(?=[完已])'
    """
    return f"(?=[{''.join(sorted({re.escape(word[0]) for word in words}))}])"
