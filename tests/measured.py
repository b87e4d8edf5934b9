"""What `ducha eval` measures on the labelled documents, group by group, against tests/floors.toml.

The groups of ../shared: ``real_sure`` are the labels nobody doubts, ``real_judgement`` those that a
reader could set otherwise, ``analogues`` texts in layouts of real pages, ``seeds`` whole fields. Those
of tests/corpus go by half and layout, which the file names begin with: ``dev_table``, ``held_flat`` …
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from pathlib import Path

from store.labels import Labels, read
from tests.corpus import score

TESTS = Path(__file__).parent
FLOORS = TESTS / "floors.toml"
CORPUS = TESTS / "corpus"
HALVES = tuple(half for half in score.HALVES if half != "later")
"""The parts that ``ducha eval`` measures, stored apart: they have files of the same name."""
SHARED = TESTS.parent.parent / "shared"
JUDGEMENT = {"046", "049", "053", "056"}  # questions or headings taken as content: labelled either way
MEASURES = ("tasks", "fields", "units", "lead_units", "metadata")

Figures = dict[str, dict[str, float]]


def floors() -> Figures:
    """The lowest F1 allowed, by group and measure."""
    found: Figures = tomllib.loads(FLOORS.read_text("utf-8"))
    return found


def shared_groups() -> dict[str, dict[str, Labels]]:
    """Labels beside the checkout by group."""
    real = read(SHARED / "real" / "gold")
    return {
        "seeds": read(SHARED / "gold" / "seeds.json"),
        "real_sure": {name: labels for name, labels in real.items() if name not in JUDGEMENT},
        "real_judgement": {name: labels for name, labels in real.items() if name in JUDGEMENT},
        "analogues": read(SHARED / "analogues" / "gold"),
    }


def shared_folders() -> list[Path]:
    return [SHARED / "seeds", SHARED / "real" / "docs", SHARED / "analogues" / "docs"]


def corpus_groups(half: str) -> dict[str, dict[str, Labels]]:
    """Labels of a half of tests/corpus by layout."""
    groups: dict[str, dict[str, Labels]] = {}
    for name, labels in read(CORPUS / half).items():
        groups.setdefault(f"{half}_{name.split('_')[0]}", {})[name] = labels
    return groups


def corpus_files(half: str) -> list[Path]:
    """The documents of a half of tests/corpus, without the labels between them."""
    return sorted(path for path in (CORPUS / half).iterdir() if path.suffix != ".json")


def ingest(database: Path, paths: list[Path]) -> None:
    """Stores them the user's way; a document that is flagged or rejected stops nothing."""
    from typer.testing import CliRunner

    import cli

    command = ["ingest", "--db", str(database), "--jobs", "0", *map(str, paths)]
    result = CliRunner().invoke(cli.app, command)
    assert result.exit_code in {0, 1}, result.output


def measure(database: Path, groups: dict[str, dict[str, Labels]]) -> Figures:
    """F1 by group and measure, rounded down to hundredths; what no label tells is left out.

    Tasks are always told: none stored where none are labelled is 1.
    """
    return {group: dict(_measured(database, labels)) for group, labels in groups.items()}


def _measured(database: Path, labels: dict[str, Labels]) -> Iterator[tuple[str, float]]:
    from extract.script import simplify
    from store.database import reading
    from store.score import score, whole

    with reading(database) as connection:
        summed = whole(score(connection, labels, simplify))
    for name in MEASURES:
        f1 = summed[name].f1
        if f1 is None and name == "tasks":
            f1 = 1.0
        if f1 is not None:
            yield name, math.floor(f1 * 100 + 1e-9) / 100
