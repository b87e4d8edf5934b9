"""The score of the documents in the folders of HALVES against the NAME.json beside each of them.

Tasks match by the beginnings of content and progress, after folding (simplified characters,
NFKC, no white space). Where a judgement is open the labels leave it out: ``open`` names
document keys, ``open_tasks`` beginnings that count neither way. ``fields`` are whole fields, null for
one that has to be empty.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from schema.records import Extraction, Task
from tests.golden import extraction_of

CORPUS = Path(__file__).parent
HALVES = ("dev", "held", "later", "fourth", "fifth", "sixth", "seventh")
META = {
    "title": "title",
    "publish_date": "published_on",
    "agency": "agency",
    "report_year": "report_year",
}
NUMERALS = [*"一二三四五六七八九十", "十一", "十二", "十三", "十四", "十五"]
NOTHING = {"no_tasks", "not_a_report", "table_in_attachment"}


@dataclass
class Tally:
    """Hits and totals by measure, and a line a miss."""

    hits: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, measure: str, ok: bool, miss: str = "") -> None:
        self.total[measure] += 1
        self.hits[measure] += ok
        if not ok:
            self.misses.append(f"{measure}: {miss}")

    def share(self, measure: str) -> float:
        return self.hits[measure] / self.total[measure] if self.total[measure] else 1.0

    def add(self, other: Tally) -> None:
        self.hits.update(other.hits)
        self.total.update(other.total)

    @property
    def whole(self) -> bool:
        """Whether tasks, their absence and metadata are as labelled."""
        measures = ("recall", "precision", "nothing", *META)
        return all(self.hits[measure] == self.total[measure] for measure in measures)


@cache
def fold(value: str) -> str:
    from extract.script import simplify

    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", simplify(value)))


def begins(text: str | None, prefix: str | None) -> bool:
    return prefix is None or fold(text or "").startswith(fold(prefix))


def ends(text: str | None, suffix: str) -> bool:
    return fold(text or "").rstrip("。;").endswith(fold(suffix).rstrip("。;"))


def documents(half: str) -> list[Path]:
    found = sorted(path for path in (CORPUS / half).iterdir() if path.suffix != ".json")
    assert found
    return found


def number(marker: str | None) -> str:
    """The bare number of a marker in Arabic digits, as far as the corpus counts: 十二是 → 12, 01 → 1."""
    bare = re.sub(r"[^\w]|[第项任务是]", "", fold(marker or "")).lstrip("0")
    return str(NUMERALS.index(bare) + 1) if bare in NUMERALS else bare


def labels_of(path: Path) -> dict[str, Any]:
    labels: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return labels


@cache
def tally_of(path: Path) -> Tally:
    """One document's score."""
    labels, extraction, tally = labels_of(path), extraction_of(path), Tally()
    _tasks(labels, extraction, tally)
    _parts(labels, extraction.tasks, tally)
    _metadata(labels, extraction, tally)
    if labels.get("not_report"):
        codes = {issue.code for issue in extraction.issues}
        ok = not extraction.tasks and bool(codes & NOTHING)
        tally.count("nothing", ok, f"{len(extraction.tasks)} records, issues {sorted(codes)}")
    return tally


def _tasks(labels: dict[str, Any], extraction: Extraction, tally: Tally) -> None:
    left = [task for task in extraction.tasks if task.kind == "task"]
    for known in labels["tasks"]:
        found = next((task for task in left if _is(task, known)), None)
        tally.count("recall", found is not None, _wanted(known, extraction.tasks) if not found else "")
        if found is None:
            tally.total.update(_due(known))
        else:
            left.remove(found)
            tally.count("precision", True)
            _fields(known, found, tally)
    for task in left:
        if not any(begins(task.content, prefix) for prefix in labels.get("open_tasks", [])):
            tally.count("precision", False, _shown(task))


def _due(known: dict[str, Any]) -> dict[str, int]:
    """The fields of a task not found: they count as missed, so that finding it never lowers a share."""
    single = {"content_end": "content_suffix", "ending": "progress_suffix"}
    due = {measure: int(bool(known.get(key))) for measure, key in single.items()}
    due |= {key: int(bool(known[key])) for key in ("section", "status", "seq")}
    due |= {"units": len(known["units"]), "leads": len(known["lead_units"])}
    return due | {"fields": len(known.get("fields", {}))}


def _is(task: Task, known: dict[str, Any]) -> bool:
    return begins(task.content, known["content_prefix"]) and begins(task.progress, known["progress_prefix"])


