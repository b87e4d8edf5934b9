"""Writing beside and publishing by rename, so that readers never wait and never see half a run.

The database ``X`` is only ever replaced as a whole. A writer

1. takes ``X.lock`` (an advisory lock that the system drops when the process ends, however it ends);
2. works on ``X.new``, a copy of ``X`` — where the file system can share blocks (btrfs, XFS), a clone
   that costs nothing, else a plain copy, about a second a gigabyte;
3. closes it, flushes it to the disk and renames it over ``X``.

A reader has ``X`` open as it was and keeps it; the next one opens the new. A killed writer, a full
disk or a crash leave ``X`` as it was and an ``X.new`` that the next writer throws away. A long run
publishes from time to time, at a distance that keeps copying below a twentieth of the work.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from schema.errors import DatabaseError
from store.database import OFFLINE, Settings, connect, migrate

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FICLONE: Final = 0x40049409  # ioctl of Linux: share the blocks of another file
# More is not faster here (measured), and the main process is to stay small.
_WRITER: Final[Settings] = {**OFFLINE, "memory_limit": "140MB"}

_POLL: Final = 0.1
_MIN_INTERVAL: Final = 60.0
_COPY_SHARE: Final = 20.0


class Workspace:
    """A writable copy of the database behind the writer's lock; nothing is seen until ``publish``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._new = path.with_name(path.name + ".new")
        self._connection: DuckDBPyConnection | None = None
        self._seen: tuple[int, int, int] | None = None
        self._cost = 0.0
        self._opened = 0.0
        self.migrated = False

    @property
    def connection(self) -> DuckDBPyConnection:
        """The connection to the copy, which is made on first use."""
        if self._connection is None:
            self._connection = self._open()
        return self._connection

    @property
    def due(self) -> bool:
        """Whether so much time went by that what is done should be published."""
        return time.monotonic() - self._opened > max(_MIN_INTERVAL, _COPY_SHARE * self._cost)

    def publish(self) -> None:
        """Makes what was committed the database. Raises DatabaseError when it can't."""
        if self._connection is None:
            return
        started = time.monotonic()
        try:
            self._connection.execute("CHECKPOINT")
            self._connection.close()
        finally:
            self._connection = None
        if _state(self.path) != self._seen:
            raise DatabaseError(
                f"{self.path} was changed by another program meanwhile; nothing was published"
            )
        with self._disk_errors():
            _flush(self._new)
            os.replace(self._new, self.path)
            _flush(self.path.parent)
        self._cost += time.monotonic() - started

    def close(self) -> None:
        """Throws away what was not published."""
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None
        self._clear()

    def _open(self) -> DuckDBPyConnection:
        started = self._opened = time.monotonic()
        self._clear()
        self.fold_foreign_log()
        with self._disk_errors():
            self._seen = _state(self.path)
            if self._seen:
                _copy(self.path, self._new)
        self._cost = time.monotonic() - started
        connection = connect(self._new, config=_WRITER)
        try:
            self.migrated = migrate(connection, self.path)
        except BaseException:
            connection.close()
            self._clear()
            raise
        return connection

    def fold_foreign_log(self) -> None:
        """Another program (the duckdb shell) wrote to the file and left a log: let DuckDB fold it in."""
        with self._disk_errors():
            if self.path.exists() and _log_of(self.path).exists():
                connection = connect(self.path)
                connection.execute("CHECKPOINT")
                connection.close()

    def _clear(self) -> None:
        for leftover in (self._new, _log_of(self._new)):
            leftover.unlink(missing_ok=True)

    @contextmanager
    def _disk_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise DatabaseError(f"{self.path} can't be written: {error.strerror or error}") from None


@contextmanager
def writing(path: Path, wait: bool = False) -> Iterator[Workspace]:
    """The one writer's workspace.

    Raises DatabaseError at once when another process writes, naming it; with ``wait`` waits for it.
    """
    with _locked(path, wait):
        space = Workspace(path)
        space.fold_foreign_log()
        try:
            yield space
        finally:
            space.close()


@contextmanager
def _locked(path: Path, wait: bool) -> Iterator[None]:
    lock = path.with_name(path.name + ".lock")
    try:
        handle = lock.open("a+", encoding="ascii")
    except OSError as error:
        raise DatabaseError(f"{path} can't be written: {error.strerror}: {lock.parent}") from None
    with handle:
        while not _try_lock(handle):
            if not wait:
                raise DatabaseError(
                    f"{path} is being written by process {_holder(lock)}; --wait waits for it"
                )
            time.sleep(_POLL)
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def _try_lock(handle: IO[str]) -> bool:
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES):
            return False
        raise
    return True


def _holder(lock: Path) -> str:
    with suppress(OSError):
        return lock.read_text("ascii").strip() or "unknown"
    return "unknown"


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _state(path: Path) -> tuple[int, int, int] | None:
    """What changes when anyone replaces or rewrites the file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _copy(source: Path, target: Path) -> None:
    import fcntl

    with source.open("rb") as old, target.open("wb") as new:
        try:
            fcntl.ioctl(new.fileno(), _FICLONE, old.fileno())
        except OSError:
            shutil.copyfile(source, target)  # within the kernel, where there is sendfile


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
