"""Keywords: the words that tell a task from others, best first, the same on every run."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from extract.lexicon.load import load_words
from words.dictionary import terms
from words.rarity import rarity
from words.segments import cut

# `5G` `AI芯片` `量子` are words, `2.0` `12` are not
_WORD: Final = re.compile(r"(?=.*[\u4e00-\u9fffA-Za-z])[\u4e00-\u9fffA-Za-z0-9+\-]{2,20}")
_COUNTED: Final = re.compile(r"[一二三四五六七八九十百千万亿两几]{1,3}[\u4e00-\u9fff]?")
_DOMAIN_WEIGHT: Final = 1.5
_LONGEST: Final = 20_000


def keywords(text: str, limit: int = 8) -> tuple[str, ...]:
    """At most ``limit`` keywords, best first; () for a text without any.

    A word's rank is how often it stands in the text times how rare it is in general text;
    the field's terms weigh half as much again. Ties go to the word that comes first.

    >>> keywords("推进区块链先进算力平台建设，布局区块链专用芯片。", limit=3)
    ('区块链', '算力', '芯片')
    """
    counts = Counter(cut(text[:_LONGEST]))  # in the order in which they first stand
    weights = {word: count * _weight(word) for word, count in counts.items() if len(word) > 1}
    ranked = sorted(weights, key=weights.__getitem__, reverse=True)
    return tuple(word for word in ranked[:limit] if weights[word])


@lru_cache(maxsize=50_000)
def _weight(word: str) -> float:
    """How much one mention counts; 0 for what tells nothing: stop words, numbers and what they count."""
    if word in load_words("stopwords") or _WORD.fullmatch(word) is None:
        return 0.0
    if word in terms():
        return rarity(word) * _DOMAIN_WEIGHT
    return 0.0 if _COUNTED.fullmatch(word) else rarity(word)
