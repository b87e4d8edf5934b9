"""Traditional to simplified characters, one for one, so that every offset stays.

The result is that of OpenCC's ``t2s``, made from the library's own tables: one
``str.translate`` for the characters, and its phrases only where one can stand. What t2s
leaves (著力, 陜西) follows from ``lexicon/script_after.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from extract.lexicon.load import load_tsv
from schema.page import MetaTag, Page

Script = Literal["Hans", "Hant"]

# OpenCC cuts at these before it looks for phrases; no phrase holds one of them.
_BREAK: Final = re.compile(r"[\s\-,.?!*，。、；：？！…“”‘’『』「」—－（）《》〈〉～．／＼［］｛｝【】]")
# 046: a converted PDF writes 復 as U+F966; each stands for one unified character.
_COMPATIBILITY: Final = "\uf900-\ufaff\U0002f800-\U0002fa1f"


@dataclass(frozen=True, slots=True)
class _Tables:
    """The library's tables: characters, phrases, and where a phrase can stand."""

    characters: dict[int, str]
    phrases: dict[str, str]
    hint: re.Pattern[str]
    anywhere: re.Pattern[str]


def simplify(text: str) -> str:
    """The text in simplified characters, as long as it came.

    Meant for traditional text; text without traditional characters comes back unchanged.

    >>> simplify("著力落實計畫，成效顯著")
    '着力落实计划，成效显著'
    """
    return _after(convert(text))


def script_of(text: str) -> Script | None:
    """``Hant`` or ``Hans`` by the characters that only one script has; None without any.

    >>> script_of("進展情況：已完成"), script_of("进展情况：已完成"), script_of("2022 — 完成")
    ('Hant', 'Hans', None)
    """
    traditional, simplified = _evidence()
    counts = Counter(text)
    old = sum(number for character, number in counts.items() if character in traditional)
    new = sum(number for character, number in counts.items() if character in simplified)
    if old == new == 0:
        return None
    return "Hant" if old > new else "Hans"


def fold(page: Page) -> tuple[Page, Script | None]:
    """The page in simplified characters with the same offsets, and the script it was in.

    Only a page whose text is traditional is changed, and then as a whole: simplified
    furniture around a traditional report stays as it is by itself.
    """
    script = script_of(page.text.value)
    if script != "Hant":
        return page, script
    text = page.text.replaced(simplify(page.text.value))
    meta = tuple(MetaTag(tag.name, simplify(tag.value), tag.source) for tag in page.meta)
    return replace(page, text=text, meta=meta), script


def convert(text: str) -> str:
    """What ``opencc.OpenCC("t2s").convert`` gives, phrases that change length left out.

    >>> convert("乾隆年間，瞭解乾燥")
    '乾隆年间，了解干燥'
    """
    tables = _tables()
    plain = text.translate(tables.characters)
    parts: list[str] = []
    done = 0
    hit = tables.hint.search(text)
    while hit:
        start, end = _stretch(text, hit.start(), hit.end(), done)
        parts += (plain[done:start], _with_phrases(text[start:end], plain[start:end], tables))
        done = end
        hit = tables.hint.search(text, end)
    return "".join((*parts, plain[done:]))


def _stretch(text: str, start: int, end: int, done: int) -> tuple[int, int]:
    """The characters around a hit up to the next break: phrases do not reach further."""
    while start > done and not _BREAK.match(text[start - 1]):
        start -= 1
    stop = _BREAK.search(text, end)
    return start, stop.start() if stop else len(text)


