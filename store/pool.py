"""Worker processes that may hang, crash or eat memory without harm to the batch.

Each worker reads one item at a time from its pipe and answers with the result. Time and memory are
watched from outside, since a worker stuck in a C library cannot watch itself: one that is over its
limits is killed, its item fails, and a fresh worker takes its place.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from schema.errors import Rejected
from store.collector import seldom_collecting, tidied
from store.limits import DEFAULT, Limits

Item = TypeVar("Item")
Result = TypeVar("Result")

_POLL: Final = 0.05
_PAGE: Final = 4096
_PR_SET_PDEATHSIG: Final = 1
_starting = threading.Lock()


def outcomes(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int, limits: Limits = DEFAULT
) -> Iterator[tuple[Item, Result | Rejected]]:
    """The result of ``work`` for every item, or why there is none, in the order they are ready.

    ``work`` must be picklable (a function at the top of a module). With ``jobs`` 0 the work is done
    in this process, without limits. At most ``jobs`` items are held at a time.
    """
    with seldom_collecting():
        if jobs < 1:
            for item in items:
                yield item, guarded(work, item)
            return
        pool = Pool(work, jobs, limits)
        try:
            yield from pool.run(iter(items))
        finally:
            pool.close()


def guarded(work: Callable[[Item], Result], item: Item) -> Result | Rejected:
    """The result, or any exception as a rejection: one bad document never stops the rest."""
    try:
        return work(item)
    except Rejected as rejected:
        return rejected
    except Exception as error:
        said = f"{type(error).__name__}: {error}".strip().splitlines()[0]
        return Rejected("extract", "crash", said[:500])


class _Worker(Generic[Item, Result]):
    """One process and what it is working on."""

    def __init__(self, work: Callable[[Item], Result]) -> None:
        # Not forkserver: its workers are no children of this process, and would outlive it when it is killed.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(work, theirs, os.getpid()), daemon=True)
        with _starting, _no_main(), _no_daemon():
            self.process.start()
        theirs.close()
        self.item: Item | None = None
        self.busy = False
        self.since = 0.0

    def take(self, item: Item) -> bool:
        """Hands over an item; False when the worker is gone."""
        try:
            self.pipe.send(item)
        except OSError:
            return False
        self.item, self.busy, self.since = item, True, time.monotonic()
        return True

    def over(self, limits: Limits) -> Rejected | None:
        """Why the worker must be killed, if it must."""
        if time.monotonic() - self.since > limits.seconds:
            return Rejected(
                "extract", "timeout", f"not done after {limits.seconds:g} s; its worker was killed"
            )
        if _resident(self.process.pid) > limits.memory:
            size = limits.memory / (1 << 20)
            return Rejected("extract", "memory", f"took more than {size:.0f} MB; its worker was killed")
        return None

    def answer(self) -> Result | Rejected:
        """What the worker sent, or that it died."""
        try:
            return self.pipe.recv()  # type: ignore[no-any-return]
        except Exception:  # the end of the pipe, or rubbish in it
            self.process.join(1)
            return Rejected("extract", "crash", f"its worker died ({_ending(self.process.exitcode)})")

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Pool(Generic[Item, Result]):
    """Keeps ``jobs`` workers busy and replaces those that die."""

    def __init__(self, work: Callable[[Item], Result], jobs: int, limits: Limits) -> None:
        self._work = work
        self._jobs = jobs
        self._limits = limits
        self._workers: list[_Worker[Item, Result]] = []

    def run(self, items: Iterator[Item]) -> Iterator[tuple[Item, Result | Rejected]]:
        more = True
        while True:
            while more and len(self._busy()) < self._jobs:
                more = self._feed(items)
            busy = self._busy()
            if not busy:
                return
            ready = set(wait([worker.pipe for worker in busy], timeout=_POLL))
            for worker in busy:
                yield from self._look(worker, worker.pipe in ready)

    def close(self) -> None:
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def _busy(self) -> list[_Worker[Item, Result]]:
        return [worker for worker in self._workers if worker.busy]

    def _idle(self) -> _Worker[Item, Result]:
        for worker in self._workers:
            if not worker.busy:
                return worker
        self._workers.append(_Worker(self._work))
        return self._workers[-1]

    def _feed(self, items: Iterator[Item]) -> bool:
        """Gives the next item to a worker, which is started for it if all are busy; False without an item."""
        for item in items:
            while not (worker := self._idle()).take(item):
                self._drop(worker)
            return True
        return False

    def _look(self, worker: _Worker[Item, Result], ready: bool) -> Iterator[tuple[Item, Result | Rejected]]:
        over = None if ready else worker.over(self._limits)
        if not ready and not over:
            return
        answer = over or worker.answer()
        item: Any = worker.item
        worker.item, worker.busy = None, False
        if over or not worker.process.is_alive():
            self._drop(worker)
        yield item, answer

    def _drop(self, worker: _Worker[Item, Result]) -> None:
        worker.kill()
        self._workers.remove(worker)


def _serve(work: Callable[[Item], Result], pipe: Connection[Any, Any], parent: int) -> None:
    """The worker's life: answer until the pipe ends."""
    _die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError), seldom_collecting():
        while True:
            pipe.send(guarded(work, pipe.recv()))
            tidied()


def _die_with(parent: int) -> None:
    """A worker stuck in a C library must not outlive a killed batch (Linux)."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before that
            os._exit(1)


def _resident(pid: int | None) -> int:
    """Resident memory of a process in bytes; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0


def _ending(code: int | None) -> str:
    if code is None or code >= 0:
        return f"status {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


@contextmanager
def _no_main() -> Iterator[None]:
    """Workers need no ``__main__`` of the parent: its module is not run again in them."""
    names = vars(sys.modules["__main__"])
    kept: dict[str, Any] = {name: names.pop(name) for name in ("__file__", "__spec__") if name in names}
    names["__spec__"] = None
    try:
        yield
    finally:
        names.update(kept)


@contextmanager
def _no_daemon() -> Iterator[None]:
    """Inside a worker of a cluster, which is a daemon and as such may start no process.

    Ours need no such care: they end with their parent (``_die_with``).
    """
    config: dict[str, Any] = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    kept = {"daemon": config.pop("daemon")} if "daemon" in config else {}
    try:
        yield
    finally:
        config.update(kept)
