"""Documents on their way between machines: Parquet under any path that fsspec knows.

A part is a folder with one file a table, in the columns and types of the database, so that the store
takes each file in as it is. Originals travel the same way, one file a batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from schema.errors import Rejected
from schema.page import Origin, RawDocument
from store.rows import BY_KEY, COLUMNS, DocumentRows, Given, Row, Tables

if TYPE_CHECKING:
    import pyarrow as pa
    from fsspec import AbstractFileSystem

_ORIGINALS: Final = (
    *("uri", "name", "data", "media_type", "charset", "given_year", "given_agency", "fetched_from"),
)


@dataclass(frozen=True, slots=True)
class Job:
    """One document on its way to a worker."""

    raw: RawDocument
    given: Given


@dataclass(frozen=True, slots=True)
class Part:
    """What a worker made of a batch: where its rows are, and one outcome a document, in order.

    An outcome is the document without its rows, or why there is none. ``versions`` are those of the
    rules that the worker has.
    """

    path: str
    outcomes: tuple[DocumentRows | Rejected, ...]
    versions: frozenset[str]

    @property
    def documents(self) -> list[DocumentRows]:
        return [outcome for outcome in self.outcomes if isinstance(outcome, DocumentRows)]

    def tables(self) -> dict[str, pa.Table]:
        """The rows of all documents by table."""
        import pyarrow.parquet as pq

        system, path = opened(self.path)
        return {name: pq.read_table(f"{path}/{name}.parquet", filesystem=system) for name in COLUMNS}

    def discard(self) -> None:
        """Removes the files, once their rows are stored."""
        system, path = opened(self.path)
        system.rm(path, recursive=True)

    def whole(self) -> list[DocumentRows]:
        """The documents, each with its rows."""
        rows: dict[str, Tables] = {document.doc_id: {} for document in self.documents}
        for name, table in self.tables().items():
            for doc_id, found in _by_document(name, table).items():
                rows[doc_id][name] = found
        return [replace(document, tables=rows[document.doc_id]) for document in self.documents]


def opened(path: str) -> tuple[AbstractFileSystem, str]:
    """The file system of a path or URL, and the path on it."""
    from fsspec.core import url_to_fs

    system, inside = url_to_fs(path)
    return system, inside


def write_part(path: str, outcomes: Sequence[DocumentRows | Rejected]) -> Part:
    """Writes the rows and gives back the part without them."""
    documents = [outcome for outcome in outcomes if isinstance(outcome, DocumentRows)]
    for name in COLUMNS:
        rows = [row for document in documents for row in document.tables.get(name, ())]
        _write(f"{path}/{name}.parquet", arrow(schema_of(name), rows))
    bare = [one if isinstance(one, Rejected) else replace(one, tables={}) for one in outcomes]
    at = COLUMNS["documents"].index("parser_version")
    versions = frozenset(document.tables["documents"][0][at] for document in documents)
    return Part(path, tuple(bare), versions)


def write_jobs(path: str, jobs: Iterable[Job]) -> None:
    """Writes what workers are to read."""
    import pyarrow as pa

    columns = zip(*(_values(job) for job in jobs), strict=True)
    _write(path, pa.table(dict(zip(_ORIGINALS, map(list, columns), strict=True))))


def read_jobs(path: str) -> list[Job]:
    """The jobs that ``write_jobs`` wrote."""
    import pyarrow.parquet as pq

    system, inside = opened(path)
    rows = pq.read_table(inside, filesystem=system).to_pylist()
    return [Job(_raw(row), Given(*_taken(row, 5, 7))) for row in rows]


def arrow(schema: pa.Schema, rows: Sequence[Row]) -> pa.Table:
    """Rows as an Arrow table."""
    import pyarrow as pa

    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [pa.array(values, schema.field(i).type) for i, values in enumerate(columns)]
    return pa.Table.from_arrays(arrays, schema=schema)


@cache
def schema_of(table: str) -> pa.Schema:
    """The types of a document's own columns, as an empty database has them."""
    import duckdb

    from store.database import ddl

    with duckdb.connect(":memory:") as connection:
        connection.execute(ddl())
        relation = connection.sql(f"SELECT {', '.join(COLUMNS[table])} FROM {table} LIMIT 0")
        return relation.to_arrow_table().schema


def _write(path: str, table: pa.Table) -> None:
    import pyarrow.parquet as pq

    system, inside = opened(path)
    system.makedirs(inside.rsplit("/", 1)[0], exist_ok=True)
    with system.open(inside, "wb") as file:
        pq.write_table(table, file, compression="zstd")


def _by_document(name: str, table: pa.Table) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    at = COLUMNS[name].index("doc_key" if name in BY_KEY else "doc_id")
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        found[f"{row[at]:016x}" if name in BY_KEY else row[at]].append(row)
    return found


def _values(job: Job) -> Row:
    raw, given = job.raw, job.given
    named = (raw.uri, raw.name, raw.data, raw.media_type, raw.charset, given.report_year, given.agency)
    return (*named, raw.origin.url if raw.origin else None)


def _raw(row: dict[str, Any]) -> RawDocument:
    raw = RawDocument(*_taken(row, 0, 5))
    return replace(raw, origin=Origin(row["fetched_from"])) if row["fetched_from"] else raw


def _taken(row: dict[str, Any], start: int, end: int) -> Iterable[Any]:
    return [row[name] for name in _ORIGINALS[start:end]]
