"""What comes in: new documents told from known ones, by hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from schema.errors import DatabaseError, Rejected, UsageError
from schema.page import RawDocument
from store.database import reading
from store.parts import Job
from store.rows import Address, Given, address_of
from store.run import Run
from store.workspace import Workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Found = RawDocument | tuple[str, Rejected]
"""What a source yields: a document, or the address of one that can't be read and why."""

_KNOWN: Final = """
SELECT d.doc_id, d.parser_version, o.given_year, o.given_agency,
       d.doc_id IN (SELECT doc_id FROM issues WHERE severity = 'error')
FROM documents d JOIN originals o USING (doc_id)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a stored document; ``failed``: it has an issue of severity ``error``."""

    version: str
    given: Given
    failed: bool


class Intake:
    """Tells new documents from known ones, and keeps the addresses of both.

    ``version`` is that of the rules in force, None to read all again; ``given`` is what is said about
    the documents of this run.
    """

    def __init__(self, run: Run, known: dict[str, Known], version: str | None, given: Given) -> None:
        self._run = run
        self._known = known
        self._version = version
        self._now = given
        self._underway: dict[str, list[Address]] = {}
        self._met: set[str] = set()

    def jobs(self, sources: Iterable[Found]) -> Iterator[Job]:
        for found in sources:
            if not isinstance(found, RawDocument):
                self._run.rejected(_printable(found[0]), None, found[1])
                continue
            raw = replace(found, uri=_printable(found.uri), name=_printable(found.name))
            doc_id = raw.sha256[:16]
            address = address_of(raw)
            if doc_id in self._underway:
                self._underway[doc_id].append(address)
                self._run.skipped(raw.uri, ())
            elif doc_id in self._met or self._is_current(doc_id):
                failed = doc_id in self._known and self._known[doc_id].failed
                self._run.skipped(raw.uri, [address], failed and doc_id not in self._met)
            else:
                self._underway[doc_id] = [address]
                yield Job(raw, self._given(doc_id))

    def addresses(self, doc_id: str) -> list[Address]:
        """Where a document that is done was met."""
        self._met.add(doc_id)
        return self._underway.pop(doc_id)

    def _is_current(self, doc_id: str) -> bool:
        """Stored under these rules, and nothing else was said about it this time."""
        known = self._known.get(doc_id)
        return known is not None and known.version == self._version and known.given == self._given(doc_id)

    def _given(self, doc_id: str) -> Given:
        """What is said now, else what was said before."""
        now, before = self._now, self._known[doc_id].given if doc_id in self._known else Given()
        year = before.report_year if now.report_year is None else now.report_year
        return Given(year, before.agency if now.agency is None else now.agency)


def stored(space: Workspace, run: Run) -> dict[str, Known]:
    """What is stored, from the file as it is published, while the writer copies it; from the copy when
    there is none yet, or when its schema had to be brought up to date first."""
    try:
        with reading(space.path) as connection:
            return _known(connection)
    except (DatabaseError, UsageError):
        run.ready()
        return _known(space.connection)


def _known(connection: DuckDBPyConnection) -> dict[str, Known]:
    rows = connection.execute(_KNOWN).fetchall()
    return {row[0]: Known(row[1], Given(row[2], row[3]), row[4]) for row in rows}


def _printable(name: str) -> str:
    r"""A file name that can be stored: bytes that are no UTF-8 as ``\xNN``."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
