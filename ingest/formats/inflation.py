"""Whether a PDF's compressed streams stay within bounds, before a parser unpacks them whole."""

from __future__ import annotations

import re
import zlib
from typing import Final

from ingest.formats.budget import MAX_OUT, MAX_RATIO
from schema.errors import Rejected

_STREAM: Final = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_CHUNK: Final = 256 * 1024
_SMALL: Final = 8 * 1024 * 1024
"""Fonts and bitmaps of one colour shrink a thousandfold; up to here that does no harm."""
_DEPTH: Final = 3


def measure(data: bytes) -> None:
    """Raises Rejected (``read``, ``bomb``) when a Flate stream unpacks to too much, also in layers."""
    for found in _STREAM.finditer(data):
        _measure(memoryview(data)[found.end() :], _DEPTH)


def _measure(packed: memoryview, depth: int) -> None:
    """Unpacks a stream and throws it away; what is packed again inside is measured as well."""
    machine = zlib.decompressobj()
    size, at, rest, head = 0, 0, b"", b""
    while not machine.eof:
        if not rest:
            rest = bytes(packed[at : at + _CHUNK])
            at += len(rest)
        if not rest:
            break
        try:
            chunk = machine.decompress(rest, _CHUNK)
        except zlib.error:
            break
        rest = machine.unconsumed_tail
        size += len(chunk)
        head = head or chunk
        if size > MAX_OUT or (size > _SMALL and size > (at - len(rest)) * MAX_RATIO):
            raise Rejected(
                "read", "bomb", f"a stream unpacks to more than {MAX_RATIO} times its size or too much"
            )
    if depth > 1 and head[:1] == b"x" and len(head) > 2 and int.from_bytes(head[:2], "big") % 31 == 0:
        _measure(memoryview(head), depth - 1)
