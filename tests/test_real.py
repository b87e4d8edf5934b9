"""Real documents and what `ducha eval` measures on them, against floors that are only ever raised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.measured import (
    HALVES,
    Figures,
    corpus_files,
    corpus_groups,
    floors,
    ingest,
    measure,
    shared_folders,
    shared_groups,
)

GROUPS = ("seeds", "real_sure", "real_judgement", "analogues")
# What the labels nobody doubts must reach, whatever the floors say: F1 by group and measure.
BARS: Figures = {
    "seeds": {"tasks": 1.0, "fields": 1.0, "metadata": 1.0},
    "real_sure": {"tasks": 0.95, "metadata": 0.9, "lead_units": 0.95},
    "analogues": {"tasks": 0.9, "metadata": 0.9, "lead_units": 0.95},
}
KNOWN_FAILURES: dict[tuple[str, str], str] = {}
LEAST_COVERAGE = 0.97


@pytest.fixture(scope="module")
def database(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (shared / "real" / "docs").is_dir() or not (shared / "analogues" / "docs").is_dir():
        pytest.skip("no ../shared/real or ../shared/analogues: the real documents are not at hand")
    path = tmp_path_factory.mktemp("real") / "real.duckdb"
    ingest(path, shared_folders())
    return path


@pytest.fixture(scope="module")
def figures(database: Path) -> Figures:
    return measure(database, shared_groups())


@pytest.fixture(scope="module", params=HALVES)
def by_layout(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    path = tmp_path_factory.mktemp("corpus") / "corpus.duckdb"
    ingest(path, corpus_files(request.param))
    return measure(path, corpus_groups(request.param))


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def below(figures: dict[str, float], least: dict[str, float]) -> dict[str, float]:
    """A measure that vanished is below its floor as well."""
    return {name: figures.get(name, 0.0) for name, floor in least.items() if figures.get(name, 0.0) < floor}


@pytest.mark.parametrize("group", GROUPS)
def test_no_group_falls_below_its_floors(figures: Figures, group: str) -> None:
    assert floors()[group]
    assert below(figures[group], floors()[group]) == {}


def _bars() -> Iterator[Any]:
    for group, measures in BARS.items():
        for name in measures:
            why = KNOWN_FAILURES.get((group, name))
            yield pytest.param(group, name, marks=[pytest.mark.xfail(reason=why)] if why else [])


@pytest.mark.parametrize(("group", "measure"), list(_bars()))
def test_a_group_reaches_its_bars(figures: Figures, group: str, measure: str) -> None:
    assert figures[group][measure] >= BARS[group][measure]


def test_no_layout_falls_below_its_floors(by_layout: Figures) -> None:
    assert {group: low for group in by_layout if (low := below(by_layout[group], floors()[group]))} == {}


def test_every_group_has_floors_and_the_other_way_round() -> None:
    layouts = [group for half in HALVES for group in corpus_groups(half)]
    assert set(floors()) == {*GROUPS, *layouts}


def test_every_real_document_is_stored(database: Path, shared: Path) -> None:
    expected = {
        path.name for folder in ("real", "analogues") for path in (shared / folder / "docs").iterdir()
    }
    stored = {name for (name,) in rows(database, "SELECT file_name FROM documents")}
    assert expected - stored == set()
    unread = "SELECT r.source_uri, r.message FROM rejects r LEFT JOIN documents d USING (sha256)"
    assert rows(database, f"{unread} WHERE d.doc_id IS NULL") == []


def test_nothing_of_a_real_document_is_lost(database: Path) -> None:
    low = rows(database, f"SELECT file_name, coverage FROM documents WHERE coverage < {LEAST_COVERAGE}")
    assert low == []


def test_a_document_without_tasks_says_so(database: Path) -> None:
    silent = rows(
        database,
        "SELECT file_name FROM documents d WHERE NOT EXISTS (FROM tasks t WHERE t.doc_id = d.doc_id)"
        " AND NOT EXISTS (FROM issues i WHERE i.doc_id = d.doc_id)",
    )
    assert silent == []
