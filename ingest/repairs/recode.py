"""Text that was read in a wrong encoding while all its bytes survived: encoded back and read right.

``公文`` in UTF-8 read as GBK begins with 鍏 and 枃; ``市科委`` in GBK read as Latin-1 is
``ÊÐ¿ÆÎ¯``. A reading is taken only when it is valid throughout and turns rare characters into
everyday ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ingest.decode import MARKER_BASE, MARKERS
from ingest.everyday import everyday_characters, everyday_share, weight
from ingest.repairs.edit import Edit
from ingest.repairs.gbk import marked_byte, pair_of
from ingest.repairs.vocabulary import Vocabulary, frequency

_PLAIN: Final = 1.2
_ODD: Final = 0.6
_LOST: Final = "?\ufffd"

# what windows-1252 puts where Latin-1 has control characters
_WINDOWS: Final = {
    bytes((b,)).decode("cp1252"): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_HIGH: Final = "\x80-\xff" + "".join(_WINDOWS)
# ÊÐ¿ÆÎ¯: bytes beyond ASCII side by side, now and then an ASCII second byte between them;
# three at least
_LATIN_RUN: Final = re.compile(f"[{_HIGH}]{{3,}}(?:[@-~][{_HIGH}]+)*[@-~]?")
_LATIN_LETTERS: Final = re.compile("[\xa1-\xb6\xb8-\xff]")

# ·± of ``·±5%`` would be 繁: one character of two bytes is no evidence
_LEAST: Final = {"utf-8": 1, "gb18030": 2}

# UTF-8 of Chinese text: three bytes a character
_UTF8_RUN: Final = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2})+")
_UTF8_LEADS: Final = (0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF)
_UTF8_SHORTEST: Final = 2
_UTF8_SHORT: Final = 4
_LONGEST: Final = 1024
# a stretch that is valid but no text is looked at again a little further on
_SKIPPED: Final = 16

# a piece of a line between tags
_SEGMENT: Final = re.compile(r"[^\n\r<>]+")
_SHORTEST: Final = 5
_BETTER: Final = 1.0


def latin(text: str) -> list[Edit]:
    """Chinese read as Latin-1 or windows-1252, from UTF-8 or GBK.

    >>> latin("单位：ÊÐ¿ÆÎ¯")[0].after
    '市科委'
    """
    edits: list[Edit] = []
    for run in _LATIN_RUN.finditer(text):
        if len(_LATIN_LETTERS.findall(run.group())) * 3 + 1 < len(run.group()):
            continue
        edits.extend(_latin_edit(run.start(), run.group()))
    return edits


def _latin_edit(start: int, run: str) -> Iterator[Edit]:
    for size in (len(run), len(run) - 1):
        data = bytes(_WINDOWS.get(c, ord(c) & 0xFF) for c in run[:size])
        for codec, rule in (("utf-8", "utf8_as_latin"), ("gb18030", "gbk_as_latin")):
            new = _strict(data, codec)
            if new and everyday_share(new) >= _PLAIN and len(new) >= _LEAST[codec]:
                yield Edit(rule, start, start + size, new)
                return


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


@cache
def utf8_sign() -> re.Pattern[str]:
    """Characters whose two GBK bytes begin a character in UTF-8: 鍏 (E585), 锛 (EFBC), 鈥 (E280)."""
    pairs = (bytes((lead, trail)) for lead in _UTF8_LEADS for trail in range(0x80, 0xC0))
    found = (_strict(pair, "gb18030") for pair in pairs)
    return re.compile("[" + "".join(c for c in found if c) + "][^\x00-\x7f]")


def utf8_as_gbk(text: str, vocabulary: Vocabulary) -> list[Edit]:
    """UTF-8 read as GBK; a last byte that shows as ``?`` is chosen.

    >>> garbled = "任务完成".encode().decode("gb18030")
    >>> utf8_as_gbk(garbled, Vocabulary(""))[0].after
    '任务完成'
    """
    edits: list[Edit] = []
    done = 0
    for sign in utf8_sign().finditer(text):
        if sign.start() < done or not _UTF8_RUN.match(_bytes_from(text, sign.start(), 2)[0]):
            continue
        edit = _utf8_edit(text, sign.start(), vocabulary)
        if edit:
            edits.append(edit)
        done = edit.end if edit else sign.start() + _SKIPPED
    return edits


def _utf8_edit(text: str, start: int, vocabulary: Vocabulary) -> Edit | None:
    data, places = _bytes_from(text, start)
    match = _UTF8_RUN.match(data)
    if not match:
        return None
    size, new, end = match.end(), match.group().decode("utf-8"), max(places.values(), default=start)
    if size == len(data) - 2 and end < len(text) and text[end] in _LOST:
        return _completed(text, Edit("utf8_as_gbk", start, end + 1, new), data[size:], vocabulary)
    if size + 1 in places and size not in places and data[size] < 0x80:
        return _accepted(start, places[size + 1], new + chr(data[size]))
    while size and size not in places:
        size, new = size - len(new[-1].encode()), new[:-1]
    return _accepted(start, places[size], new) if size else None


def _bytes_from(text: str, start: int, longest: int = _LONGEST) -> tuple[bytes, dict[int, int]]:
    """The GBK bytes of the characters from ``start`` on, as far as they have any.

    Beside them, for every number of bytes that whole characters make up, where those end.
    """
    data = bytearray()
    places: dict[int, int] = {}
    for at in range(start, min(len(text), start + longest)):
        byte = 0x80 if text[at] == "€" else marked_byte(text[at])
        pair = pair_of(text[at]) if byte is None else bytes((byte,))
        if pair is None:
            break
        data += pair
        places[len(data)] = at + 1
    return bytes(data), places


def _accepted(start: int, end: int, new: str) -> Edit | None:
    """The edit, if the characters are everyday ones, every one of them in a short stretch.

    浠诲不, three characters of three names, would be 任岻. Two must be a word: 灏辨： would be 就棺.
    """
    if len(new) < _UTF8_SHORTEST or everyday_share(new) < _PLAIN:
        return None
    if len(new) <= _UTF8_SHORT and not all(c < "\x80" or weight(c) > 0 for c in new):
        return None
    if len(new) == _UTF8_SHORTEST and not frequency(new):
        return None
    return Edit("utf8_as_gbk", start, end, new)


def _completed(text: str, edit: Edit, rest: bytes, vocabulary: Vocabulary) -> Edit | None:
    """The edit with its last character chosen, whose last byte was lost behind ``rest``."""
    if len(rest) != 2 or not _accepted(edit.start, edit.end, edit.after):
        return None
    found = (_strict(rest + bytes((last,)), "utf-8") for last in range(0x80, 0xC0))
    candidates = [c for c in found if c and everyday_share(c) > 0]
    chosen = vocabulary.choose(edit.after[-4:], candidates, text[edit.end : edit.end + 3])
    last = chosen or text[edit.end - 1]
    return Edit(edit.rule, edit.start, edit.end, edit.after + last, "chosen" if chosen else "damaged")


def bytes_of(text: str, codec: str) -> bytes:
    """The bytes that were read as ``text`` under ``codec``, the bad ones out of their markers.

    Raises UnicodeEncodeError for a character that the encoding doesn't have.

    >>> bytes_of("公\\uf7ff", "gb18030")
    b'\\xb9\\xab\\xff'
    """
    parts = re.split(f"({MARKERS.pattern})", text)
    return b"".join(
        bytes(ord(c) - MARKER_BASE for c in part) if at % 2 else part.encode(codec)
        for at, part in enumerate(parts)
    )


@cache
def rare_run() -> re.Pattern[str]:
    """Three characters in a row that no everyday text has: the sign of Big5 read as GBK."""
    return re.compile("[^\x00-\u036f\u0500-\u303f\uac00-\ud7ff\uf700-\uffff" + everyday_characters() + "]{3}")


def big5_as_gbk(text: str) -> list[Edit]:
    """Big5 read as GBK, line by line. (The reverse is not exact: Big5 has two places for some marks.)

    >>> big5_as_gbk("任務完成情況表".encode("big5").decode("gb18030"))[0].after
    '任務完成情況表'
    """
    if not rare_run().search(text):
        return []
    return [
        edit
        for segment in _SEGMENT.finditer(text)
        if rare_run().search(segment.group()) and (edit := _big5_edit(segment.group(), segment.start()))
    ]


def _big5_edit(segment: str, start: int) -> Edit | None:
    found = everyday_share(segment)
    if sum(c >= "\x80" for c in segment) < _SHORTEST or found >= _ODD:
        return None
    try:
        new = bytes_of(segment, "gb18030").decode("big5hkscs")
    except UnicodeError:
        return None
    if everyday_share(new) < max(_PLAIN, found + _BETTER):
        return None
    return Edit("big5_as_gbk", start, start + len(segment), new)
