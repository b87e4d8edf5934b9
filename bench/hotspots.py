"""Where the time goes: cProfile over the pipeline, page by page in this process."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from bench.pages import Sheet
from bench.stages import prepared, warmed

ROOT: Final = Path(__file__).parent.parent


class Hot(NamedTuple):
    """A function: own and cumulated share of all time, calls, and its place in the repository."""

    own: float
    total: float
    calls: int
    place: str


def hotspots(sheets: Sequence[Sheet]) -> list[Hot]:
    """Every function that took at least 1 % of the time, most first by its cumulated share."""
    warmed()
    profile = cProfile.Profile()
    profile.enable()
    for sheet in sheets:
        prepared(sheet)
    profile.disable()
    return sorted(_hot(pstats.Stats(profile)), key=lambda hot: -hot.total)


def _hot(stats: pstats.Stats) -> Iterator[Hot]:
    whole = max(entry[3] for entry in stats.stats.values())  # type: ignore[attr-defined]
    for (file, line, name), (_, calls, own, total, _) in stats.stats.items():  # type: ignore[attr-defined]
        if total >= 0.01 * whole and not _is_frame(file, name):
            place = f"{_placed(file)}:{line} {name}" if line else name
            yield Hot(own / whole, total / whole, calls, place)


def _is_frame(file: str, name: str) -> bool:
    """Generators and comprehensions repeat what their function says; so does the measuring."""
    return name.startswith("<") or Path(file).parent.name == "bench"


def _placed(file: str) -> str:
    """A path without the machine in it."""
    path = Path(file)
    if ".venv" not in path.parts and path.is_relative_to(ROOT):
        return path.relative_to(ROOT).as_posix()
    return "/".join(path.parts[-2:])
