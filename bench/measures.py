"""What is measured; every function returns the lines of a Markdown table."""

from __future__ import annotations

import json
import shutil
import statistics
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from bench.copies import Latency, enlarged, questions, searches
from bench.corpus import HTML_LAYOUTS, sheets, written
from bench.exact import exact
from bench.hotspots import hotspots
from bench.notes import Notes
from bench.pages import LAYOUTS
from bench.process import Cost, ducha
from bench.rounds import raced
from bench.stages import contenders, warmed
from store.collector import seldom_collecting, tidied

_YARDSTICK: Final = "trafilatura"
_HOT: Final = 25


def side_by_side(pages: int, rounds: int) -> Iterator[str]:
    """One process, simplified HTML pages: this pipeline, what others do with the page, and the floor."""
    warmed()
    made = list(sheets(pages * rounds, HTML_LAYOUTS))
    size = sum(len(sheet.data) for sheet in made) / len(made) / 1000
    parts = [made[start : start + pages] for start in range(0, len(made), pages)]
    yield f"| {rounds} rounds of {pages} HTML pages, {size:.0f} kB on average | ms a page | × trafilatura |"
    yield "| --- | ---: | ---: |"
    with seldom_collecting():  # for all of them, as in a worker
        tidied()
        turns = raced(contenders(), parts, _YARDSTICK)
    for turn in sorted(turns, key=lambda turn: turn.milliseconds):
        ratio = "" if turn.ratio is None else f"{turn.ratio:.2f}"
        yield f"| {turn.name} | {turn.milliseconds:.2f} | {ratio} |"


def runs(folder: Path, pages: int, rounds: int, again: int = 3) -> Iterator[str]:
    """Whole runs of `ducha ingest` at 1 and 2 jobs in turn, each repeated on the unchanged folder."""
    _warmed(folder)
    written(folder / "pages", pages)
    first: dict[str, list[Cost]] = {"1 job": [], "2 jobs": []}
    unchanged: dict[str, list[Cost]] = {"1 job": [], "2 jobs": []}
    for number in range(rounds):
        for name in [*first][:: 1 if number % 2 == 0 else -1]:
            database = folder / f"jobs{name[0]}.duckdb"
            database.unlink(missing_ok=True)
            arguments = ("ingest", str(folder / "pages"), "--db", str(database), "--jobs", name[0])
            first[name].append(ducha(*arguments))
            unchanged[name].append(_median([ducha(*arguments) for _ in range(again)]))
    heads = "seconds | CPU seconds | pages/s | × as fast | as | MB main process | MB largest process"
    yield f"| `ducha ingest` of {pages} pages, {rounds} rounds | {heads} |"
    yield "| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: |"
    for name, found in first.items():
        yield _run_line(name, found, "1 job", first["1 job"], pages)
        yield _run_line(f"unchanged, {name}", unchanged[name], name, found, pages)


def _warmed(folder: Path) -> None:
    """Bytecode is compiled and the libraries are read from the disk before the clock runs."""
    written(folder / "warm", len(LAYOUTS))
    for _ in range(2):
        ducha("ingest", str(folder / "warm"), "--db", str(folder / "warm.duckdb"), "--jobs", "2")


def _median(costs: list[Cost]) -> Cost:
    return Cost(*map(statistics.median, zip(*costs, strict=True)))


def _run_line(name: str, found: list[Cost], of: str, yardstick: list[Cost], pages: int) -> str:
    wall, cpu, main, largest = _median(found)
    faster = statistics.median(a.wall / b.wall for a, b in zip(yardstick, found, strict=True))
    speed = f"{wall:.2f} | {cpu:.2f} | {pages / wall:.1f} | {faster:.2f} | {of}"
    return f"| {name} | {speed} | {main:.0f} | {largest:.0f} |"


def growth(folder: Path, sizes: list[int], notes: Notes, characters: int | None = None) -> Iterator[str]:
    """The cost of a page in small and large runs, with 2 jobs; each size is noted when it is done."""
    each = f"of {characters:,} characters" if characters else "of all sizes"
    times = "seconds | ms a page | × the first | CPU ms a page | × the first"
    yield f"| pages {each} | {times} | MB main process | MB largest process | MB database |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    first: list[float] = []
    for size in sizes:
        *found, stored = notes.kept(f"growth {size}", partial(_grown, folder, size, characters))
        cost = Cost(*found)
        both = [1000 * cost.wall / size, 1000 * cost.cpu / size]
        first = first or both
        shown = " | ".join(f"{now:.0f} | {now / then:.2f}" for now, then in zip(both, first, strict=True))
        yield f"| {size} | {cost.wall:.1f} | {shown} | {cost.main:.0f} | {cost.largest:.0f} | {stored:.0f} |"


def _grown(folder: Path, size: int, characters: int | None) -> list[float]:
    """The cost of a run over so many pages, and the size of the database in MB."""
    if not (folder / "warm").exists():
        _warmed(folder)
    written(folder / f"grow{size}", size, characters)
    database = folder / f"grow{size}.duckdb"
    cost = ducha("ingest", str(folder / f"grow{size}"), "--db", str(database), "--jobs", "2")
    stored = database.stat().st_size / 1e6
    shutil.rmtree(folder / f"grow{size}")
    database.unlink()
    return [*cost, stored]


def accuracy(folder: Path, pages: int) -> Iterator[str]:
    """Tasks whose every labelled field is exact, by layout."""
    gold = written(folder / "exact", pages)
    database = folder / "exact.duckdb"
    ducha("ingest", str(folder / "exact"), "--db", str(database), "--jobs", "2")
    scores = exact(database, json.loads(gold.read_text(encoding="utf-8")))
    yield "| layout | pages | tasks labelled | tasks found | tasks exact | share exact |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    layouts = sorted({one.file_name.split("-")[0] for one in scores})
    for layout in [*layouts, ""]:
        those = [one for one in scores if one.file_name.startswith(layout)]
        labelled, found, right = (sum(column) for column in list(zip(*those, strict=True))[1:])
        share = f"{labelled} | {found} | {right} | {right / labelled:.4f}"
        yield f"| {layout or '**all**'} | {len(those)} | {share} |"


def latencies(folder: Path, tasks: int, rounds: int, pages: int = 70) -> Iterator[str]:
    """Warm searches and the queries of docs/queries.md on a large database."""
    written(folder / "seed", pages)
    small, large = folder / "seed.duckdb", folder / "large.duckdb"
    ducha("ingest", str(folder / "seed"), "--db", str(small), "--jobs", "2")
    found = enlarged(small, large, tasks)
    size = large.stat().st_size / 1e6
    yield f"| on {found:,} tasks ({size:.0f} MB), {rounds} rounds | median ms | slowest ms | which |"
    yield "| --- | ---: | ---: | --- |"
    yield _latency_line("searches, warm", searches(large, rounds))
    yield _latency_line("queries of docs/queries.md, opening included", questions(large, max(1, rounds // 2)))


def _latency_line(name: str, found: Latency) -> str:
    return f"| {found.asked} {name} | {found.median:.0f} | {found.slowest:.0f} | {found.name} |"


def profile(pages: int) -> Iterator[str]:
    """The functions with the largest cumulated share of the time under cProfile."""
    yield f"| {pages} pages of all layouts, one process | share with callees | own share | calls a page |"
    yield "| --- | ---: | ---: | ---: |"
    for hot in hotspots(list(sheets(pages)))[:_HOT]:
        yield f"| `{hot.place}` | {hot.total:.1%} | {hot.own:.1%} | {hot.calls / pages:.0f} |"
