"""GBK read one byte off, after the first byte of a character was lost.

``。科技部批準在我市開`` became ``??萍疾颗鷾试谖沂虚_``: ``。`` is A1A3, 科 is BFC6. The A1 was
taken for an orphan and shows as ``?`` (or as a marker of the decoder, which holds the byte);
A3BF is the full-width ``？``, folded to ``?``; and so on two by two, until a byte shows
that can't begin a pair (``_`` is 5F, the second byte of 開) or the reader lost the odd
byte too (``?``, then the last character is chosen by the words around it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ingest.everyday import weight
from ingest.repairs.edit import Certainty, Edit
from ingest.repairs.gbk import character_of, marked_byte, pair_of
from ingest.repairs.vocabulary import Vocabulary, best_word, frequency

RULE: Final = "gbk_shift"
# the sign of an orphan byte, then something that is no plain ASCII text: `??萍`, `?;\ue2c4`, `?。ㄒ唬`
SIGN: Final = re.compile("[?\ufffd\uf780-\uf7ff](?=[?;]|[^\x00-\x7f])")
_LOST: Final = "?\ufffd"
_LONGEST: Final = 150
# readings of one place that are completed; what two characters can add to a reading
_TRIED: Final = 3
_ENDS: Final = 6.0
# a reading that has lost so much against the text it reads is none
_PATIENCE: Final = 12.0
# signs a document may have before it counts as hopeless (a page of questions has fewer)
_MOST: Final = 2000
_CONTEXT: Final = 4
_LONG: Final = 5
_GAIN: Final = 3.0
_MEAN: Final = 0.9
# two characters that jieba's dictionary counts 200 times
_WORD: Final = 15.6


@dataclass(frozen=True, slots=True)
class _Path:
    """What was read so far: the first byte of the next character, its place, the characters."""

    trail: int
    at: int
    pending: int
    read: str = ""
    gain: float = 0.0


@dataclass(frozen=True, slots=True)
class _Reading:
    """A whole stretch read back: without its first character, whose second byte is ``trail``.

    ``gain``: how much more everyday it is than what it replaces. ``lead``: the first byte of
    a last character whose second byte is lost.
    """

    trail: int
    end: int
    read: str
    gain: float
    lead: int | None = None


def shifts(text: str, vocabulary: Vocabulary) -> list[Edit]:
    """The stretches that read well one byte on; ``damaged`` for those whose last character stays lost.

    >>> shifts("查?;I劃培訓班", Vocabulary(""))[0].after
    '。籌'
    """
    edits: list[Edit] = []
    done = 0
    for sign in islice(SIGN.finditer(text), _MOST):
        if sign.start() < done:
            continue
        found = _best(text, sign.start(), vocabulary)
        if found:
            edits.append(found)
            done = found.end
    return edits


def _best(text: str, start: int, vocabulary: Vocabulary) -> Edit | None:
    """The reading with the greatest gain in everyday characters, if the gain is plain."""
    best, gain = None, _GAIN
    likely = sorted(_readings(text, start), key=lambda reading: -reading.gain)
    for reading in likely[:_TRIED]:
        if reading.gain < _GAIN - _ENDS or not vocabulary.answers():
            break
        edit = _edit(text, start, reading, vocabulary)
        mine = _value(edit.after) - _value(text[start : edit.end]) if edit else 0.0
        if edit and mine > gain and _plausible(text, edit) and _value(edit.after) >= _MEAN * len(edit.after):
            best, gain = edit, mine
    return best


def _plausible(text: str, edit: Edit) -> bool:
    """Few of the characters are folded full-width ones; three ASCII characters must start a word (籌劃).

    A question mark that no ``?`` or ``;`` follows may be one: only a long everyday reading counts.
    """
    body = text[edit.start + 2 : edit.end - 1]
    if text[edit.start] == "?" and text[edit.start + 1] not in "?;":
        return len(edit.after) >= _LONG and all(weight(c) > 0 for c in edit.after)
    if body:
        return sum(c < "\x80" for c in body) * 3 <= len(body)
    return edit.certainty == "exact" and frequency(edit.after[-1] + text[edit.end : edit.end + 1]) > 0


def _value(text: str) -> float:
    return sum(-1.0 if c in _LOST else 0.0 if c < "\x80" else weight(c) or -1.0 for c in text)


def _readings(text: str, start: int) -> Iterator[_Reading]:
    """All ways to read on one byte off from the orphan at ``start``."""
    stack = [_Path(trail, start + 2, pending) for trail, pending in _steps(text, start + 1)]
    while stack:
        path = stack.pop()
        if path.at >= len(text) or path.at - start > _LONGEST:
            continue
        yield from _endings(text, path)
        for first, second in _steps(text, path.at):
            if (read := character_of(path.pending, first)) and path.gain > -_PATIENCE:
                gain = path.gain + _value(read) - _value(text[path.at])
                stack.append(_Path(path.trail, path.at + 1, second, path.read + read, gain))


def _steps(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The two bytes of a character; ASCII may be a folded full-width form (``P`` was ``Ｐ``, A3D0)."""
    if at >= len(text):
        return
    character = text[at]
    if "!" <= character <= "~":
        yield 0xA3, ord(character) + 0x80
    elif pair := pair_of(character):
        yield pair[0], pair[1]