def _with_phrases(text: str, plain: str, tables: _Tables) -> str:
    """OpenCC's choice: the longest phrase first, the leftmost among equals, none overlapping."""
    found = [(match.start(), match.group(1)) for match in tables.anywhere.finditer(text)]
    spots = [
        (at, phrase[:size])
        for at, phrase in found
        for size in range(1, len(phrase) + 1)
        if phrase[:size] in tables.phrases
    ]
    result, taken = list(plain), bytearray(len(text))
    for at, phrase in sorted(spots, key=lambda spot: (-len(spot[1]), spot[0])):
        if not any(taken[at : at + len(phrase)]):
            taken[at : at + len(phrase)] = b"\1" * len(phrase)
            result[at : at + len(phrase)] = tables.phrases[phrase]
    return "".join(result)


@cache
def _tables() -> _Tables:
    characters = _dictionary("TSCharacters.txt")
    phrases = {old: new for old, new in _dictionary("TSPhrases.txt").items() if len(old) == len(new)}
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return _Tables(
        characters={ord(old): new for old, new in characters.items() if len(old) == len(new) == 1},
        phrases=phrases,
        hint=_hint(phrases, characters),
        anywhere=re.compile(f"(?=({'|'.join(map(re.escape, longest_first))}))"),
    )


def _hint(phrases: dict[str, str], characters: dict[str, str]) -> re.Pattern[str]:
    """Two characters that stand wherever a phrase says other than its characters would.

    乾坤: 乾 alone would become 干, so the pair 乾坤 is a place to look at.
    """
    pairs = set()
    for old, new in phrases.items():
        plain = [characters.get(character, character) for character in old]
        for at, character in enumerate(new):
            if plain[at] != character:
                start = min(at, len(old) - 2)
                pairs.add(old[start : start + 2])
    return re.compile("|".join(map(re.escape, sorted(pairs))))


def _dictionary(name: str) -> dict[str, str]:
    """One of the library's tables, the first choice where it offers several."""
    lines = files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8").splitlines()
    pairs = (line.strip().split("\t") for line in lines if line.strip())
    return {old: new.split(" ")[0] for old, new in pairs}


@cache
def _evidence() -> tuple[frozenset[str], frozenset[str]]:
    """Characters only traditional text has, and characters only simplified text has.

    后, 里, 干 and 台 belong to both scripts and are no evidence.
    """
    lines = files("opencc").joinpath("dictionary", "STCharacters.txt").read_text(encoding="utf-8")
    to_old = {new: olds.split(" ") for new, olds in (row.split("\t") for row in lines.splitlines() if row)}
    simplified = frozenset(new for new, olds in to_old.items() if new not in olds)
    both = frozenset(to_old) - simplified
    traditional = {old for old, new in _dictionary("TSCharacters.txt").items() if old != new}
    return frozenset(traditional - both - simplified), simplified


@dataclass(frozen=True, slots=True)
class _Leftovers:
    """Characters t2s leaves, what stands for each, and the words in which it stays."""

    spot: re.Pattern[str]
    replacement: dict[str, str]
    kept: dict[str, tuple[tuple[int, str], ...]]


@cache
def _leftovers() -> _Leftovers:
    rows = load_tsv("script_after.tsv")
    replacement = {row[1]: row[2] for row in rows if row[0] == "replace"}
    words = [row[1] for row in rows if row[0] == "keep"]
    kept = {
        character: tuple((word.index(character), word) for word in words if character in word)
        for character in replacement
    }
    return _Leftovers(re.compile(f"[{''.join(replacement)}{_COMPATIBILITY}]"), replacement, kept)


def _after(text: str) -> str:
    """What t2s left: 著 in 著力 but not in 显著, and compatibility ideographs."""
    return _leftovers().spot.sub(_leftover, text)


def _leftover(match: re.Match[str]) -> str:
    character, table = match.group(), _leftovers()
    if character not in table.replacement:
        return _unified(character)
    for index, word in table.kept[character]:
        start = match.start() - index
        if start >= 0 and match.string.startswith(word, start):
            return character
    return table.replacement[character]


def _unified(character: str) -> str:
    """The simplified form of the character that a compatibility ideograph stands for."""
    return unicodedata.normalize("NFC", character).translate(_tables().characters)