def _wanted(known: dict[str, Any], tasks: Iterable[Task]) -> str:
    near = next((task for task in tasks if begins(task.content, known["content_prefix"])), None)
    came = f"{_shown(near)} (kind {near.kind})" if near else "nothing that begins so"
    return f"{known['seq']} {known['content_prefix']} | {known['progress_prefix']} → {came}"


def _shown(task: Task) -> str:
    return f"{task.seq} {task.content[:30]!r} | {(task.progress or '')[:24]!r} [{task.rule}]"


def _fields(known: dict[str, Any], found: Task, tally: Tally) -> None:
    name = f"{known['seq']} {known['content_prefix']}"
    _units(known, found, tally, name)
    if known.get("content_suffix"):
        ok = ends(found.content, known["content_suffix"])
        tally.count("content_end", ok, f"{name}: …{known['content_suffix']} → …{found.content[-16:]!r}")
    for key, value in known.get("fields", {}).items():
        came = getattr(found, key)
        tally.count("fields", fold(came or "") == fold(value or ""), f"{name}: {key} {value} → {came!r}")
    if known["progress_suffix"]:
        ok = ends(found.progress, known["progress_suffix"])
        tally.count("ending", ok, f"{name}: …{known['progress_suffix']} → …{(found.progress or '')[-16:]!r}")
    if known["section"]:
        section = found.section[-1] if found.section else ""
        ok = fold(section) == fold(known["section"])
        tally.count("section", ok, f"{name}: {known['section']} → {section!r}")
    if known["status"]:
        ok = found.status == known["status"]
        tally.count("status", ok, f"{name}: {known['status']} → {found.status.value}")
    if known["seq"]:
        accepted = {number(seq) for seq in (known["seq"], *known.get("seq_accept", []))}
        ok = bool(accepted & {number(found.seq), number(found.label)})
        tally.count("seq", ok, f"{name}: → {found.seq} {found.label}")


def _units(known: dict[str, Any], found: Task, tally: Tally, name: str) -> None:
    names = {fold(text) for unit in found.units for text in (unit.raw, unit.unit)}
    leads = {fold(text) for unit in found.units if unit.role == "lead" for text in (unit.raw, unit.unit)}
    for unit in known["units"]:
        tally.count("units", fold(unit) in names, f"{name}: {unit} → {sorted(names)}")
    for unit in known["lead_units"]:
        tally.count("leads", fold(unit) in leads, f"{name}: {unit} → {sorted(leads)}")
    wanted = {fold(unit) for unit in known["units"]}
    for found_unit in found.units if wanted else ():
        ok = bool(wanted & {fold(found_unit.raw), fold(found_unit.unit)})
        tally.count("unit_precision", ok, f"{name}: {found_unit.raw} ({found_unit.role})")


def _parts(labels: dict[str, Any], tasks: Sequence[Task], tally: Tally) -> None:
    for kind in ("problem", "plan"):
        texts = [fold(f"{task.content}{task.progress or ''}") for task in tasks if task.kind == kind]
        for prefix in labels[f"{kind}s_prefix"]:
            if f"{kind}s" not in labels.get("open", []):
                ok = any(fold(prefix) in text for text in texts)
                tally.count(f"{kind}s", ok, f"{prefix} → {[text[:20] for text in texts]}")


def _metadata(labels: dict[str, Any], extraction: Extraction, tally: Tally) -> None:
    for key, attribute in META.items():
        if key in labels.get("open", []):
            continue
        accepted = {_text(labels[key])}
        if key == "agency":
            accepted |= {_text(name) for name in labels["agency_accept"]}
        found = _text(getattr(extraction.document, attribute))
        tally.count(key, found in accepted, f"{labels[key]} → {found}")


def _text(value: object) -> str | None:
    return None if value is None else fold(str(value))


def whole_of(half: str) -> Tally:
    whole = Tally()
    for path in documents(half):
        whole.add(tally_of(path))
    return whole


def table(half: str) -> str:
    """What ``-s`` shows: figures, then misses for dev and counts a document for held."""
    whole = whole_of(half)
    figures = [
        f"  {measure:<15} {whole.share(measure):6.3f}  {whole.hits[measure]:>4} / {whole.total[measure]}"
        for measure in sorted(whole.total)
    ]
    lines: list[str] = []
    for path in documents(half):
        tally = tally_of(path)
        hits, total = tally.hits["recall"], tally.total["recall"]
        extra = tally.total["precision"] - tally.hits["precision"]
        mark = " " if tally.whole else "!"
        lines.append(
            f"{mark} {path.name:<36} {hits:>3}/{total:<3} extra {extra:<3} misses {len(tally.misses)}"
        )
        if half == "dev":
            lines += [f"      {miss}" for miss in tally.misses]
    return "\n".join([f"\n== {half}", *figures, *lines])
