"""The folder of originals: what lies where, one writer at a time, and whole files only.

::

    fetched.jsonl            one line for each address and fetch
    www.example.gov.cn/…     the originals, as ``ingest`` reads them
    .fetch/*.warc.gz         the captures with their headers
    .fetch/lists/            list pages, sitemaps and robots.txt, for conditional requests
    .fetch/run.json          there while a run is unfinished

``ingest`` leaves hidden folders out, so that no report comes in twice.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Final

from ingest.fetch.archive import mend
from ingest.fetch.ledger import Entry, Ledger, now
from schema.errors import UsageError

# what was fetched longer ago than this is asked for again, also when the run was interrupted
_FRESH: Final = timedelta(hours=24)


class Folder:
    """The folder, locked for this process; ``ledger`` knows what is in it."""

    def __init__(self, root: Path, told: Callable[[Entry], None]) -> None:
        self.root = root
        self.hidden = root / ".fetch"
        (self.hidden / "lists").mkdir(parents=True, exist_ok=True)
        self._lock = (self.hidden / "lock").open("a+")
        _take(self._lock.fileno(), root)
        self._marker = self.hidden / "run.json"
        self.resumes = self._interrupted()
        self.started = self.resumes or now()
        self._mend()
        self.write(PurePosixPath(".fetch/run.json"), json.dumps({"started": self.started}).encode())
        self.ledger = Ledger(root / "fetched.jsonl", self.resumes, told)

    def new_capture(self) -> Path:
        """The path of a capture file for this run."""
        stamp = now().translate({ord(c): None for c in "-:.+"})[:21]
        return self.hidden / f"{stamp}.warc.gz"

    def read(self, file: str) -> bytes | None:
        """The bytes of a file of the ledger; None when it is gone."""
        try:
            return (self.root / file).read_bytes()
        except OSError:
            return None

    def write(self, file: PurePosixPath, data: bytes) -> None:
        """Puts the file there whole or not at all. Raises OSError."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        part = self.hidden / "part"
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)

    def close(self, finished: bool) -> None:
        """Ends the run; one that is not finished is continued by the next."""
        self.ledger.close()
        if finished:
            self._marker.unlink(missing_ok=True)
        self._lock.close()

    def _interrupted(self) -> str | None:
        try:
            started = str(json.loads(self._marker.read_bytes())["started"])
            fresh = datetime.fromisoformat(started) > datetime.now(UTC) - _FRESH
        except (OSError, ValueError, KeyError):
            return None
        return started if fresh else None

    def _mend(self) -> None:
        captures = sorted(self.hidden.glob("*.warc.gz"))
        if self._marker.exists() and captures:
            mend(captures[-1])


def _take(descriptor: int, root: Path) -> None:
    """Locks the folder for this process; the system lets go when the process ends, however it ends."""
    try:
        import fcntl  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise UsageError(f"another fetch is writing into {root}") from None
