"""Proof that every stored field is what its span says, from the stored originals."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from schema.errors import Rejected
from schema.page import Page, RawDocument
from store.limits import Limits
from store.pool import outcomes
from store.rows import COLUMNS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Key = tuple[str | None, str, int | None]
"""task_id (None: the document), field, ordinal of a child row (None: a column)."""

# A column with one of these names was read from the text and must have a place in it.
PLACED: Final = ("content", "source", "progress", "problems", "next_steps")
_TASK_FIELDS: Final = (
    *PLACED,
    *("label", "title", "section", "dimension", "deadline", "status_evidence"),
)
_DOCUMENT_FIELDS: Final = ("title", "info_source", "index_no", "doc_no")
# Field name in spans → table and the column that is as printed.
_CHILDREN: Final = {
    "sources": ("task_sources", "raw"),
    "steps": ("task_steps", "text"),
    "units": ("task_units", "raw"),
    "metrics": ("metrics", "raw"),
    "mentions": ("mentions", "text"),
    "targets": ("targets", "raw"),
}
_AT_ONCE: Final = 16


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it should be; ``field`` is empty for a document as a whole."""

    doc_id: str
    source_uri: str
    task_id: str | None
    field: str
    message: str


@dataclass(slots=True)
class Claims:
    """What is stored of one document and must follow from its original bytes."""

    doc_id: str
    sha256: str
    uri: str
    name: str
    packed: bytes = field(repr=False)
    declared: tuple[str | None, str | None]
    text: str = field(repr=False)
    values: dict[Key, str] = field(default_factory=dict, repr=False)
    spans: dict[Key, list[tuple[int, int, int, int]]] = field(default_factory=dict, repr=False)
    parts: list[tuple[str, int, int]] = field(default_factory=list, repr=False)


@dataclass(slots=True)
class Proof:
    """How many documents and fields were looked at, and what was found wrong."""

    documents: int = 0
    fields: int = 0
    faults: list[Fault] = field(default_factory=list)


def verify(
    connection: DuckDBPyConnection,
    reread: Callable[[RawDocument], Page],
    jobs: int = 0,
    limits: Limits | None = None,
) -> Proof:
    """Reads every stored original again and compares.

    ``reread`` gives the page whose text is ``documents.text``; with ``jobs`` above 0 it must be picklable.
    """
    proof = Proof()
    work = partial(faults, reread)
    for claims, found in outcomes(work, stored(connection), jobs, limits or Limits()):
        proof.documents += 1
        proof.fields += len(claims.spans)
        proof.faults.extend(
            [_fault(claims, None, "", found.message)] if isinstance(found, Rejected) else found
        )
    proof.faults.sort(key=lambda fault: (fault.doc_id, fault.task_id or "", fault.field, fault.message))
    return proof


def faults(reread: Callable[[RawDocument], Page], claims: Claims) -> list[Fault]:
    """What is wrong with one document."""
    try:
        data = zlib.decompress(claims.packed)
    except zlib.error as error:
        return [_fault(claims, None, "", f"the stored original is damaged: {error}")]
    if hashlib.sha256(data).hexdigest() != claims.sha256:
        return [_fault(claims, None, "", "the stored original is not the one whose SHA-256 is recorded")]
    page = reread(RawDocument(claims.uri, claims.name, data, *claims.declared))
    found = [*_unplaced(claims)]
    if page.text.value != claims.text:
        at = _first_difference(page.text.value, claims.text)
        found.append(_fault(claims, None, "text", f"the original reads differently from character {at} on"))
    if claims.parts != sorted((part.name, part.start, part.end) for part in page.parts):
        found.append(_fault(claims, None, "document_parts", "the parts of the original stand elsewhere"))
    for key, places in claims.spans.items():
        message = _wrong(page, claims, key, places)
        if message:
            found.append(_fault(claims, key[0], _named(key), message))
    return found


def stored(connection: DuckDBPyConnection) -> Iterator[Claims]:
    """Every document's claims, in the order of doc_id."""
    names = connection.execute("SELECT doc_id FROM documents ORDER BY doc_id").fetchall()
    for start in range(0, len(names), _AT_ONCE):
        yield from _stored(connection, [name for (name,) in names[start : start + _AT_ONCE]])


def _stored(connection: DuckDBPyConnection, doc_ids: list[str]) -> list[Claims]:
    rows = connection.execute(
        "SELECT d.doc_id, d.sha256, source_uri, file_name, bytes, declared_type, declared_charset, text,"
        f" {', '.join(_DOCUMENT_FIELDS)} FROM documents d LEFT JOIN originals o USING (doc_id)"
        " WHERE doc_id IN (SELECT unnest(?)) ORDER BY doc_id",
        [doc_ids],
    ).fetchall()
    found = {}
    for row in rows:
        doc_id, sha256, uri, name, packed, *declared, text = row[:8]
        claims = Claims(doc_id, sha256, uri, name, packed or b"", (declared[0], declared[1]), text)
        own = zip(_DOCUMENT_FIELDS, row[8:], strict=True)
        claims.values = {(None, name, None): value for name, value in own if value is not None}
        found[row[0]] = claims
    _add_tasks(connection, found)
    _add_children(connection, found)
    _add_spans(connection, found)
    sql = "SELECT doc_id, name, text_start, text_end FROM document_parts"
    for doc_id, *part in sorted(_of(connection, sql, found)):
        found[doc_id].parts.append((part[0], part[1], part[2]))
    return [*found.values()]


