"""What to look at: contradictions in the numbers, flagged places, text that no record accounts for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_QUERIES: Final = {
    "contradictions": """
        SELECT file_name, c.task_id, rule, stated, computed, evidence
        FROM checks c JOIN documents USING (doc_id) WHERE NOT ok ORDER BY ALL""",
    "missed_targets": """
        SELECT file_name, t.task_id, subject, unit, target, result, t.raw
        FROM targets t JOIN documents USING (doc_id) WHERE verdict = 'missed' ORDER BY ALL""",
    "issues": """
        SELECT file_name, task_id, severity, code, message, text_start, text_end
        FROM issues JOIN documents USING (doc_id)
        WHERE severity <> 'info' AND code <> 'uncovered_text' ORDER BY ALL""",
    "uncovered": """
        SELECT file_name, text_start, text_end,
               substring(text, text_start + 1, text_end - text_start) AS text
        FROM issues JOIN documents USING (doc_id) WHERE code = 'uncovered_text' ORDER BY ALL""",
    "coverage": """
        SELECT file_name, coverage, (SELECT count(*) FROM tasks t WHERE t.doc_id = d.doc_id) AS tasks
        FROM documents d ORDER BY coverage, file_name""",
    "rejects": """
        SELECT DISTINCT source_uri, stage, code, message FROM rejects r
        WHERE NOT EXISTS (FROM documents d WHERE d.sha256 = r.sha256) ORDER BY ALL""",
}


def check(connection: DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """The findings by kind: contradictions, missed_targets, issues, uncovered, coverage, rejects."""
    return {name: _records(connection, sql) for name, sql in _QUERIES.items()}


def _records(connection: DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    connection.execute(sql)
    names = [column[0] for column in connection.description or []]
    return [dict(zip(names, row, strict=True)) for row in connection.fetchall()]
