"""One run over many documents: what it counts, what it tells while it works, what it leaves behind."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from schema.errors import DatabaseError, Rejected
from store.chore import Chore
from store.parts import Part
from store.rows import Address, DocumentRows, run_stamp
from store.workspace import Workspace
from store.write import add_addresses, insert, load, save, settle

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DOCUMENTS_A_FLUSH: Final = 100
_ROWS_A_FLUSH: Final = 100_000
_ADDRESSES_A_FLUSH: Final = 5_000

_CHANGES: Final = ("gained", "lost", "changed")
_RUN: Final = ("run_id", "command", "started_at", "parser_version")
_REJECT: Final = ("run_id", "source_uri", "sha256", "stage", "code", "message")


@dataclass(frozen=True, slots=True)
class Notice:
    """What a user wants to know while a run works: ``stored``, ``skipped``, ``rejected``, ``flagged``."""

    kind: str
    uri: str
    message: str = ""


@dataclass(slots=True)
class Summary:
    """What a run did: documents stored, their tasks, documents skipped, rejected, stored but failed.

    ``failed_before`` counts those skipped that failed when they were stored: no failure of this run.
    """

    run_id: str
    documents: int = 0
    tasks: int = 0
    skipped: int = 0
    failed_before: int = 0
    rejected: int = 0
    flagged: int = 0
    seconds: float = 0.0
    gained: int = 0
    lost: int = 0
    changed: int = 0

    @property
    def failed(self) -> bool:
        return bool(self.rejected or self.flagged)

    def counts(self, command: str) -> dict[str, Any]:
        """For people and scripts; seconds to the millisecond, changes for ``reprocess`` only."""
        counted = asdict(self) | {"seconds": round(self.seconds, 3)}
        kept = _CHANGES if command == "reprocess" else ()
        return {name: value for name, value in counted.items() if name in kept or name not in _CHANGES}


@dataclass(slots=True)
class _Waiting:
    """What is done and not yet written."""

    documents: list[DocumentRows] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    rejects: list[tuple[Any, ...]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    rows: int = 0

    @property
    def enough(self) -> bool:
        many = len(self.documents) >= _DOCUMENTS_A_FLUSH or len(self.addresses) >= _ADDRESSES_A_FLUSH
        return many or self.rows >= _ROWS_A_FLUSH or len(self.rejects) >= _ADDRESSES_A_FLUSH


class Run:
    """Collects results and writes them in bulk from one thread of its own.

    That thread also makes the copy to write on, while documents are looked at already.
    ``before`` sees every group of documents before it is written and returns those to write.
    """

    def __init__(
        self,
        space: Workspace,
        command: str,
        parser_version: str,
        notify: Callable[[Notice], None],
        before: Callable[[DuckDBPyConnection, list[DocumentRows]], list[DocumentRows]] | None = None,
    ) -> None:
        self._space = space
        self._notify = notify
        self._command = command
        self._before = before
        self._began = time.monotonic()
        self._now = run_stamp(dt.datetime.now(dt.UTC))
        self.summary = Summary(f"{self._now:%Y%m%dT%H%M%S}-{os.urandom(3).hex()}")
        self._waiting = _Waiting()
        self._stale = False
        row = (self.summary.run_id, command, self._now, parser_version)
        begin = partial(self._guard, lambda: insert(space.connection, "runs", _RUN, [row]))
        self._writing = Chore(begin)

    def stored(self, document: DocumentRows, addresses: Iterable[Address]) -> None:
        """A document to write."""
        self._waiting.documents.append(document)
        self._waiting.addresses.extend(addresses)
        self._waiting.rows += sum(len(rows) for rows in document.tables.values())
        self._flush_if_enough()

    def arrived(self, part: Part, addresses: Iterable[Address]) -> None:
        """Documents to write whose rows a worker elsewhere has laid down."""
        self._waiting.parts.append(part)
        self._waiting.addresses.extend(addresses)
        self.flush()

    def skipped(self, uri: str, addresses: Iterable[Address], failed: bool = False) -> None:
        """A document that is there already, perhaps under another address; ``failed`` when it was stored."""
        self.summary.skipped += 1
        self.summary.failed_before += failed
        self._waiting.addresses.extend(addresses)
        self._notify(Notice("skipped", uri))
        self._flush_if_enough()

    def rejected(self, uri: str, sha256: str | None, why: Rejected) -> None:
        """A document that could not be read."""
        self.summary.rejected += 1
        row = (self.summary.run_id, uri, sha256, why.stage, why.code, _storable(why.message))
        self._waiting.rejects.append(row)
        self._notify(Notice("rejected", uri, why.message))

    def finish(self, complete: bool = True) -> Summary:
        """Writes what is left and publishes. Raises DatabaseError when it can't."""
        self.flush()
        self.ready()
        self.summary.seconds = time.monotonic() - self._began
        now = run_stamp(dt.datetime.now(dt.UTC)) if complete else None
        counts = json.dumps(self.summary.counts(self._command))
        self._guard(
            lambda: self._space.connection.execute(
                "UPDATE runs SET finished_at = ?, counts = ? WHERE run_id = ?",
                [now, counts, self.summary.run_id],
            )
        )
        self._guard(self._publish)
        return self.summary

    def close(self) -> None:
        """Waits for the writer; to be called however the run ends."""
        self._writing.wait()

    def _flush_if_enough(self) -> None:
        if self._waiting.enough:
            self.flush()

    def flush(self) -> None:
        """Hands what is done to the writer."""
        self.ready()
        waiting, self._waiting = self._waiting, _Waiting()
        self._writing = Chore(partial(self._guard, lambda: self._write(waiting)))

    def ready(self) -> None:
        """Returns when the writer has nothing to do. Raises DatabaseError when it failed."""
        self._writing.done()

    def _write(self, waiting: _Waiting) -> None:
        connection = self._space.connection
        documents = waiting.documents
        for part in waiting.parts:
            if self._before or not self._load(connection, part):
                documents = [*documents, *part.whole()]
        if self._before:
            documents = self._before(connection, documents)
        self._save(connection, documents)
        for part in waiting.parts:
            part.discard()
        insert(connection, "rejects", _REJECT, waiting.rejects)
        self._stale |= add_addresses(connection, waiting.addresses, self.summary.run_id, self._now) > 0
        if self._space.due:
            self._publish()

    def _load(self, connection: DuckDBPyConnection, part: Part) -> bool:
        """All documents of a part at once; False when one of them can't be stored."""
        documents = part.documents
        try:
            load(connection, [one.doc_id for one in documents], part.tables(), self.summary.run_id, self._now)
        except Exception as error:
            if _is_fatal(error):
                raise
            return False
        for document in documents:
            self._count(connection, document)
        return True

    def _save(self, connection: DuckDBPyConnection, documents: Sequence[DocumentRows]) -> None:
        """All at once; if one of them can't be stored, one by one without it."""
        if not documents:
            return
        try:
            save(connection, documents, self.summary.run_id, self._now)
        except Exception as error:
            if _is_fatal(error):
                raise
            if len(documents) == 1:
                self._refused(connection, documents[0], error)
                return
            for document in documents:
                self._save(connection, [document])
        else:
            for document in documents:
                self._count(connection, document)

    def _count(self, connection: DuckDBPyConnection, document: DocumentRows) -> None:
        self._stale = True
        self.summary.documents += 1
        self.summary.tasks += document.tasks
        if document.failures:
            self.summary.flagged += 1
            said = "; ".join(message for _, message in document.failures)
            self._notify(Notice("flagged", document.source_uri, said))
            row = (self.summary.run_id, document.source_uri, document.sha256, "extract")
            rows = [(*row, code, _storable(message)) for code, message in document.failures]
            insert(connection, "rejects", _REJECT, rows)
        else:
            self._notify(Notice("stored", document.source_uri))

    def _refused(self, connection: DuckDBPyConnection, document: DocumentRows, error: Exception) -> None:
        message = _storable(f"{type(error).__name__}: {error}".splitlines()[0])
        row = (self.summary.run_id, document.source_uri, document.sha256, "store", "refused", message)
        insert(connection, "rejects", _REJECT, [row])
        self.summary.rejected += 1
        self._notify(Notice("rejected", document.source_uri, message))

    def _publish(self) -> None:
        connection = self._space.connection
        if self._stale or self._space.migrated:
            settle(connection)
        self._space.publish()
        self._stale = False

    def _guard(self, action: Callable[[], object]) -> None:
        """A full disk and the like end the run with one clear line."""
        import duckdb

        try:
            action()
        except (duckdb.Error, OSError) as error:
            said = str(error).splitlines()[0]
            raise DatabaseError(f"{self._space.path} can't be written: {said}") from error


def _is_fatal(error: Exception) -> bool:
    """Errors of the file or the process rather than of one row."""
    import duckdb

    kinds = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.OutOfMemoryException)
    return isinstance(error, (*kinds, duckdb.TransactionException, OSError))


def _storable(message: str) -> str:
    return message.encode("utf-8", "backslashreplace").decode()
