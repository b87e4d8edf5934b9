"""``python -m bench``: measures, and with ``--write`` puts the tables into bench/README.md."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final

from bench import measures
from bench.notes import Notes

README: Final = Path(__file__).parent / "README.md"
_RESULTS: Final = re.compile(r"(?<=<!-- results -->\n).*(?=<!-- end -->)", re.DOTALL)
_PACKAGES: Final = ("duckdb", "jieba", "lxml", "pydantic", "pyarrow", "trafilatura", "readability-lxml")

Section = tuple[str, str, Callable[[], Iterable[str]]]


def main() -> int:
    """Measures what was asked for; always 0, figures are no verdict."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        notes = Notes(options.resume, _measured(options))
        made = [notes.kept("machine", _machine)]
        for key, title, lines in _sections(options, Path(name), notes):
            if options.only and key not in options.only:
                continue
            found = notes.kept(key, partial(_listed, lines))
            made.append(f"### {title}\n\n" + "\n".join(found) + "\n")
            sys.stdout.write(made[-1] + "\n")
            sys.stdout.flush()
    if options.write:
        old = README.read_text(encoding="utf-8")
        README.write_text(_RESULTS.sub(lambda _: "\n" + "\n".join(made) + "\n", old), encoding="utf-8")
    return 0


def _listed(lines: Callable[[], Iterable[str]]) -> list[str]:
    return list(lines())


def _measured(options: argparse.Namespace) -> dict[str, Any]:
    """The options that figures depend on."""
    return {name: value for name, value in vars(options).items() if name not in ("only", "write", "resume")}


def _sections(options: argparse.Namespace, folder: Path, notes: Notes) -> list[Section]:
    rounds = options.rounds
    return [
        ("side", "Side by side", lambda: measures.side_by_side(options.side, rounds)),
        ("runs", "Whole runs", lambda: measures.runs(folder, options.pages, max(1, rounds // 2))),
        ("growth", "Cost of a page as runs grow", lambda: _grown(options, folder, notes)),
        ("accuracy", "Accuracy on the made pages", lambda: measures.accuracy(folder, options.pages)),
        ("latency", "Search and queries", lambda: measures.latencies(folder, options.tasks, rounds)),
        ("profile", "Where the time goes", lambda: measures.profile(options.side)),
    ]


def _grown(options: argparse.Namespace, folder: Path, notes: Notes) -> Iterable[str]:
    return measures.growth(folder, options.sizes, notes, options.characters)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="1,000 pages, 10,000 at most: about half an hour")
    parser.add_argument("--side", type=int, help="pages side by side and for the profile")
    parser.add_argument("--pages", type=int, help="pages of a whole run")
    parser.add_argument("--sizes", type=_numbers, help="sizes of growing runs: 100,1000")
    parser.add_argument("--characters", type=int, help="characters a page of growing runs; else as all")
    parser.add_argument("--tasks", type=int, default=100_000, help="tasks to search in")
    parser.add_argument("--rounds", type=int, default=4, help="rounds; medians are shown")
    parser.add_argument("--only", type=lambda text: text.split(","), help="names, comma between")
    parser.add_argument("--resume", type=Path, help="keep figures in this file; measure what it lacks")
    parser.add_argument("--write", action="store_true", help="put the tables into bench/README.md")
    options = parser.parse_args()
    usual = {"side": 24, "pages": 105, "sizes": [50, 200]}
    full = {"side": 100, "pages": 1000, "sizes": [100, 1000, 10_000]}
    for name, value in (full if options.full else usual).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return options


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _machine() -> str:
    packages = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    busy = f"load {os.getloadavg()[0]:.1f} before the start" if hasattr(os, "getloadavg") else "load unknown"
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {busy}"
    return f"{system}, Python {platform.python_version()}; {packages}.\n"


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


if __name__ == "__main__":
    sys.exit(main())
