"""The same reports give the same bytes, whatever surrounds the run (samples/ through the command line)."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.export import FORMATS
from tests.command import ducha
from tests.golden import samples

NAMES = sorted(str(path) for path in samples())
HALF = len(NAMES) // 2
SURROUNDINGS: dict[str, tuple[list[str], int, dict[str, str]]] = {
    "backwards, other seed, C, no workers": (
        NAMES[::-1],
        0,
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Pacific/Kiritimati"},
    ),
    "odd before even, other seed, GBK, two workers": (
        NAMES[1::2] + NAMES[::2],
        2,
        {"PYTHONHASHSEED": "4242", "LC_ALL": "zh_CN.GBK", "LANG": "zh_CN.GBK", "TZ": "America/St_Johns"},
    ),
}


def exports(folder: Path, runs: list[list[str]], jobs: int, surroundings: dict[str, str]) -> dict[str, bytes]:
    """Every file of every format, after these runs of ``ingest``."""
    folder.mkdir()
    for names in runs:
        done = ducha("ingest", *names, "--jobs", jobs, cwd=folder, **surroundings)
        assert done.returncode == 0, done.stderr.decode()
    for form in FORMATS:
        assert ducha("export", form, "--format", form, cwd=folder, **surroundings).returncode == 0
    files = [path for form in FORMATS for path in (folder / form).iterdir()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    surroundings = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    return exports(tmp_path_factory.mktemp("repeatable") / "a", [NAMES], 1, surroundings)


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_exports_do_not_depend_on_the_surroundings(
    name: str, expected: dict[str, bytes], tmp_path: Path
) -> None:
    names, jobs, surroundings = SURROUNDINGS[name]
    found = exports(tmp_path / "b", [names], jobs, surroundings)
    assert [file for file in expected if found.get(file) != expected[file]] == []
    assert found.keys() == expected.keys()


def test_exports_do_not_depend_on_the_number_of_runs(expected: dict[str, bytes], tmp_path: Path) -> None:
    found = exports(tmp_path / "b", [NAMES[HALF:], NAMES, NAMES[:HALF]], 0, {"PYTHONHASHSEED": "7"})
    assert [file for file in expected if found.get(file) != expected[file]] == []


def test_the_exports_hold_the_samples(expected: dict[str, bytes]) -> None:
    assert len(expected["csv/documents.csv"].splitlines()) > len(NAMES)
    assert len(expected["jsonl/tasks.jsonl"].splitlines()) > 100
    assert {name.split("/")[0] for name in expected} == {*FORMATS}
