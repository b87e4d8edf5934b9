"""Documents written without sight of the rules: do the layouts generalise?

All seven parts have been looked at by now to mend what they showed, ``held`` after its first count;
so the floors guard what works, and a fair measure needs documents that nobody has seen yet.
``pytest tests/test_corpus.py -s -k floor`` prints the misses of ``dev`` and the counts of ``held``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.score import CORPUS, HALVES, documents, fold, labels_of, table, tally_of, whole_of
from tests.golden import extraction_of

# What was measured when the labels were done, rounded down to hundredths: raised, never lowered.
# At first sight, before any rule knew them: recall 0.73, precision 0.82 in dev; 0.77 and 0.80 in held.
# ``later`` was written after the rules had learned from those two, by another hand: 0.83 and 0.92 at
# first sight (0.88 and 0.97 once slips of its scorer and labels were mended), before it was opened.
# ``fourth``, by a third hand and meant to be hard, had 0.70 and 0.73 (README.md in its folder has more).
# ``fifth``, by a fourth hand, had 0.86 and 0.80 (0.93 and 0.86 with slips of its labels mended).
# ``sixth``, by a fifth hand, had 0.81 and 0.87.
# ``seventh``, by a sixth hand that was to choose forms not in them, had 0.65 and 0.66.
FLOORS: dict[str, dict[str, float]] = {
    "dev": {
        "agency": 1.00,
        "content_end": 1.00,
        "ending": 0.95,
        "fields": 1.00,
        "leads": 1.00,
        "nothing": 1.00,
        "plans": 1.00,
        "precision": 1.00,
        "problems": 1.00,
        "publish_date": 1.00,
        "recall": 1.00,
        "report_year": 1.00,
        "section": 1.00,
        "seq": 1.00,
        "status": 0.86,
        "title": 1.00,
        "unit_precision": 0.96,
        "units": 0.96,
    },
    "held": {
        "agency": 0.83,
        "content_end": 0.96,
        "ending": 0.95,
        "fields": 0.94,
        "leads": 1.00,
        "nothing": 1.00,
        "plans": 0.77,
        "precision": 0.97,
        "problems": 0.66,
        "publish_date": 0.95,
        "recall": 0.98,
        "report_year": 0.95,
        "section": 1.00,
        "seq": 0.98,
        "status": 0.93,
        "title": 0.95,
        "unit_precision": 0.97,
        "units": 0.90,
    },
    "later": {
        "agency": 0.86,
        "ending": 0.97,
        "leads": 0.99,
        "nothing": 1.00,
        "plans": 1.00,
        "precision": 0.99,
        "problems": 0.86,
        "publish_date": 0.93,
        "recall": 0.99,
        "report_year": 0.96,
        "seq": 0.99,
        "status": 0.97,
        "title": 0.96,
        "unit_precision": 0.99,
        "units": 0.99,
    },
    "fourth": {
        "agency": 0.88,
        "content_end": 0.96,
        "ending": 0.96,
        "fields": 0.99,
        "leads": 1.00,
        "nothing": 1.00,
        "plans": 1.00,
        "precision": 1.00,
        "problems": 0.71,
        "publish_date": 1.00,
        "recall": 0.96,
        "report_year": 0.94,
        "section": 1.00,
        "seq": 1.00,
        "status": 0.94,
        "title": 0.97,
        "unit_precision": 1.00,
        "units": 0.97,
    },
    "fifth": {
        "agency": 0.91,
        "content_end": 1.00,
        "ending": 0.99,
        "fields": 0.99,
        "leads": 1.00,
        "nothing": 0.66,
        "plans": 0.88,
        "precision": 0.97,
        "problems": 0.85,
        "publish_date": 0.94,
        "recall": 1.00,
        "report_year": 0.90,
        "section": 1.00,
        "seq": 1.00,
        "status": 0.99,
        "title": 0.97,
        "unit_precision": 1.00,
        "units": 0.99,
    },
    "sixth": {
        "agency": 1.00,
        "content_end": 1.00,
        "ending": 1.00,
        "fields": 1.00,
        "leads": 1.00,
        "nothing": 1.00,
        "plans": 1.00,
        "precision": 1.00,
        "problems": 1.00,
        "publish_date": 1.00,
        "recall": 1.00,
        "report_year": 1.00,
        "section": 1.00,
        "seq": 1.00,
        "status": 1.00,
        "title": 1.00,
        "unit_precision": 1.00,
        "units": 1.00,
    },
    "seventh": {
        "agency": 1.00,
        "content_end": 1.00,
        "ending": 1.00,
        "fields": 0.99,
        "leads": 1.00,
        "nothing": 1.00,
        "plans": 1.00,
        "precision": 1.00,
        "problems": 1.00,
        "publish_date": 1.00,
        "recall": 1.00,
        "report_year": 1.00,
        "section": 1.00,
        "seq": 1.00,
        "status": 0.98,
        "title": 1.00,
        "unit_precision": 1.00,
        "units": 1.00,
    },
}

# Documents whose tasks or metadata are not yet all as labelled; a mended one has to leave.
KNOWN_FAILURES: dict[str, set[str]] = {
    "dev": set(),
    "held": {
        "list_bold_breaks.html",
    },
    "later": {"d06.txt", "d08.htm", "d30.txt"},
    "fourth": {
        "flat_31.txt",  # no number column, the first column merged over rows and printed once
        "list_29.txt",  # a title over three lines, the issuer signs without a day
        "table_12.html",  # the source stands between date and tool without any blank
        "narrative_16.html",  # 【来源：某乡政府】【作者：…: the source with a bracket of its own
        "table_14.html",  # an office without its government (来源：经济发展局) for the agency
        "table_33.csv",  # a sheet without title: the year is in the headers of its columns
    },
    "fifth": {
        "flat_30.txt",  # 填表日期 at the foot is the only date
        "narrative_04.html",  # chapters of offices, accounts and scores among those of the work
        "narrative_10.html",  # the office only as the author (作者：某乡党政办)
        "nothing_34.html",  # news: the year of its date is taken for that of a report
        "nothing_35.html",  # steps of an assessment are no tasks
        "nothing_36.txt",  # an advertisement: its year is taken for that of a report
        "reply_33.html",  # Hong Kong written replies: title, date and office in the words of the first line
    },
    "sixth": set(),
    "seventh": set(),
}


@pytest.mark.parametrize("half", HALVES)
def test_no_measure_falls_below_its_floor(half: str) -> None:
    print(table(half))
    whole = whole_of(half)
    # a measure that no document has anything for counts only where a task is missed
    assert set(FLOORS[half]) == {name for name, total in whole.total.items() if total}
    below = {name: whole.share(name) for name, floor in FLOORS[half].items() if whole.share(name) < floor}
    assert below == {}


def _cases() -> Iterator[Any]:
    for half in HALVES:
        for path in documents(half):
            marks = [pytest.mark.xfail(strict=True)] if path.name in KNOWN_FAILURES[half] else []
            yield pytest.param(path, marks=marks, id=f"{half}-{path.name}")


@pytest.mark.parametrize("path", list(_cases()))
def test_tasks_and_metadata_are_as_labelled(path: Path) -> None:
    tally = tally_of(path)
    assert tally.whole, "\n".join(tally.misses) if path.parent.name == "dev" else "counts only"


@pytest.mark.parametrize("half", HALVES)
def test_every_label_stands_in_its_document(half: str) -> None:
    """A slip of the pen in the labels would count against the rules for ever."""
    wrong: list[str] = []
    for path in documents(half):
        labels, text = labels_of(path), fold(extraction_of(path).document.text)
        for known in labels["tasks"]:
            parts = [known["content_prefix"], known["progress_prefix"], known["section"], *known["units"]]
            wrong += [f"{path.name}: {part}" for part in parts if part and fold(part) not in text]
    assert wrong == []


def test_every_document_has_its_labels_and_the_other_way_round() -> None:
    for half in HALVES:
        stems = Counter(path.stem for path in (CORPUS / half).iterdir())
        assert set(stems.values()) == {2}
