"""``fetched.jsonl``: one line for each address and fetch, and what the next run knows from it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from ingest.fetch.outcome import GOOD


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of one address; ``file`` is relative to the folder, ``parent`` the page that links here."""

    url: str
    kind: str
    outcome: str
    fetched_at: str
    final_url: str | None = None
    status: int | None = None
    file: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    media_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    date: str | None = None
    parent: str | None = None
    attachments: tuple[str, ...] = ()
    message: str | None = None

    def line(self) -> str:
        """The entry as a line of JSON, without what is empty."""
        shown = {name: value for name, value in asdict(self).items() if value not in (None, ())}
        return json.dumps(shown, ensure_ascii=False)

    @classmethod
    def of(cls, values: dict[str, Any]) -> Entry:
        """The entry of a decoded line; fields of later versions are left out.

        Raises ValueError when it is none: a field is missing or of another kind.
        """
        known = {name: value for name, value in values.items() if name in _SHAPES}
        found = known | {"attachments": tuple(known.get("attachments", ()))}
        if not set(found) >= _NEEDED or any(not isinstance(found[name], _SHAPES[name]) for name in found):
            raise ValueError("no line of a ledger")
        return cls(**found)


_NEEDED: Final = {"url", "kind", "outcome", "fetched_at"}
_SHAPES: Final = {
    **dict.fromkeys((one.name for one in fields(Entry)), str),
    "status": int,
    "bytes": int,
    "attachments": tuple,
}


def now() -> str:
    """The time in UTC, to the microsecond, so that text order is time order."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Ledger:
    """The lines of ``fetched.jsonl``; a line that a killed process left half is cut off.

    ``since`` is the start of the interrupted run that is continued; ``told`` takes each new entry.
    """

    def __init__(self, path: Path, since: str | None, told: Callable[[Entry], None]) -> None:
        self._since = since
        self._told = told
        self._stored: dict[str, Entry] = {}
        self._done: dict[str, Entry] = {}
        self._owners: dict[str, str] = {}
        _mend(path)
        for entry in entries(path):
            self._know(entry)
        self._stream = path.open("a", encoding="utf-8")

    def stored(self, url: str) -> Entry | None:
        """The last entry of the address that has a file."""
        return self._stored.get(url)

    def done(self, url: str) -> Entry | None:
        """The entry of the address from the interrupted run that this one continues."""
        return self._done.get(url)

    def owner(self, file: str) -> str | None:
        """The address whose original lies in the file."""
        return self._owners.get(file.casefold())

    def add(self, entry: Entry) -> None:
        """Appends the line; it is on the disk when this returns."""
        self._stream.write(entry.line() + "\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._know(entry)
        self._told(entry)

    def close(self) -> None:
        self._stream.close()

    def _know(self, entry: Entry) -> None:
        if entry.file:
            self._stored[entry.url] = entry
            self._owners[entry.file.casefold()] = entry.url
        if self._since and entry.fetched_at >= self._since and entry.outcome in GOOD:
            self._done[entry.url] = entry


def entries(path: Path) -> Iterator[Entry]:
    """The entries of a ledger, oldest first; none when there is no such file.

    A line that is none, as an editor or a broken disk leaves it, is passed over: its page is fetched again.
    """
    if path.exists():
        with path.open(encoding="utf-8", errors="replace") as stream:
            for line in stream:
                with suppress(ValueError, TypeError, AttributeError, RecursionError):
                    yield Entry.of(json.loads(line))


def _mend(path: Path) -> None:
    """Cuts off what follows the last line end."""
    if path.exists():
        with path.open("rb+") as stream:
            stream.truncate(stream.read().rfind(b"\n") + 1)
