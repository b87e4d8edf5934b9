"""Bytes → text, once, before anything parses: nothing lost and nothing silent.

The order of evidence: a byte order mark; NUL bytes that betray UTF-16; valid UTF-8; then
how everyday the characters are that each encoding yields, with the declared label as a
hint that breaks ties (labels lie in every direction).

A byte that no character stands for becomes one *marker*, the private-use character
U+F700 + byte (as x-user-defined does for U+F780–U+F7FF): no surrogate, so every
database can store it, and the repair stage reads the byte back from it. Every run of
markers is an issue ``bytes_undecodable`` with its place.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from ingest.charset import sniffed_label, superset
from ingest.everyday import everyday_share
from schema.errors import Rejected
from schema.issues import Issue, issue

MARKER_BASE: Final = 0xF700
"""A marker is ``chr(MARKER_BASE + byte)``."""
MARKERS: Final = re.compile("[\uf700-\uf7ff]+")

_MARKING: Final = "ducha-mark"
_SAMPLE: Final = 65536
_MANY: Final = 50
_HINT: Final = 0.3
_PROSE: Final = 1.0
_CERTAIN: Final = 1.5
_ISOLATED: Final = 0.6

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
# what a file that is no text begins with; containers are unpacked before decoding
_MAGIC: Final = (
    b"\x89PNG", b"\x7fELF", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"%PDF-",
    b"\xd0\xcf\x11\xe0", b"MZ\x90", b"Rar!\x1a", b"7z\xbc\xaf", b"BZh9", b"\xfd7zXZ", b"SQLite format 3",
    b"\xca\xfe\xba\xbe", b"RIFF", b"ID3\x03", b"ID3\x04", b"\x00\x00\x01\x00", b"OggS",
)  # fmt: skip
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff][\x21-\xff]*")
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_TAIL: Final = bytes(range(0x80, 0x100))
# windows-1252 has no character for them
_UNASSIGNED: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_CONTROL: Final = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b\x1a") + b"\x7f"
# one visible character is no document: `x`; blanks of all widths and format characters are invisible
_VISIBLE: Final = re.compile(r"[^\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060\ufeff\u3000]")
# beyond the two-byte sequences of UTF-8, as all Chinese characters are
_WIDE: Final = re.compile("[\u0800-\U0010ffff]")


@dataclass(frozen=True)
class Decoded:
    """A decoded document: ``text``, the stored name of its encoding, what was found wrong.

    The offsets of the issues count code points of ``text``; a byte order mark is no part of it.
    """

    text: str
    encoding: str
    issues: tuple[Issue, ...]


class _Reading(NamedTuple):
    """The codec that reads the bytes, the name to store, bytes to skip at the start."""

    codec: str
    name: str
    skip: int = 0


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a document's bytes; ``declared`` is the charset of an HTTP header when known.

    Raises Rejected (stage ``read``, code ``empty``) without at least two visible
    characters, and (stage ``decode``, code ``binary``) for data that is no text.

    >>> decode("<meta charset=gb2312>市科委牵头建设珺县".encode("gb18030")).encoding
    'gb18030'
    >>> decode("全市建成".encode() + b"\\xe5\\xb8").issues[0].code
    'bytes_undecodable'
    """
    if not data.strip(b"\0 \t\r\n\v\f"):
        raise Rejected("read", "empty", "no characters at all")
    label = sniffed_label(data)
    reading = _reading(data, superset(declared) or superset(label))
    text = _read(data[reading.skip :], reading.codec)
    _require_text(text)
    conflicts = _conflicts(reading.name, text, {"header": declared, "document": label})
    return Decoded(text, reading.name, (*conflicts, *_undecodable(text)))


def _reading(data: bytes, hint: str | None) -> _Reading:
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _Reading(codec, name, len(bom))
    if data.startswith(_MAGIC):
        raise Rejected("decode", "binary", "the first bytes are those of a binary format")
    if b"\0" in data[:_SAMPLE] and (wide := _utf16(data)):
        return wide
    if _is_binary(data):
        if wide := _utf16(data):
            return wide
        raise Rejected("decode", "binary", "one byte in twenty is a control character")
    if _is_utf8(data):
        return _Reading("utf-8", "utf-8")
    return _likeliest(data, hint)


