"""Files, folders, globs, standard input, and archives in them → documents as bytes, one at a time."""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from ingest.containers import WebArchive, expanded, is_web_archive, unrolled
from ingest.formats.rejoined import Rejoined
from ingest.origins import Origins
from ingest.skipped import Skipped
from ingest.suffixes import media_type_of, page_folders
from schema.errors import UsageError
from schema.page import RawDocument

__all__ = ["MAX_BYTES", "Skipped", "find", "media_type_of", "printable"]

MAX_BYTES: Final = 32 * 1024 * 1024
"""The largest file that is read, and the largest record of a web archive; reports known have 2 MB."""

Found = RawDocument | WebArchive | Skipped

_MAGIC: Final = frozenset("*?[")


def find(
    paths: Sequence[str], stdin: BinaryIO | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[RawDocument | Skipped]:
    """The documents at the paths, in the order given and sorted within folders, as they are read.

    A path is a file (read whatever its suffix), a folder (searched for known suffixes at
    any depth), a glob, or ``-`` for standard input; archives and saved pages give the documents
    in them. What isn't read comes as ``Skipped``. Files that ``ducha fetch`` wrote have their origin.
    Raises UsageError at once, before anything is read, when a path doesn't exist.
    """
    named = [hit for path in paths for hit in _named(path)]
    return _opened(_stream(named, stdin, max_bytes), max_bytes)


def printable(path: str) -> str:
    """The path with bytes that are no UTF-8 escaped, so that it can be stored and printed.

    >>> printable("报告\\udcb1.txt")
    '报告\\\\xb1.txt'
    """
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _named(path: str) -> list[str]:
    """The path itself when it exists, else what it matches as a glob."""
    if path == "-" or os.path.lexists(path):
        return [path]
    hits = sorted(glob.glob(path, recursive=True), key=os.fsencode) if _MAGIC & set(path) else []
    if not hits:
        raise UsageError(f"no such file or folder: {printable(path)}")
    return hits


def _stream(paths: Sequence[str], stdin: BinaryIO | None, max_bytes: int) -> Iterator[Found]:
    for path in paths:
        if path == "-":
            yield _standard_input(stdin or sys.stdin.buffer, max_bytes)
        elif os.path.isdir(path):
            yield from _folder(path, max_bytes)
        else:
            yield _file(path, max_bytes)


def _opened(found: Iterator[Found], max_bytes: int) -> Iterator[RawDocument | Skipped]:
    """What was found, with containers replaced by the documents in them."""
    origins = Origins()
    for item in found:
        if isinstance(item, RawDocument):
            yield from expanded(origins.traced(item, os.path.abspath(item.uri)), max_bytes)
        elif isinstance(item, WebArchive):
            yield from unrolled(item, max_bytes)
        else:
            yield item


def _standard_input(stream: BinaryIO, max_bytes: int) -> Found:
    data = stream.read(max_bytes + 1)
    if len(data) <= max_bytes:
        return RawDocument("-", "-", data)
    if is_web_archive(io.BytesIO(data)):
        return WebArchive("-", lambda: io.BufferedReader(Rejoined(data, stream)))
    return _too_large("-", max_bytes)


def _folder(root: str, max_bytes: int) -> Iterator[Found]:
    """The files below a folder, each folder's names sorted by their bytes, hidden ones left out.

    The folder of a saved page's styles and scripts isn't searched.
    """
    waiting = [root]
    beside: set[str] = set()
    seen: set[tuple[int, int]] = set()
    while waiting:
        path = waiting.pop()
        try:
            if not os.path.isdir(path):
                yield _member(path, max_bytes)
                continue
            if path in beside:
                yield Skipped(printable(path), "page_files", "belongs to a saved page", False)
                continue
            state = os.stat(path)
            if (state.st_dev, state.st_ino) in seen:
                yield Skipped(printable(path), "loop", "the folder was searched under another name", False)
                continue
            seen.add((state.st_dev, state.st_ino))
            names = sorted(os.listdir(path), key=os.fsencode, reverse=True)
        except OSError as error:
            yield Skipped(printable(path), "unreadable", str(error.strerror), True)
            continue
        beside.update(os.path.join(path, name) for name in page_folders(names))
        waiting.extend(os.path.join(path, name) for name in names if not name.startswith("."))


def _member(path: str, max_bytes: int) -> Found:
    if media_type_of(path) is None:
        return Skipped(printable(path), "other_kind", "not a kind of file that is read", False)
    return _file(path, max_bytes)


def _file(path: str, max_bytes: int) -> Found:
    """The file's bytes, or for a large web archive the file itself; sizes are checked before it is read."""
    uri = printable(path)
    try:
        state = os.stat(path)
        if not stat.S_ISREG(state.st_mode):
            return Skipped(uri, "special", "not a regular file", True)
        if state.st_size > max_bytes:
            return _large(path, uri, max_bytes)
        with open(path, "rb") as stream:
            # a file may have grown since, and those of /proc tell no size
            data = stream.read(max_bytes + 1)
    except OSError as error:
        code = "loop" if os.path.islink(path) else "unreadable"
        return Skipped(uri, code, str(error.strerror), True)
    if len(data) > max_bytes:
        return _too_large(uri, max_bytes)
    return RawDocument(uri, printable(os.path.basename(path)), data, media_type_of(path))


def _large(path: str, uri: str, max_bytes: int) -> WebArchive | Skipped:
    """A web archive, which is read record by record; all else of this size is refused. Raises OSError."""
    with open(path, "rb") as stream:
        if not is_web_archive(stream):
            return _too_large(uri, max_bytes)
    return WebArchive(uri, lambda: open(path, "rb"))


def _too_large(uri: str, max_bytes: int) -> Skipped:
    return Skipped(uri, "too_large", f"larger than {max_bytes} bytes", True)
