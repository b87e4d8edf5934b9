"""What ``verify``, ``check`` and ``eval`` print."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from console.render import Format, as_json, render
from console.streams import put, tell
from schema.errors import UsageError
from store.database import reading


def verified(database: Path, jobs: int, as_document: bool) -> bool:
    """Prints the faults; True when there are none."""
    import pipeline
    from store.verify import verify

    with reading(database) as connection:
        proof = verify(connection, pipeline.reread, jobs)
    if as_document:
        put(as_json(asdict(proof)))
    else:
        for fault in proof.faults:
            put(f"{fault.source_uri}  {fault.task_id or fault.doc_id}  {fault.field}  {fault.message}")
    tell(f"{proof.documents} documents, {proof.fields} fields: {len(proof.faults)} faults")
    return not proof.faults


def checked(database: Path, as_document: bool) -> None:
    """Prints the findings, kind by kind."""
    from store.check import check

    with reading(database) as connection:
        found = check(connection)
    if as_document:
        put(as_json(found))
        return
    for name, records in found.items():
        put(f"{name}: {len(records)}" if records else f"{name}: none")
        if records:
            render(Format.TABLE, [*records[0]], [[*record.values()] for record in records])
            put("")


def scored(database: Path, gold: Path, as_document: bool) -> None:
    """Prints a line a document and its differences."""
    from extract.script import simplify
    from store.score import score

    with reading(database) as connection:
        scores = score(connection, _labels(gold), _cached(simplify))
    if as_document:
        put(as_json([asdict(one) for one in scores]))
        return
    for one in scores:
        fields = "  ".join(f"{name} {right}/{total}" for name, (right, total) in one.fields.items())
        put(f"{one.file_name}: {one.exact} of {one.labelled} tasks exact, {one.found} stored;  {fields}")
        for line in one.differences:
            put(f"    {line}")


def _labels(gold: Path) -> dict[str, Any]:
    try:
        labels = json.loads(gold.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{gold} can't be read: {error}") from None
    if not isinstance(labels, dict):
        raise UsageError(f"{gold} holds no object of labels by file name")
    return labels


def _cached(fold: Callable[[str], str]) -> Callable[[str], str]:
    from functools import cache

    return cache(fold)
