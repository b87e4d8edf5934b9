"""A stream from its start, of which the first bytes were read already to tell what it is."""

from __future__ import annotations

import io
from typing import Any, BinaryIO


class Rejoined(io.RawIOBase):
    """``first``, then what ``rest`` still has."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = io.BytesIO(first)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._first.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
