"""Made tasks against stored ones: exact when every labelled field is the same."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any, Final, NamedTuple

from extract.script import simplify
from store.database import reading

_FIELDS: Final = ("seq", "content", "source", "progress", "problems")
_STORED: Final = f"""
SELECT file_name, {", ".join(f"t.{name}" for name in _FIELDS)}
FROM documents d JOIN tasks t USING (doc_id) WHERE t.kind = 'task' ORDER BY file_name, t.ordinal
"""


class Exact(NamedTuple):
    """Counts of one page's tasks."""

    file_name: str
    labelled: int
    found: int
    exact: int


def exact(database: Path, gold: dict[str, Any]) -> list[Exact]:
    """One line a page; tasks are paired in their order."""
    stored: dict[str, list[dict[str, Any]]] = {name: [] for name in gold}
    with reading(database) as connection:
        for name, *values in connection.execute(_STORED).fetchall():
            stored[name].append(dict(zip(_FIELDS, values, strict=True)))
    return [_counted(name, page["tasks"], stored[name]) for name, page in sorted(gold.items())]


def _counted(name: str, labelled: list[dict[str, str]], stored: list[dict[str, Any]]) -> Exact:
    right = sum(
        all(_folded(value) == _folded(task[field]) for field, value in label.items())
        for label, task in zip(labelled, stored, strict=False)
    )
    return Exact(name, len(labelled), len(stored), right)


def _folded(value: str | None) -> str:
    """Half width, simplified, without white space."""
    return "".join(unicodedata.normalize("NFKC", simplify(value or "")).split())
