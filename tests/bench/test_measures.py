"""The measuring itself, on a few pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench import measures
from bench.notes import Notes
from bench.process import ducha
from bench.rounds import raced


def cells(lines: list[str]) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_contenders_take_turns_on_the_things_of_a_round() -> None:
    seen: list[str] = []

    def record(name: str) -> object:
        return lambda thing: seen.append(f"{name}{thing}")

    turns = raced({"a": record("a"), "b": record("b")}, [[1], [2], [3]], "a")  # type: ignore[dict-item]
    assert seen == ["a1", "b1", "b2", "a2", "a3", "b3"]
    assert [turn.name for turn in turns] == ["a", "b"]
    assert turns[0].ratio == 1


def test_an_absent_yardstick_leaves_no_ratio() -> None:
    (turn,) = raced({"a": str}, [[1]], "trafilatura")
    assert turn.ratio is None


def test_side_by_side_names_the_pipeline_and_the_floor() -> None:
    table = cells(list(measures.side_by_side(4, 1)))
    figures = {row[0]: float(row[1]) for row in table[2:]}
    assert figures["lxml.html parse"] < figures["bytes to page"] < figures["bytes to records"]


def test_runs_measure_memory_and_the_unchanged_folder(tmp_path: Path) -> None:
    table = cells(list(measures.runs(tmp_path, 3, 1)))
    assert [row[0] for row in table[2:]] == ["1 job", "unchanged, 1 job", "2 jobs", "unchanged, 2 jobs"]
    assert [row[5] for row in table[2:]] == ["1 job", "1 job", "1 job", "2 jobs"]
    assert all(float(row[6]) > 20 for row in table[2:])


def test_growth_is_noted_size_by_size(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    table = cells(list(measures.growth(tmp_path / "a", [2, 4], Notes(path, "x"), 500)))
    assert [row[0] for row in table[2:]] == ["2", "4"]
    assert table[2][3] == "1.00"
    again = cells(list(measures.growth(tmp_path / "none", [2, 4], Notes(path, "x"), 500)))
    assert again == table
    assert not (tmp_path / "none").exists()


def test_notes_of_other_options_are_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    assert Notes(path, {"pages": 1}).kept("a", lambda: [1, "二"]) == [1, "二"]
    assert Notes(path, {"pages": 1}).kept("a", lambda: None) == [1, "二"]
    assert Notes(path, {"pages": 2}).kept("a", lambda: "new") == "new"


def test_accuracy_counts_all_layouts(tmp_path: Path) -> None:
    table = cells(list(measures.accuracy(tmp_path, 7)))
    labelled = [int(row[2]) for row in table[2:]]
    assert labelled[-1] == sum(labelled[:-1])
    assert float(table[-1][5]) > 0.5


def test_copies_are_searched_and_asked(tmp_path: Path) -> None:
    head, _, searched, asked = cells(list(measures.latencies(tmp_path, 1_000, 1, 7)))
    assert int(re.sub(r"\D", "", head[0].split("tasks")[0])) >= 1_000
    assert searched[0].endswith("searches, warm")
    assert float(asked[2]) > 0


def test_the_profile_knows_no_path_of_the_machine() -> None:
    places = [row[0] for row in cells(list(measures.profile(1)))[2:]]
    assert any("extract/run.py" in place for place in places)
    assert not any(place.startswith("`/") for place in places)


def test_a_command_that_fails_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ducha query"):
        ducha("query", "--db", str(tmp_path / "none.duckdb"), "SELECT 1")