def _endings(text: str, path: _Path) -> Iterator[_Reading]:
    """The stretch ends on the second byte of its last character: bare, in a marker, or lost."""
    character = text[path.at]
    byte = ord(character) if "@" <= character <= "~" else marked_byte(character)
    if byte is not None and (last := character_of(path.pending, byte)):
        yield _Reading(path.trail, path.at + 1, path.read + last, path.gain + _value(last))
    if character in _LOST:
        yield _Reading(path.trail, path.at + 1, path.read, path.gain, path.pending)


def _edit(text: str, start: int, reading: _Reading, vocabulary: Vocabulary) -> Edit | None:
    """The stretch with its first and last character, or None when the first can't be told."""
    before, after = text[max(0, start - _CONTEXT) : start], text[reading.end : reading.end + _CONTEXT]
    certainty: Certainty = "exact"
    last = ""
    if reading.lead is not None:
        last = _last(before, reading, after, vocabulary) or ""
        certainty = "chosen" if last else "damaged"
        last = last or text[reading.end - 1]
    first = _first(text[start], before, reading, reading.read + last, vocabulary)
    if first is None:
        return None
    sure = marked_byte(text[start]) is not None or first in "。　"
    if not sure and certainty == "exact":
        certainty = "chosen"
    return Edit(RULE, start, reading.end, first + reading.read + last, certainty)


def _last(before: str, reading: _Reading, after: str, vocabulary: Vocabulary) -> str | None:
    candidates = _candidates((reading.lead or 0, trail) for trail in range(0x40, 0xFF))
    return vocabulary.choose((before + "。" + reading.read)[-_CONTEXT:], candidates, after)


def _first(sign: str, before: str, reading: _Reading, after: str, vocabulary: Vocabulary) -> str | None:
    """The first character: by its byte when a marker holds it, else a full stop unless a word says no.

    ``中小學`` before ``科學探索`` asks for 校, whose second byte is that of ``。`` too.
    """
    lead = marked_byte(sign)
    if lead is not None:
        return character_of(lead, reading.trail)
    pairs = ((first, reading.trail) for first in range(0x81, 0xFF) if first != 0xA1)
    likely = [c for c in _candidates(pairs) if weight(c) >= 1.0 and vocabulary.holds(c)]
    tail = "" if frequency(after[:2]) else after[:2]
    best = max((best_word(before, c, tail, frequency) for c in likely), default=0.0)
    mark = character_of(0xA1, reading.trail) if reading.trail in (0xA1, 0xA3) else None
    if mark and best < _WORD:
        return mark
    return vocabulary.choose(before, likely, tail) or mark


def _candidates(pairs: Iterator[tuple[int, int]]) -> list[str]:
    found = (character_of(*pair) for pair in pairs)
    return [c for c in found if c and weight(c) > 0.0]