def _add_tasks(connection: DuckDBPyConnection, found: dict[str, Claims]) -> None:
    sql = f"SELECT doc_id, task_id, extra, {', '.join(_TASK_FIELDS)} FROM tasks"
    for doc_id, task_id, extra, *values in _of(connection, sql, found):
        named = dict(zip(_TASK_FIELDS, values, strict=True))
        named["section"] = "".join(named["section"]) or None
        named |= {f"extra:{header}": value for header, value in json.loads(extra).items()}
        for name, value in named.items():
            if value is not None:
                found[doc_id].values[task_id, name, None] = value


def _add_children(connection: DuckDBPyConnection, found: dict[str, Claims]) -> None:
    for name, (table, column) in _CHILDREN.items():
        sql = f"SELECT doc_id, task_id, ordinal, {column} FROM {table}"
        for doc_id, task_id, ordinal, value in _of(connection, sql, found):
            found[doc_id].values[task_id, name, ordinal] = value


def _add_spans(connection: DuckDBPyConnection, found: dict[str, Claims]) -> None:
    sql = f"SELECT {', '.join(COLUMNS['spans'])} FROM spans"
    places: dict[str, dict[Key, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for doc_id, task_id, name, ordinal, *place in _of(connection, sql, found):
        key = (task_id, name, ordinal if name in _CHILDREN else None)
        places[doc_id][key].append((ordinal, *place))
    for doc_id, by_key in places.items():
        found[doc_id].spans = {key: [tuple(p[1:]) for p in sorted(rows)] for key, rows in by_key.items()}


def _of(connection: DuckDBPyConnection, sql: str, found: dict[str, Claims]) -> list[tuple[Any, ...]]:
    return connection.execute(f"{sql} WHERE doc_id IN (SELECT unnest(?))", [[*found]]).fetchall()


def _unplaced(claims: Claims) -> Iterator[Fault]:
    for key in claims.values:
        if key[1] in PLACED and key[0] and key not in claims.spans:
            yield _fault(claims, key[0], key[1], "the field has no place in the text")


def _wrong(page: Page, claims: Claims, key: Key, places: Sequence[tuple[int, int, int, int]]) -> str | None:
    for start, end, source_start, source_end in places:
        if not 0 <= start <= end <= len(page.text):
            return f"its place {start}–{end} lies outside the text"
        if page.text.locate(start, end) != (source_start, source_end):
            return f"{start}–{end} of the text does not stand at {source_start}–{source_end} of the original"
    value = claims.values.get(key)
    pieces = [page.text.value[start:end] for start, end, _, _ in places]
    if value is None:
        return None if key[0] is None else "a place without a field"
    if key[2] is not None:
        return None if holds("".join(pieces), value) else _differs(value, pieces)
    return None if made_of(value, pieces) else _differs(value, pieces)


def made_of(value: str, pieces: Sequence[str]) -> bool:
    r"""Whether the pieces in order, joined by nothing or one newline, are the value.

    >>> made_of("建成3个。\n任务完成。", ["建成3个。", "任务完成。"])
    True
    """
    at = 0
    for number, piece in enumerate(pieces):
        if number and value.startswith("\n" + piece, at):
            at += 1
        elif not value.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(value)


def holds(place: str, value: str) -> bool:
    r"""Whether the lines of a child row's words stand in its place one after the other.

    A target's words are two: what was asked for, and what was reached.

    >>> holds("新建10个平台。新建9个。", "10个\n9个")
    True
    """
    at = 0
    text = _squeezed(place)
    for line in map(_squeezed, value.split("\n")):
        at = text.find(line, at)
        if at < 0:
            return False
        at += len(line)
    return True


def _squeezed(value: str) -> str:
    return "".join(value.split())


def _differs(value: str, pieces: Sequence[str]) -> str:
    joined = "".join(pieces)
    at = _first_difference(value, joined)
    return f"stored {value[at : at + 20]!r} where the original has {joined[at : at + 20]!r}"


def _first_difference(one: str, other: str) -> int:
    same = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(same, min(len(one), len(other)))


def _fault(claims: Claims, task_id: str | None, name: str, message: str) -> Fault:
    return Fault(claims.doc_id, claims.uri, task_id, name, message)


def _named(key: Key) -> str:
    return key[1] if key[2] is None else f"{key[1]}[{key[2]}]"
