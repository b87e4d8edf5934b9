"""The records of a web archive out of a stream, in constant memory however long the archive is."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from ingest.formats.budget import MAX_RATIO
from ingest.formats.rejoined import Rejoined
from schema.errors import Rejected

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator

_CHUNK: Final = 64 * 1024
_SMALL: Final = 1024 * 1024
"""Up to here the ratio says nothing."""
_HEADERS: Final = 1024 * 1024
"""What the headers of one record may come to; those of a browser's request have 2 kB."""
_GZIP: Final = b"\x1f\x8b"


def opened(stream: BinaryIO) -> ArchiveIterator:
    """The records of an archive, packed or not, in its order.

    Reading on raises Rejected (``read``: ``bomb``, ``damaged``) where it can't be read on.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - loaded for web archives only

    buffered = io.BufferedReader(stream, _CHUNK) if isinstance(stream, io.RawIOBase) else stream
    head = buffered.read(len(_GZIP))
    source = _Inflated(buffered, head) if head == _GZIP else Rejoined(head, buffered)
    records = ArchiveIterator(source)
    records.reader = _bounded(records.fh)
    return records


def _bounded(source: Any) -> Any:
    """The library's reader, which otherwise takes lines of any length and headers without end."""
    from warcio.bufferedreaders import BufferedReader  # noqa: PLC0415

    class Bounded(BufferedReader):  # type: ignore[misc]
        lines = 0

        def read(self, length: int | None = None) -> bytes:
            self.lines = 0
            return bytes(super().read(length))

        def readline(self, length: int | None = None) -> bytes:
            line = bytes(super().readline(min(length or _HEADERS, _HEADERS)))
            self.lines += len(line)
            if self.lines > _HEADERS:
                raise Rejected("read", "damaged", "a record of the web archive has headers without end")
            return line

    return Bounded(source)


class _Inflated(io.RawIOBase):
    """The content of a gzip file, all its members, read as a stream that stops at bombs."""

    def __init__(self, stream: BinaryIO, head: bytes) -> None:
        self._stream = stream
        self._rest = head
        self._whole = _Flow(len(head))
        self._begin()
        self._inside = False

    def _begin(self) -> None:
        """The next member: a record, or all of them."""
        self._machine = zlib.decompressobj(wbits=31)
        self._member = _Flow(len(self._rest))

    def read(self, size: int = -1) -> bytes:
        limit = size if 0 < size <= _CHUNK else _CHUNK
        while True:
            self._fill()
            if not self._rest:
                return b""
            chunk = self._inflated(limit)
            if chunk:
                return chunk

    def _fill(self) -> None:
        if not self._rest:
            self._rest = self._stream.read(_CHUNK)
            self._whole.taken += len(self._rest)
            self._member.taken += len(self._rest)
        if not self._rest and self._inside:
            raise Rejected("read", "damaged", "the web archive ends inside a record")

    def _inflated(self, limit: int) -> bytes:
        self._inside = True
        chunk = self._machine.decompress(self._rest, limit)
        self._inside = not self._machine.eof
        self._rest = self._machine.unconsumed_tail if self._inside else self._machine.unused_data
        self._whole.gave(len(chunk), len(self._rest))
        self._member.gave(len(chunk), len(self._rest))
        if not self._inside:
            self._begin()
        return chunk


class _Flow:
    """How many bytes went in and came out."""

    def __init__(self, taken: int) -> None:
        self.taken = taken
        self._given = 0

    def gave(self, size: int, waiting: int) -> None:
        """Counts bytes that came out; ``waiting`` went in and did nothing yet. Raises Rejected for a bomb."""
        self._given += size
        if self._given > max(_SMALL, (self.taken - waiting) * MAX_RATIO):
            raise Rejected("read", "bomb", f"unpacks to more than {MAX_RATIO} times its size")
