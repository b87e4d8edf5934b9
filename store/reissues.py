"""Documents that say the same again, and those that a later one corrects.

Both follow from all stored documents, whatever the order they came in; only where pages give no date
of publication, or the same one, does it count which was met first, and within one run neither was.
So the older one is always older by one and the same order, and no circle of replacements can arise.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from store.rows import COLUMNS, DocumentRows, Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHARED: Final = 0.6
"""The share of tasks, equal in content and progress, by which a report is another form of an earlier one.

The next quarter's report has the same tasks too, but progress that differs.
"""

_CONTENT: Final = COLUMNS["tasks"].index("content")
_PROGRESS: Final = COLUMNS["tasks"].index("progress")
_TEXT: Final = COLUMNS["documents"].index("text")

# Pages without tasks have a text like 附件下载, which says nothing of what they are.
_DUPLICATES: Final = """
UPDATE documents SET duplicate_of = f.first
FROM (
    SELECT d.doc_id, nullif(first_value(d.doc_id) OVER (
        PARTITION BY text_hash, CASE WHEN len(task_hashes) = 0 THEN d.doc_id END
        ORDER BY d.published_on NULLS LAST, d.doc_id
    ), d.doc_id) AS first
    FROM documents d JOIN fingerprints USING (doc_id)
) f
WHERE documents.doc_id = f.doc_id AND documents.duplicate_of IS DISTINCT FROM f.first
"""

_REPLACED: Final = """
WITH seen AS (SELECT doc_id, min(seen_at) AS at FROM addresses GROUP BY doc_id),
known AS (
    SELECT d.doc_id, coalesce(d.duplicate_of, d.doc_id) AS work, d.title, d.agency, d.report_year,
           f.task_hashes,
           min(row(coalesce(d.published_on, s.at::DATE), s.at))
               OVER (PARTITION BY coalesce(d.duplicate_of, d.doc_id)) AS age
    FROM documents d JOIN fingerprints f USING (doc_id) JOIN seen s USING (doc_id)
),
pairs AS (
    SELECT b.doc_id, a.work, a.age
    FROM known a JOIN known b USING (title, agency, report_year)
    WHERE a.age < b.age AND len(a.task_hashes) > 0
      AND len(list_intersect(a.task_hashes, b.task_hashes))
          >= $shared * greatest(len(list_distinct(a.task_hashes)), len(list_distinct(b.task_hashes)))
    UNION ALL
    SELECT b.doc_id, a.work, a.age
    FROM addresses old JOIN addresses new USING (source_uri)
    JOIN known a ON a.doc_id = old.doc_id JOIN known b ON b.doc_id = new.doc_id
    WHERE source_uri <> '-' AND a.age < b.age AND a.report_year IS NOT DISTINCT FROM b.report_year
),
chosen AS (SELECT doc_id, max_by(work, row(age, work)) AS replaces FROM pairs GROUP BY doc_id)
UPDATE documents SET replaces = c.replaces
FROM (SELECT d.doc_id, chosen.replaces FROM documents d LEFT JOIN chosen USING (doc_id)) c
WHERE documents.doc_id = c.doc_id AND documents.replaces IS DISTINCT FROM c.replaces
"""


def fingerprint_rows(document: DocumentRows) -> None:
    """Adds what tells quickly whether another document says the same."""
    tasks = document.tables["tasks"]
    text = hashed(document.tables["documents"][0][_TEXT])
    document.tables["fingerprints"] = [(document.doc_id, text, [_task(task) for task in tasks])]


def hashed(text: str) -> int:
    """The number that DuckDB's ``md5_number_lower`` gives.

    >>> hashed("建成")
    9630263971997410983
    """
    digest = hashlib.md5(text.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little")


def mark_reissues(connection: DuckDBPyConnection) -> None:
    """Sets ``duplicate_of`` and ``replaces`` of all documents."""
    connection.execute(_DUPLICATES)
    connection.execute(_REPLACED, {"shared": SHARED})


def _task(task: Row) -> int:
    return hashed(f"{task[_CONTENT]}\n{task[_PROGRESS] or ''}")
