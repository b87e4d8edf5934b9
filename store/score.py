"""Stored records against labelled ones: tasks, their fields and units, what is said of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from store.labels import FIELDS, META, Fold, Known, KnownTask, Labels, folding, known
from store.ratio import Ratio, total

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TOTALS: Final = ("tasks", "fields", "units", "lead_units", "metadata")
_SHOWN: Final = 24  # characters of a value that a difference shows


@dataclass(frozen=True, slots=True)
class Difference:
    """One labelled value that the store has not, or the other way round; ``item`` names it in every run."""

    item: str
    labelled: str
    stored: str


@dataclass(slots=True)
class Stored:
    """A stored task, its values folded; a unit is its printed and its canonical name."""

    names: set[str]
    fields: dict[str, str]
    units: list[tuple[frozenset[str], bool]]


@dataclass(slots=True)
class Score:
    """One labelled document: counts by measure (``tasks``, ``content``, ``meta.title`` …), differences."""

    file_name: str
    stored: bool = False
    ratios: dict[str, Ratio] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    def ratio(self, measure: str) -> Ratio:
        return self.ratios.setdefault(measure, Ratio())

    def differs(self, item: str, labelled: Iterable[str], stored: Iterable[str]) -> None:
        left, right = ("、".join(value[:_SHOWN] for value in values) for values in (labelled, stored))
        self.differences.append(Difference(item, left, right))

    def totals(self) -> dict[str, Ratio]:
        """The five measures that sum up the others."""
        parts = {
            "fields": [self.ratios[name] for name in FIELDS if name in self.ratios],
            "metadata": [ratio for name, ratio in self.ratios.items() if name.startswith("meta.")],
        }
        return {name: total(parts.get(name, [self.ratio(name)])) for name in TOTALS}

    def told(self) -> dict[str, Any]:
        """As JSON has it."""
        measures = self.totals() | {name: self.ratios[name] for name in sorted(self.ratios)}
        return {
            "file_name": self.file_name,
            "stored": self.stored,
            "measures": {name: ratio.told() for name, ratio in measures.items()},
            "differences": [asdict(difference) for difference in self.differences],
        }


def score(
    connection: DuckDBPyConnection, gold: dict[str, Labels], simplify: Callable[[str], str] = str
) -> list[Score]:
    """Scores every labelled document; those that are not stored count as all wrong.

    Documents are found by their file name, else by its stem. Values are compared after NFKC,
    ``simplify`` and without white space. A task is right when all its labelled fields are.
    Precision of fields and units is that of the tasks found. Raises UsageError for labels of
    another shape.
    """
    fold = folding(simplify)
    return [_score(connection, known(name, labels, fold), fold) for name, labels in sorted(gold.items())]


def whole(scores: Iterable[Score]) -> dict[str, Ratio]:
    """The counts of all documents, the five that sum up first."""
    kept = list(scores)
    names = sorted({name for one in kept for name in one.ratios} - {*TOTALS})
    totals = [one.totals() for one in kept]
    summed = {name: total(part[name] for part in totals) for name in TOTALS}
    return summed | {name: total(one.ratios[name] for one in kept if name in one.ratios) for name in names}


def _score(connection: DuckDBPyConnection, labels: Known, fold: Fold) -> Score:
    result = Score(labels.name)
    document = _document(connection, labels.name)
    tasks: list[Stored] = []
    values: dict[str, str] = dict.fromkeys(META, "")
    if document is None:
        result.differs("document", [labels.name], [])
    else:
        result.stored = True
        tasks = _tasks(connection, document[0], fold)
        values = dict(zip(META, map(fold, document[1:]), strict=True))
    _compare_meta(result, labels, values)
    _compare_tasks(result, labels, tasks)
    return result


def _document(connection: DuckDBPyConnection, name: str) -> tuple[Any, ...] | None:
    """The newest document of that file name, else of that stem: its id and what is said of it."""
    stem = "regexp_replace(file_name, '[.][^.]*$', '')"
    return connection.execute(
        f"SELECT doc_id, {', '.join(META)} FROM documents WHERE file_name = ? OR {stem} IN (?, ?)"
        " ORDER BY file_name = ? DESC, ingested_at DESC, doc_id",
        [name, name, PurePath(name).stem, name],
    ).fetchone()


def _tasks(connection: DuckDBPyConnection, doc_id: str, fold: Fold) -> list[Stored]:
    units: dict[str, list[tuple[frozenset[str], bool]]] = {}
    sql = "SELECT task_id, unit, raw, role FROM task_units WHERE doc_id = ?"
    for task_id, unit, raw, role in connection.execute(sql, [doc_id]).fetchall():
        units.setdefault(task_id, []).append((frozenset({fold(unit), fold(raw)}), role == "lead"))
    names = ", ".join(FIELDS)
    sql = f"SELECT task_id, seq, label, {names} FROM tasks WHERE doc_id = ? AND kind = 'task'"
    return [
        Stored(
            {fold(seq), fold(label)} - {""},
            dict(zip(FIELDS, map(fold, values), strict=True)),
            units.get(task_id, []),
        )
        for task_id, seq, label, *values in connection.execute(f"{sql} ORDER BY ordinal", [doc_id]).fetchall()
    ]


def _compare_meta(result: Score, labels: Known, values: dict[str, str]) -> None:
    """No value where none is labelled is right and counts for nothing."""
    for column, accepted in labels.meta.items():
        value = values[column]
        same = value in accepted
        result.ratio(f"meta.{column}").count(bool(value and same) or "" not in accepted, bool(value), same)
        if not same:
            result.differs(f"meta.{column}", accepted, [value])


def _compare_tasks(result: Score, labels: Known, tasks: list[Stored]) -> None:
    pairs = _paired(labels.tasks, tasks)
    right = 0
    for task, found in pairs:
        _compare_units(result, task, found)
        right += _compare_fields(result, task, found)
    ratio = result.ratio("tasks")
    ratio.labelled, ratio.found = len(labels.tasks), right
    if labels.scoped:
        return
    ratio.stored, ratio.right = len(tasks), right
    paired = {id(found) for _, found in pairs}
    for extra in tasks:
        if id(extra) not in paired:
            result.differs(f"extra task {extra.fields['content'][:_SHOWN]}", [], [extra.fields["content"]])


def _compare_fields(result: Score, task: KnownTask, found: Stored | None) -> bool:
    right = found is not None
    if found is None:
        result.differs(task.name, [wanted.text for wanted in task.fields.values()], [])
    for name, wanted in task.fields.items():
        value = found.fields[name] if found else ""
        same = found is not None and wanted.agrees(value)
        result.ratio(name).count(bool(wanted.text), bool(value), same)
        right = right and same
        if found and not same:
            result.differs(f"{task.name} {name}", [wanted.text], [value])
    return right


def _compare_units(result: Score, task: KnownTask, found: Stored | None) -> None:
    stored = found.units if found else []
    leads = [names for names, lead in stored if lead]
    _compare_names(result, f"{task.name} units", "units", task.units, [names for names, _ in stored])
    _compare_names(result, f"{task.name} lead_units", "lead_units", task.lead_units, leads)


def _compare_names(
    result: Score, item: str, measure: str, wanted: frozenset[str] | None, stored: list[frozenset[str]]
) -> None:
    if wanted is None:
        return
    right = sum(bool(names & wanted) for names in stored)
    found = len(wanted & frozenset().union(*stored))
    result.ratio(measure).add(Ratio(len(wanted), found, len(stored), right))
    if (found, right) != (len(wanted), len(stored)):
        result.differs(item, sorted(wanted), [min(names, key=len) for names in stored])


def _paired(labelled: Iterable[KnownTask], stored: list[Stored]) -> list[tuple[KnownTask, Stored | None]]:
    """Every labelled task with the stored one that is most surely it: all agrees, else some of it."""
    left, waiting = list(stored), list(labelled)
    found: dict[int, Stored] = {}
    for alike in _ALIKE:
        for task in list(waiting):
            match = next((one for one in left if alike(task, one)), None)
            if match is not None:
                found[id(task)] = match
                left.remove(match)
                waiting.remove(task)
    return [(task, found.get(id(task))) for task in labelled]


def _agree(task: KnownTask, one: Stored, *names: str) -> bool:
    wanted = [(name, task.fields[name]) for name in names or task.fields if name in task.fields]
    told = any(value.text for _, value in wanted)
    return told and all(value.agrees(one.fields[name]) for name, value in wanted)


_ALIKE: Final[tuple[Callable[[KnownTask, Stored], bool], ...]] = (
    lambda task, one: task.number in one.names and _agree(task, one),
    _agree,
    lambda task, one: _agree(task, one, "content"),
    lambda task, one: _agree(task, one, "progress"),
    lambda task, one: task.number in one.names,
)
