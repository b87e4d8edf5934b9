"""Documents at paths of fsspec (``s3://…``, ``hdfs://…``): files that are on no disk of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from ingest.containers import WebArchive, expanded, is_web_archive, unrolled
from ingest.origins import Opened, Origins
from ingest.skipped import Skipped
from ingest.sources import MAX_BYTES
from ingest.suffixes import media_type_of
from schema.errors import UsageError
from schema.page import RawDocument

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_HEAD: Final = 4096
_MAGIC: Final = frozenset("*?[")
_WEB: Final = ("http://", "https://")


def is_remote(path: str) -> bool:
    """Whether a path names a file system.

    >>> is_remote("s3://报告/2021"), is_remote("报告/2021")
    (True, False)
    """
    return "://" in path


def remote(urls: Sequence[str]) -> Iterator[RawDocument | Skipped]:
    """The documents at the URLs, as ``ingest.sources.find`` gives those at paths.

    Raises UsageError at once for a URL where nothing is or that can't be listed, and for pages of the web.
    """
    files = [file for url in urls for file in _listed(url)]
    known: dict[int, Origins] = {}
    return (
        found
        for system, path in files
        for found in _opened(system, path, known.setdefault(id(system), Origins(_reader(system))))
    )


def _reader(system: AbstractFileSystem) -> Opened:
    """Opens a file of the system; None for one that isn't there or can't be read."""

    def read(path: str) -> BinaryIO | None:
        try:
            return cast("BinaryIO", system.open(path, "rb")) if system.isfile(path) else None
        except (OSError, ValueError):
            return None

    return read


def _listed(url: str) -> list[tuple[AbstractFileSystem, str]]:
    """The file itself, or in a folder or behind a glob the files of known kinds, sorted."""
    if url.startswith(_WEB):
        raise UsageError(f"{url} is a page of the web: ducha fetch downloads it into a folder")
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 -- an optional package

        system, path = url_to_fs(url)
        hits = sorted(system.glob(path)) if _MAGIC & set(path) else [path] if system.exists(path) else []
        files = [(system, file) for hit in hits for file in _files(system, hit)]
    except ImportError as error:
        raise UsageError(f"{url}: {error}; fsspec comes with ducha[dask]") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{url} can't be listed: {error}") from None
    if not hits:
        raise UsageError(f"no such file or folder: {url}")
    return files


def _files(system: AbstractFileSystem, hit: str) -> list[str]:
    if system.isfile(hit):
        return [hit]
    below = sorted(system.find(hit))
    return [path for path in below if media_type_of(path) and "/." not in path.removeprefix(hit)]


def _opened(system: AbstractFileSystem, path: str, origins: Origins) -> Iterator[RawDocument | Skipped]:
    uri = system.unstrip_protocol(path)
    raw = RawDocument(uri, path.rsplit("/", 1)[-1], b"", media_type_of(path))
    try:
        with system.open(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        yield Skipped(uri, "unreadable", str(error), True)
        return
    if len(data) <= MAX_BYTES:
        yield from expanded(origins.traced(replace(raw, data=data), path), MAX_BYTES)
    elif is_web_archive(BytesIO(data[:_HEAD])):
        yield from unrolled(WebArchive(uri, lambda: cast("BinaryIO", system.open(path, "rb"))), MAX_BYTES)
    else:
        yield Skipped(uri, "too_large", f"larger than {MAX_BYTES} bytes", True)
