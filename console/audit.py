"""What ``verify``, ``check`` and ``eval`` print."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from console.render import Format, as_json, render
from console.streams import put, tell
from store.database import reading

if TYPE_CHECKING:
    from store.accepted import Change
    from store.ratio import Ratio
    from store.score import Score


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


def scored(database: Path, gold: Path, as_document: bool, against: Path | None = None) -> bool:
    """Prints the scores; False when something was lost against the accepted ones."""
    from extract.script import simplify
    from store.accepted import Change, compare
    from store.accepted import read as accepted
    from store.labels import read as labels
    from store.score import score, whole

    before = accepted(against) if against else None
    with reading(database) as connection:
        scores = score(connection, labels(gold), cache(simplify))
    summed = whole(scores)
    change = compare(before, scores, summed) if before else Change((), ())
    if as_document:
        total = {name: ratio.told() for name, ratio in summed.items()}
        documents = [one.told() for one in scores]
        put(as_json({"total": total, "documents": documents} | (asdict(change) if before else {})))
    else:
        _show_scores(scores, summed)
        _show_change(change, before is not None)
    return not change.lost


def _show_scores(scores: list[Score], summed: dict[str, Ratio]) -> None:
    """A line a document, a line a measure, then what differs."""
    from store.score import TOTALS

    rows = [[one.file_name, *map(_shares, one.totals().values())] for one in scores]
    render(Format.TABLE, ["precision, recall, F1 of", *TOTALS], rows)
    put("")
    measures = [[name, *_counts(ratio), *_three(ratio)] for name, ratio in summed.items()]
    columns = ["all documents", "labelled", "found", "stored", "right", "precision", "recall", "F1"]
    render(Format.TABLE, columns, measures)
    for one in scores:
        for line in one.differences:
            put(f"{one.file_name}: {line.item}: {line.labelled or 'nothing'} → {line.stored or 'nothing'}")


def _show_change(change: Change, compared: bool) -> None:
    for name, lines in asdict(change).items() if compared else ():
        put(f"\n{name}: {len(lines)}")
        for line in lines:
            put(f"    {line}")


def _counts(ratio: Ratio) -> list[int]:
    return [ratio.labelled, ratio.found, ratio.stored, ratio.right]


def _three(ratio: Ratio) -> list[str]:
    shares = (ratio.precision, ratio.recall, ratio.f1)
    return ["–" if share is None else f"{share:.3f}" for share in shares]


def _shares(ratio: Ratio) -> str:
    return " ".join(_three(ratio)) if ratio.labelled or ratio.stored else ""
