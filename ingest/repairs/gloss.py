"""Pinyin that mirror sites insert behind characters: ``關(guān)于``, ``任務(wù)``, ``政(zheng)府(fu)``.

A gloss is one syllable in brackets right behind one Chinese character, and goes when the
character can be read so. The readings come from the order of the GB 2312 charset, whose first
level is sorted by sound: ``syllables.tsv`` holds the first character of every syllable.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from ingest.repairs.edit import Edit
from ingest.repairs.vocabulary import simplified

_TONED: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ"
# 社會(huì )員: a blank may stand in the bracket
_GLOSS: Final = re.compile(f"([\u3400-\u9fff])([(（]([a-z{_TONED}]{{1,7}}) ?[)）])")
# 事项(shìxiàng): a word spelled behind it, told by its tone marks
_WORD: Final = re.compile(f"([\u3400-\u9fff]{{1,8}})([(（]([a-z{_TONED}]{{4,40}}) ?[)）])")
# what no gloss goes without; most pages have none
_BRACKETED: Final = re.compile(f"[(（][a-z{_TONED}]{{1,40}} ?[)）]")
_LONGEST: Final = 6  # letters of a syllable
_LEVEL_ONE: Final = (0xB0A1, 0xD7F9)
_ENOUGH: Final = 3


def glosses(text: str) -> list[Edit]:
    """The bracketed syllables to drop; a reading the table doesn't know counts beside three it does.

    >>> [edit.after for edit in glosses("落實情況(kuàng)，2.0(含)，人工智能(ai)")]
    ['']
    """
    if not _BRACKETED.search(text):
        return []
    found = [match for match in _GLOSS.finditer(text) if plain(match.group(3)) in _syllables()]
    sure = [match for match in found if _reads(match.group(1), plain(match.group(3)))]
    taken = found if len(sure) >= _ENOUGH else sure
    taken = [match for match in taken if match in sure or len(match.group(3)) > 1]
    known = {match.start(2) for match in found}
    taken += [
        match
        for match in _WORD.finditer(text)
        if match.start(2) not in known and _spelled(*match.group(1, 3))
    ]
    places = sorted(match.span(2) for match in taken)
    return [Edit("pinyin_gloss", start, end, "") for start, end in places]


def _spelled(word: str, letters: str) -> bool:
    """Whether toned letters spell the last characters of a word, most of them as the table reads them.

    >>> _spelled("交办事项", "shìxiàng"), _spelled("交办事项", "shixiang"), _spelled("交办事项", "bànlǐ")
    (True, False, False)
    """
    bare = plain(letters)
    told = _agreement(word, bare) if bare != letters else None
    return told is not None and told[0] * 2 > told[1]


@lru_cache(maxsize=4096)
def _agreement(word: str, letters: str) -> tuple[int, int] | None:
    """How many of the last characters are read as the letters say, and how many syllables those are."""
    if not letters or not word:
        return None if letters else (0, 0)
    best: tuple[int, int] | None = None
    for size in range(1, min(_LONGEST, len(letters)) + 1):
        rest = _agreement(word[:-1], letters[:-size]) if letters[-size:] in _syllables() else None
        if rest is not None:
            told = (rest[0] + _reads(word[-1], letters[-size:]), rest[1] + 1)
            best = told if best is None or told[0] * best[1] > best[0] * told[1] else best
    return best


def plain(syllable: str) -> str:
    """The syllable without its tone mark, ``ü`` as ``v``.

    >>> plain("lǜ"), plain("zhèng")
    ('lv', 'zheng')
    """
    bare = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in bare if not unicodedata.combining(c))


@cache
def _table() -> tuple[list[int], list[str]]:
    rows = files("ingest.repairs").joinpath("syllables.tsv").read_text(encoding="utf-8").split("\n")
    pairs = [row.split("\t") for row in rows if row]
    return [int.from_bytes(first.encode("gb2312")) for _, first in pairs], [name for name, _ in pairs]


@cache
def _syllables() -> frozenset[str]:
    return frozenset(_table()[1]) | {"dei", "shei", "cen", "den", "lve", "nve", "lue", "nue"}


@cache
def _reads(character: str, syllable: str) -> bool:
    """Whether the character is read so, by the first reading of its simplified form."""
    try:
        code = int.from_bytes(simplified(character).encode("gb2312"))
    except UnicodeEncodeError:
        return False
    if not _LEVEL_ONE[0] <= code <= _LEVEL_ONE[1]:
        return False
    starts, names = _table()
    return names[bisect_right(starts, code) - 1] == syllable
