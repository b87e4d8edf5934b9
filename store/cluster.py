"""The same work on a Dask cluster: originals and rows go by a shared path, outcomes by the scheduler.

Every thread of a Dask worker keeps one process of store.pool, so that a document that hangs, crashes
or eats memory is killed there as it is here. Why Dask: docs/batch.md.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schema.errors import Rejected, UsageError
from store.limits import Limits
from store.parts import Job, Part, opened, read_jobs, write_jobs, write_part
from store.pool import Pool
from store.rows import DocumentRows

if TYPE_CHECKING:
    from distributed import Client

Prepare = Callable[[Job], DocumentRows]

_BATCH: Final = 16  # documents: three seconds of work, against 0.15 s for writing their rows
_FIRST: Final = 2  # documents of the first batch; each has twice as many as the one before
_BATCH_BYTES: Final = 2 << 20
_AHEAD: Final = 2  # batches a thread: one at work, one waiting
_PATIENCE: Final = 15  # seconds for the scheduler to answer
_MISSING: Final = "--engine dask needs the packages distributed and fsspec: install ducha[dask]"

_own = threading.local()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where to work: the scheduler's address (None: a cluster of ``jobs`` workers on this machine)
    and a path or URL that all workers reach (None: a temporary folder, for a cluster of one's own)."""

    address: str | None = None
    staging: str | None = None


@contextmanager
def connected(cluster: Cluster, jobs: int, key: str) -> Iterator[Station]:
    """The cluster, ready to take batches; what was staged is removed in the end.

    Raises UsageError when packages are missing, no scheduler answers or nothing can be staged.
    """
    try:
        import distributed  # noqa: F401
        import fsspec  # noqa: F401
    except ImportError:
        raise UsageError(_MISSING) from None
    if cluster.address and not cluster.staging:
        raise UsageError("--cluster needs --staging: a path or URL that this machine and all workers reach")
    with ExitStack() as stack:
        folder = stack.enter_context(_staged(cluster.staging, key))
        yield Station(stack.enter_context(_client(cluster.address, max(1, jobs))), folder)


class Station:
    """A connected cluster and the folder where it keeps what is on its way."""

    def __init__(self, client: Client, folder: str) -> None:
        self._client = client
        self._folder = folder

    def parts(
        self, prepare: Prepare, jobs: Iterable[Job], limits: Limits
    ) -> Iterator[tuple[list[Job], Part]]:
        """Batches of the jobs with what became of them, in the order they are ready.

        Parts can be read until the station closes; a batch that kills one Dask worker after another
        is rejected. Raises UsageError when the workers can't do this work at all.
        """
        from distributed import as_completed

        numbered = zip(count(), batches(jobs), strict=False)
        work = partial(_process, prepare, limits)
        underway: dict[Any, list[Job]] = {}
        ready = as_completed()
        while True:
            while len(underway) < self._room() and (found := next(numbered, None)):
                number, batch = found
                future = self._client.submit(work, *self._staged(number, batch), pure=False)
                underway[future] = batch
                ready.add(future)
            if not underway:
                return
            future = next(ready)
            batch = underway.pop(future)
            yield batch, _result(future, batch)

    def _room(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return _AHEAD * max(1, sum(threads.values()))

    def _staged(self, number: int, batch: list[Job]) -> tuple[str, str]:
        source, target = f"{self._folder}/in/{number:06}.parquet", f"{self._folder}/out/{number:06}"
        write_jobs(source, batch)
        return source, target


def _result(future: Any, batch: list[Job]) -> Part:
    from distributed import KilledWorker

    try:
        return future.result()  # type: ignore[no-any-return]
    except KilledWorker as error:
        return Part("", tuple(Rejected("extract", "crash", str(error)) for _ in batch), frozenset())
    except Exception as error:
        raise UsageError(
            "a worker of the cluster can't do its part: is the same ducha installed there, and is --staging"
            f" reached from there? {type(error).__name__}: {error}"
        ) from error


def batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """The jobs in groups that are worth a message; small ones first, so that all workers have some soon."""
    batch: list[Job] = []
    size, most = 0, _FIRST
    for job in jobs:
        batch.append(job)
        size += len(job.raw.data)
        if len(batch) == most or size >= _BATCH_BYTES:
            yield batch
            batch, size, most = [], 0, min(_BATCH, 2 * most)
    if batch:
        yield batch


def _process(prepare: Prepare, limits: Limits, source: str, target: str) -> Part:
    """What a Dask worker does with a batch."""
    jobs = read_jobs(source)
    numbered = [*enumerate(jobs)]
    done = {item[0]: result for item, result in _pool(prepare, limits).run(iter(numbered))}
    return write_part(target, [done[number] for number, _ in numbered])


def _pool(prepare: Prepare, limits: Limits) -> Pool[tuple[int, Job], DocumentRows]:
    """The process of this thread; it ends with the thread."""
    wanted = pickle.dumps((prepare, limits))  # two partials are never equal
    if getattr(_own, "wanted", None) != wanted:
        if pool := getattr(_own, "pool", None):
            pool.close()
        _own.pool, _own.wanted = Pool(partial(_second, prepare), 1, limits), wanted
    return _own.pool  # type: ignore[no-any-return]


def _second(prepare: Prepare, item: tuple[int, Job]) -> DocumentRows:
    return prepare(item[1])


@contextmanager
def _client(address: str | None, jobs: int) -> Iterator[Client]:
    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        if address is None:
            # Threads, not processes: each keeps a process of store.pool as it is, and Dask's own
            # beside them (a nanny and a worker each) take 2 s to start.
            local = LocalCluster(
                n_workers=1,
                threads_per_worker=jobs,
                processes=False,
                memory_limit=None,
                dashboard_address=None,
                silence_logs=50,
            )
            address = stack.enter_context(local).scheduler_address
        try:
            client = Client(address, timeout=_PATIENCE)
        except (OSError, ValueError, ImportError) as error:
            raise UsageError(f"no Dask scheduler answers at {address}: {error}") from None
        yield stack.enter_context(client)


@contextmanager
def _staged(staging: str | None, key: str) -> Iterator[str]:
    """A folder of this run's own, removed in the end."""
    if staging is None:
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="ducha-") as folder:
            yield folder
        return
    folder = f"{staging.rstrip('/') if '://' in staging else Path(staging).absolute()}/{key}"
    try:
        system, inside = opened(folder)
        system.makedirs(inside, exist_ok=True)
    except (OSError, ValueError, ImportError) as error:
        raise UsageError(f"nothing can be staged at {staging}: {error}") from None
    try:
        yield folder
    finally:
        with suppress(OSError):
            system.rm(inside, recursive=True)
