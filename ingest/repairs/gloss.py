"""Pinyin that mirror sites insert behind characters: ``關(guān)于``, ``任務(wù)``, ``政(zheng)府(fu)``.

A gloss is one syllable in brackets right behind one Chinese character, and goes when the
character can be read so. The readings come from the order of the GB 2312 charset, whose first
level is sorted by sound: ``syllables.tsv`` holds the first character of every syllable.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import Final

from ingest.repairs.edit import Edit
from ingest.repairs.vocabulary import simplified

_TONED: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ"
_GLOSS: Final = re.compile(f"([\u3400-\u9fff])([(（]([a-z{_TONED}]{{1,7}})[)）])")
_LEVEL_ONE: Final = (0xB0A1, 0xD7F9)
_ENOUGH: Final = 3


def glosses(text: str) -> list[Edit]:
    """The bracketed syllables to drop; a reading the table doesn't know counts beside three it does.

    >>> [edit.after for edit in glosses("落實情況(kuàng)，2.0(含)，人工智能(ai)")]
    ['']
    """
    found = [match for match in _GLOSS.finditer(text) if plain(match.group(3)) in _syllables()]
    sure = [match for match in found if _reads(match.group(1), plain(match.group(3)))]
    taken = found if len(sure) >= _ENOUGH else sure
    return [
        Edit("pinyin_gloss", match.start(2), match.end(2), "")
        for match in taken
        if match in sure or len(match.group(3)) > 1
    ]


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