def _is_binary(data: bytes) -> bool:
    """Text holds next to no control bytes (random data about one in ten)."""
    head = data[:_SAMPLE]
    controls = len(head) - len(head.translate(None, _CONTROL))
    return controls > max(1, len(head) // 20)


def _is_utf8(data: bytes) -> bool:
    """Valid UTF-8, and not by accident: ``联通`` in GBK is valid UTF-8 for two Latin letters."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if text.isascii() or _WIDE.search(text):
        return True
    return everyday_share(_read(data, "gb18030")) < 2 * _PROSE


def _utf16(data: bytes) -> _Reading | None:
    """UTF-16 without a mark: NUL bytes on one side of the pairs, or pairs that read as prose."""
    head = data[: _SAMPLE & ~1]
    low, high = head[0::2].count(0), head[1::2].count(0)
    for codec, mine, other in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        text = _read(head, codec)
        ascii_ = mine * 2 >= len(head) * 0.3 and other * 10 <= mine
        if (ascii_ or everyday_share(text) >= _CERTAIN) and len(_CONTROLS.findall(text)) * 20 <= len(text):
            return _Reading(codec, "utf-16")
    return None


def _likeliest(data: bytes, hint: str | None) -> _Reading:
    """The encoding that yields the most everyday characters; the declared one wins ties."""
    sample = b"\n".join(_high_runs(data))
    # reading Chinese bytes as UTF-8 calls _mark for nearly each of them: 10 ms a page
    readings = {"utf-8": sample.decode("utf-8", "surrogateescape")}
    readings |= {name: _read(sample, name) for name in ("gb18030", "big5hkscs")}
    scores = {name: everyday_share(text) + _HINT * (name == hint) for name, text in readings.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < _CERTAIN and (wide := _utf16(data)):
        return wide
    if scores[best] < _PROSE and _latin(data, hint):
        return _Reading("cp1252", "windows-1252")
    if scores[best] < 0:
        raise Rejected("decode", "binary", "no known encoding yields readable text")
    return _Reading(best, best)


def _high_runs(data: bytes) -> list[bytes]:
    """Stretches that begin at a byte beyond ASCII, up to 64 KB of them."""
    runs: list[bytes] = []
    size = 0
    for match in _HIGH_RUN.finditer(data):
        runs.append(match.group()[: _SAMPLE - size])
        size += len(runs[-1])
        if size >= _SAMPLE:
            break
    return runs


def _latin(data: bytes, hint: str | None) -> bool:
    """Bytes beyond ASCII stand alone (``café``), as no Chinese encoding has them.

    A last byte beyond ASCII is rather half a character of a page that was cut.
    """
    if hint not in (None, "windows-1252") or _UNASSIGNED.search(data[:_SAMPLE]):
        return False
    runs = _HIGH.findall(data[: min(_SAMPLE, len(data.rstrip(_TAIL)))])
    return bool(runs) and sum(len(run) == 1 for run in runs) >= _ISOLATED * len(runs)


def _mark(error: UnicodeError) -> tuple[str, int]:
    """The codec error handler: markers for bad bytes, reading on as early as possible.

    GB18030 and Big5 step over one byte only, since the next may begin a character.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    end = error.start + 1 if error.encoding in ("gb18030", "big5hkscs") else error.end
    return "".join(chr(MARKER_BASE + byte) for byte in error.object[error.start : end]), end


codecs.register_error(_MARKING, _mark)


def _read(data: bytes, codec: str) -> str:
    return data.decode(codec, errors=_MARKING)


def _require_text(text: str) -> None:
    visible = _VISIBLE.finditer(text)
    if next(visible, None) is None or next(visible, None) is None:
        raise Rejected("read", "empty", "fewer than two visible characters")


def _conflicts(found: str, text: str, labels: dict[str, str | None]) -> list[Issue]:
    """One issue for each label that says something else than the bytes; pure ASCII contradicts none."""
    base = found.removesuffix("-sig")
    wrong = [
        f"{who} says {label}, bytes are {found}"
        for who, label in labels.items()
        if (said := superset(label)) and said != base and not (text.isascii() and base != "utf-16")
    ]
    return [issue("charset_conflict", detail) for detail in wrong]


def _undecodable(text: str) -> list[Issue]:
    """One issue a run of markers; the last stands for all that remain."""
    found: list[Issue] = []
    for match in MARKERS.finditer(text):
        if len(found) == _MANY:
            found.append(issue("bytes_undecodable", "and more until the end", match.start(), len(text)))
            break
        shown = " ".join(f"{ord(c) - MARKER_BASE:02X}" for c in match.group()[:8])
        found.append(issue("bytes_undecodable", shown, match.start(), match.end()))
    return found
