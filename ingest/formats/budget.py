"""How much a packed document may become: a bomb is stopped while it is being read."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

from schema.errors import Rejected

MAX_OUT: Final = 64 * 1024 * 1024
"""What all that one file holds may come to, nested archives included."""
MAX_RATIO: Final = 200
"""Bytes out for a byte in; text and the XML of office files reach 50."""
_SMALL: Final = 256 * 1024
"""Up to here the ratio says nothing: an empty form of a spreadsheet has 300."""
_CHUNK: Final = 64 * 1024


class Budget:
    """What may still come out of a file and of all that is packed in it.

    >>> Budget(100).take(101, 50)
    Traceback (most recent call last):
    schema.errors.Rejected: unpacks to more than 100 bytes
    """

    def __init__(self, limit: int = MAX_OUT) -> None:
        self._limit = limit
        self._left = limit

    def check(self, out: int, packed: int) -> None:
        """Raises Rejected (``read``, ``bomb``) when ``packed`` bytes must not become ``out``."""
        if out > self._left:
            raise Rejected("read", "bomb", f"unpacks to more than {self._limit} bytes")
        if out > _SMALL and out > packed * MAX_RATIO:
            raise Rejected("read", "bomb", f"unpacks to more than {MAX_RATIO} times its size")

    def take(self, out: int, packed: int) -> None:
        """Counts ``out`` bytes as used. Raises Rejected as ``check`` does."""
        self.check(out, packed)
        self._left -= out

    def drain(self, read: Callable[[int], bytes], packed: int) -> bytes:
        """All that ``read`` gives, a chunk at a time. Raises Rejected as ``check`` does."""
        parts: list[bytes] = []
        size = 0
        while chunk := read(_CHUNK):
            parts.append(chunk)
            size += len(chunk)
            self.check(size, packed)
        self.take(size, packed)
        return b"".join(parts)


def gunzipped(data: bytes, budget: Budget) -> bytes:
    """The content of a gzip file, all its members. Raises Rejected (``read``: ``bomb``, ``damaged``).

    >>> import gzip
    >>> gunzipped(gzip.compress("已完成".encode()), Budget()).decode()
    '已完成'
    """
    parts: list[bytes] = []
    size = 0
    rest = data
    while rest.startswith(b"\x1f\x8b"):
        machine = zlib.decompressobj(wbits=31)
        while not machine.eof and rest:
            try:
                parts.append(machine.decompress(rest, _CHUNK))
            except zlib.error as error:
                raise Rejected("read", "damaged", f"the gzip file is damaged: {error}") from None
            rest = machine.unconsumed_tail
            size += len(parts[-1])
            budget.check(size, len(data))
            if not parts[-1] and not rest:
                break
        if not machine.eof:
            raise Rejected("read", "damaged", "the gzip file ends too early")
        rest = machine.unused_data
    budget.take(size, len(data))
    return b"".join(parts)
