"""A Word 97 document written by hand: paragraphs, then a table, in the binary format."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_TEXT_AT, _PAGE = 0x800, 512
_IN_TABLE = struct.pack("<HB", 0x2416, 1)
_ROW_END = struct.pack("<HB", 0x2417, 1)


def doc(lines: Sequence[str], rows: Sequence[Sequence[str]], encrypted: bool = False) -> bytes:
    """The file: a line end in a cell begins another paragraph of it."""
    text, kinds = _story(lines, rows)
    data = text.encode("utf-16-le")
    at = -(-(_TEXT_AT + len(data)) // _PAGE) * _PAGE
    word = bytearray(_TEXT_AT) + data + bytes(at - _TEXT_AT - len(data))
    word += _properties(text, kinds, len(rows[0]))
    clx = (
        b"\x02"
        + struct.pack("<I", 16)
        + struct.pack("<II", 0, len(text))
        + struct.pack("<HIH", 0, _TEXT_AT, 0)
    )
    places = struct.pack("<III", _TEXT_AT, _TEXT_AT + len(data), at // _PAGE)
    word[: len(_fib(0, 0, 0, False))] = _fib(len(text), len(clx), len(places), encrypted)
    return _compound(bytes(word), clx + places)


def _story(lines: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, list[tuple[int, str]]]:
    """The characters, and for each paragraph where it ends and what it is."""
    text, kinds = "", []
    for line in lines:
        text += line + "\r"
        kinds.append((len(text), "body"))
    for row in rows:
        for cell in row:
            *whole, last = cell.split("\n")
            for part in whole:
                text += part + "\r"
                kinds.append((len(text), "cell"))
            text += last + "\x07"
            kinds.append((len(text), "cell"))
        text += "\x07"
        kinds.append((len(text), "row"))
    text += "\r"
    kinds.append((len(text), "body"))
    return text, kinds


def _properties(text: str, kinds: Sequence[tuple[int, str]], columns: int) -> bytes:
    """The page of paragraph properties: which stand in a table, which end a row."""
    edges = [_TEXT_AT] + [_TEXT_AT + 2 * end for end, _ in kinds]
    centers = struct.pack(f"<{columns + 1}h", *(2000 * i for i in range(columns + 1)))
    cells = bytes([columns]) + centers + bytes(20 * columns)
    ruling = struct.pack("<HH", 0xD608, len(cells) + 1) + cells
    forms = {"cell": b"\0\0" + _IN_TABLE, "row": b"\0\0" + _IN_TABLE + _ROW_END + ruling}
    page = bytearray(_PAGE)
    struct.pack_into(f"<{len(edges)}I", page, 0, *edges)
    end, offsets = _PAGE - 2, {}
    for kind, form in forms.items():
        size = 1 + len(form) + (len(form) + 1) % 2
        end = (end - size) & ~1
        page[end] = (size + 1) // 2
        page[end + 1 : end + 1 + len(form)] = form
        offsets[kind] = end // 2
    for index, (_, kind) in enumerate(kinds):
        page[4 * len(edges) + 13 * index] = offsets.get(kind, 0)
    assert 4 * len(edges) + 13 * len(kinds) < end
    page[-1] = len(kinds)
    return bytes(page)


def _fib(characters: int, clx: int, places: int, encrypted: bool) -> bytes:
    flags = 0x0200 | (0x0100 if encrypted else 0)
    head = struct.pack("<HHHHHHHI", 0xA5EC, 0x00C1, 0, 0x0804, 0, flags, 0x00BF, 0) + bytes(14)
    longs = [0] * 22
    longs[3] = characters
    pairs = [(0, 0)] * 93
    pairs[33], pairs[13] = (0, clx), (clx, places)
    return (
        head[:32]
        + struct.pack("<H", 14) + bytes(28)
        + struct.pack("<H22I", 22, *longs)
        + struct.pack("<H", 93) + b"".join(struct.pack("<II", *pair) for pair in pairs)
        + struct.pack("<H", 0)
    )  # fmt: skip


def _compound(word: bytes, table: bytes) -> bytes:
    """The OLE file of two streams, each padded to the 4,096 bytes from which they stand by themselves."""
    streams = {"WordDocument": _padded(word), "1Table": _padded(table)}
    sectors, chain, starts = b"", [], {}
    for name, data in streams.items():
        starts[name] = len(chain)
        count = len(data) // _PAGE
        chain += [*range(len(chain) + 1, len(chain) + count), 0xFFFFFFFE]
        sectors += data
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    directory += _entry("WordDocument", 2, starts["WordDocument"], len(streams["WordDocument"]), left=2)
    directory += _entry("1Table", 2, starts["1Table"], len(streams["1Table"]))
    directory += _entry("", 0, 0, 0)
    at = len(chain)
    chain += [0xFFFFFFFE, 0xFFFFFFFD]
    sectors += directory + struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += struct.pack("<IIIIIIIII", 0, 1, at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    return header + struct.pack("<109I", at + 1, *[0xFFFFFFFF] * 108) + sectors


def _padded(data: bytes) -> bytes:
    return data + bytes(max(4096, -(-len(data) // _PAGE) * _PAGE) - len(data))


def _entry(
    name: str, kind: int, start: int, size: int, left: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF
) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0" if name else b""
    none = 0xFFFFFFFF
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, left, none, child)
        + bytes(36) + struct.pack("<IQ", start, size)
    )  # fmt: skip
