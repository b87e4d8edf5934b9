"""Ranked full-text search: BM25 over the words of tasks, in plain SQL."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schema.errors import UsageError
from store.words import asked, term_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# “智能制造” or "智能制造": the characters as they stand
_PHRASE: Final = re.compile(r"[\"“”「]([^\"“”「」]+)[\"“”」]")

_BM25: Final = """
WITH sizes AS (SELECT count(*) AS n, avg(length) AS mean FROM search_tasks),
rare AS (
    SELECT term, ln(1 + (any_value(n) - count(*) + 0.5) / (count(*) + 0.5)) AS weight
    FROM postings, sizes WHERE term IN (SELECT unnest($terms::UBIGINT[])) GROUP BY term
){whole},
hits AS (SELECT * FROM postings h {holding} WHERE term IN (SELECT unnest($terms::UBIGINT[])) {filters}),
scored AS (
    SELECT h.doc_key, h.ordinal,
           sum(weight * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / mean))) AS score
    FROM hits h JOIN rare USING (term) JOIN search_tasks s USING (doc_key, ordinal), sizes
    GROUP BY ALL
)"""

# The texts are looked at only where all words of the phrases are.
_WHOLE: Final = """,
whole AS (
    SELECT doc_key, ordinal FROM postings WHERE term IN (SELECT unnest($whole::UBIGINT[]))
    GROUP BY ALL HAVING count(*) = len($whole)
)"""
_HOLDING: Final = "SEMI JOIN whole w ON w.doc_key = h.doc_key AND w.ordinal = h.ordinal"

# Of the best, and of all that may hold the phrases, the texts are looked up.
_CANDIDATES: Final = """,
candidates AS (SELECT b.doc_key, b.ordinal, b.score FROM scored b {best})
SELECT t.doc_id, t.task_id, round(score, 4) AS score, t.title, t.status, d.agency, d.report_year,
       d.title AS document_title, t.content, t.progress
FROM candidates b
JOIN documents d ON d.doc_id = printf('%016x', b.doc_key)
JOIN tasks t ON t.doc_id = d.doc_id AND t.ordinal = b.ordinal
WHERE true {phrases}
ORDER BY b.score DESC, b.doc_key, b.ordinal LIMIT $limit
"""
_BEST: Final = "ORDER BY b.score DESC, b.doc_key, b.ordinal LIMIT $limit"

_FIELDS: Final = ("content", "progress", "problems", "next_steps", "title", "source")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query: words in any script, phrases in quotes; filters that are None let all through."""

    text: str
    year: int | None = None
    agency: str | None = None
    status: str | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One task found, best first; ``snippet`` is the text around the first word found."""

    doc_id: str
    task_id: str
    score: float
    title: str
    status: str
    agency: str | None
    report_year: int | None
    document_title: str | None
    snippet: str


def search(connection: DuckDBPyConnection, wanted: Wanted, simplify: Callable[[str], str] = str) -> list[Hit]:
    """The tasks that hold words of the query, best first.

    ``simplify`` folds a query in traditional characters. Raises UsageError for a query without words.
    """
    query = simplify(wanted.text)
    terms = {term_of(word): word for word in asked(query)}
    if not terms:
        raise UsageError("the query holds no words")
    phrases = [phrase.strip() for phrase in _PHRASE.findall(query)]
    sql, values = _statement(wanted, phrases)
    values |= {"terms": sorted(terms), "limit": wanted.limit}
    rows = connection.execute(sql, values).fetchall()
    shown = phrases or sorted(set(terms.values()), key=len, reverse=True)
    return [_hit(row, shown) for row in rows]


def snippet(text: str, marks: list[str], width: int = 60) -> str:
    """About ``width`` characters of a text around the first of the words that stands in it.

    >>> snippet("某市" * 50 + "新建基站3个。", ["基站"], 12)
    '…某市某市新建基站3个。'
    """
    low = text.lower()
    at = next((low.find(mark) for mark in marks if mark in low), 0)
    start = max(0, at - width // 2)
    cut = " ".join(text[start : start + width].split())
    return ("…" if start else "") + cut + ("…" if start + width < len(text) else "")


def _hit(row: tuple[Any, ...], shown: list[str]) -> Hit:
    doc_id, task_id, score, title, status, agency, year, document, content, progress = row
    around = snippet(f"{content}\n{progress or ''}", shown)
    return Hit(doc_id, task_id, score, title, status, agency, year, document, around)


def _statement(wanted: Wanted, phrases: list[str]) -> tuple[str, dict[str, Any]]:
    """The SQL of a query and the values of its filters."""
    filters, values = _filters(wanted)
    parts = {"filters": filters, "whole": "", "holding": ""}
    whole = {term_of(word) for phrase in phrases for word in asked(phrase) if not word.isascii()}
    if whole:
        parts |= {"whole": _WHOLE, "holding": _HOLDING}
        values["whole"] = sorted(whole)
    values |= {f"phrase{number}": phrase.lower() for number, phrase in enumerate(phrases)}
    parts["phrases"] = " ".join(f"AND ({_holds(phrase, n)})" for n, phrase in enumerate(phrases))
    parts["best"] = "" if phrases else _BEST
    return (_BM25 + _CANDIDATES).format(**parts), values


def _holds(phrase: str, number: int) -> str:
    """That a field holds the phrase; folding the case of all texts takes 20 times as long as looking."""
    folded = "{0}" if phrase.lower() == phrase.upper() else "lower({0})"
    return " OR ".join(f"contains({folded.format('t.' + name)}, $phrase{number})" for name in _FIELDS)


def _filters(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    document = "AND doc_key IN (SELECT ('0x' || doc_id)::UBIGINT FROM documents WHERE {})"
    task = "AND (doc_key, ordinal) IN (SELECT (('0x' || doc_id)::UBIGINT, ordinal) FROM tasks WHERE {})"
    filters = {
        "year": (document.format("report_year = $year"), wanted.year),
        "status": (task.format("status = $status"), wanted.status),
        "agency": (document.format("contains(agency, $agency)"), wanted.agency),
    }
    used = {name: found for name, found in filters.items() if found[1] is not None}
    return " ".join(sql for sql, _ in used.values()), {name: value for name, (_, value) in used.items()}
