"""The tasks of three real reports set in other tables, lists, encodings and orders: all must come out exact.

The facts are read from ../shared/gold when the tests run; a form that the rules don't read right
yet is a strict expected failure with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from store.labels import folding
from tests.variants import encodings, grids, lists, sheets
from tests.variants.facts import FIELDS, SEEDS, Facts, facts_of

Made = Callable[[Facts], bytes]

KNOWN_FAILURES: dict[tuple[str, str], str] = {}


def _text(make: Callable[[Facts], str]) -> Made:
    return lambda facts: make(facts).encode()


def _forms(seed: str) -> dict[str, tuple[Made, str]]:
    """What a report can be set in; borders are lost only where something else tells the cells apart."""
    forms: dict[str, tuple[Made, str]] = {
        name: (_text(make), ".html") for name, make in grids.VARIANTS.items() | lists.PAGES.items()
    }
    forms |= {name: (_text(make), ".txt") for name, make in lists.TEXTS.items()}
    forms |= sheets.TEXTS
    forms |= {name: (make, ".html") for name, make in encodings.VARIANTS.items()}
    left_out = (sheets.NEED_SOURCES if "source" not in SEEDS[seed] else set()) | (
        sheets.NEED_NUMBERS if "seq" not in SEEDS[seed] else set()
    )
    return forms | {name: form for name, form in sheets.FLATTENED.items() if name not in left_out}


def _cases() -> Iterator[Any]:
    for seed in SEEDS:
        for name in sorted(_forms(seed)):
            why = KNOWN_FAILURES.get((seed, name))
            yield pytest.param(seed, name, marks=[pytest.mark.xfail(reason=why)] if why else [])


@cache
def _fold() -> Callable[[Any], str]:
    from extract.script import simplify

    return folding(cache(simplify))


def _found(data: bytes, name: str) -> list[dict[str, str]]:
    from extract.run import extract
    from ingest.read import read_page
    from schema.page import RawDocument

    extraction = extract(read_page(RawDocument(name, name, data)))
    tasks = [task for task in extraction.tasks if task.kind == "task"]
    return [{key: _fold()(getattr(task, key)) for key in FIELDS} for task in tasks]


@pytest.mark.parametrize(("seed", "name"), list(_cases()))
def test_a_variant_is_exact(shared: Path, seed: str, name: str) -> None:
    facts = facts_of(seed, shared)
    make, ending = _forms(seed)[name]
    said = encodings.hant if name in encodings.TRADITIONAL else str
    found = _found(make(facts), f"{name}{ending}")
    known = [{key: _fold()(said(task.get(key, ""))) for key in FIELDS} for task in facts.tasks]
    different = [
        (at, key, label[key][:40], task[key][:40])
        for at, (label, task) in enumerate(zip(known, found, strict=False), 1)
        for key in FIELDS
        if label[key] != task[key]
    ]
    assert (len(found), different[:6]) == (len(known), [])


def test_there_are_enough_variants() -> None:
    assert len(list(_cases())) >= 30
