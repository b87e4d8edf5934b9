"""Raises the floors of tests/floors.toml to what is measured now; lowers none.

Run as a module: ``python -m tests.raise_floors``. It prints what it raised, and what is below its
floor, which is for a person to mend. It ends with 1 when anything is below.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.measured import (
    FLOORS,
    HALVES,
    SHARED,
    Figures,
    corpus_files,
    corpus_groups,
    floors,
    ingest,
    measure,
    shared_folders,
    shared_groups,
)

HEAD = """\
# The lowest F1 allowed, by group and measure (tests/measured.py).
# Written by tests/raise_floors.py, which only raises.
"""


def raised(old: Figures, measured: Figures) -> tuple[Figures, list[str], list[str]]:
    """The new floors, what went up, and what is below the old ones.

    >>> raised({"seeds": {"tasks": 0.9, "units": 0.8}}, {"seeds": {"tasks": 0.95, "units": 0.7}})
    ({'seeds': {'tasks': 0.95, 'units': 0.8}}, ['seeds tasks 0.90 → 0.95'], ['seeds units 0.80 → 0.70'])
    """
    new: Figures = {group: dict(shares) for group, shares in old.items()}
    up: list[str] = []
    below: list[str] = []
    for group, shares in measured.items():
        for name, share in shares.items():
            before = old.get(group, {}).get(name, 0.0)
            if not share and not before:
                continue  # a floor of nothing holds nothing
            if share != before:
                (up if share > before else below).append(f"{group} {name} {before:.2f} → {share:.2f}")
            new.setdefault(group, {})[name] = max(before, share)
    return new, up, below


def rendered(figures: Figures) -> str:
    """The floors as TOML.

    >>> print(rendered({"seeds": {"tasks": 1.0}}).splitlines()[-1])
    tasks = 1.00
    """
    tables = [
        f"\n[{group}]\n" + "".join(f"{name} = {share:.2f}\n" for name, share in shares.items())
        for group, shares in figures.items()
    ]
    return HEAD + "".join(tables)


def measured_now() -> Figures:
    """Of tests/corpus, and of ../shared when it is at hand."""
    found: Figures = {}
    with TemporaryDirectory() as folder:
        if SHARED.is_dir():
            database = Path(folder) / "shared.duckdb"
            ingest(database, shared_folders())
            found |= measure(database, shared_groups())
        for half in HALVES:
            database = Path(folder) / f"{half}.duckdb"
            ingest(database, corpus_files(half))
            found |= measure(database, corpus_groups(half))
    return found


def main() -> int:
    new, up, below = raised(floors() if FLOORS.exists() else {}, measured_now())
    FLOORS.write_text(rendered(new), "utf-8")
    print("\n".join([*up, *(f"below its floor: {line}" for line in below)]) or "nothing to raise")
    return int(bool(below))


if __name__ == "__main__":
    sys.exit(main())
