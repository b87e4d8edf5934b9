"""The rules of the house that no linter knows. See docs/architecture.md."""

from __future__ import annotations

import ast
import re
import statistics
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.golden import SAMPLES, golden_of, samples

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
ROOMS = [name.rstrip("*") for name in PROJECT["packages"]["find"]["include"]]
MODULES = [ROOT / f"{name}.py" for name in PROJECT["py-modules"]]
SOURCES = sorted([*MODULES, *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))])
SCRIPTS = sorted((ROOT / "tests").rglob("*.py"))
MAX_FILE, MAX_FUNCTION, MAX_MEDIAN = 300, 60, 10
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "misc", "tools"}
TEXTS = {".py", ".md", ".toml", ".tsv", ".sql", ".yml", ".json", ".txt", ".lock", ""}
# Put together here so that this file passes its own test: home folders, and the hosts of package registries.
MACHINE = re.compile(
    "|".join(["/" + "root/", "/" + "work/", "/" + "home/", "/" + "Users/", r"[A-Z]:\\" + "Users"])
)
REGISTRY = re.compile("|".join(["py" + "pi", "python" + "hosted", "conda" + "-forge"]), re.I)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length in lines of every function, its docstring left out of the count."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            docstring = ast.get_docstring(node) is not None and (first.end_lineno or 0) - first.lineno + 1
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - int(docstring)


def tracked() -> list[Path]:
    """The project's text files: everything but what tools leave behind."""
    rooms = [*ROOMS, "docs", "samples", "tests", ".ci"]
    inside = [path for room in rooms for path in (ROOT / room).rglob("*") if path.is_file()]
    files = inside + [
        path for path in ROOT.iterdir() if path.is_file() and not path.name.endswith((".duckdb", ".wal"))
    ]
    return sorted(path for path in files if path.suffix in TEXTS and "__pycache__" not in path.parts)


@pytest.mark.parametrize("path", SOURCES + SCRIPTS, ids=named)
def test_a_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_FILE


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_function_is_short(path: Path) -> None:
    assert [name for name, lines in functions(path) if lines > MAX_FUNCTION] == []


def test_half_of_all_functions_fit_a_glance() -> None:
    assert statistics.median(lines for path in SOURCES for _, lines in functions(path)) <= MAX_MEDIAN


def test_a_module_is_named_for_what_it_holds() -> None:
    assert [named(path) for path in SOURCES if VAGUE & {path.stem, *path.relative_to(ROOT).parts}] == []


def test_the_rules_of_extract_are_written_in_simplified_characters() -> None:
    """Pages are folded before extract reads them: a traditional character in a rule never matches."""
    from opencc import OpenCC

    fold = OpenCC("t2s").convert
    rules = [path for path in (ROOT / "extract").rglob("*.t*") if path.suffix in {".toml", ".tsv", ".txt"}]
    found = {
        named(path): [word for word in path.read_text(encoding="utf-8").split() if fold(word) != word]
        for path in rules
        if not path.stem.startswith("script")
    }
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("pattern", [MACHINE, REGISTRY], ids=["path", "host"])
def test_no_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    assert [
        named(path) for path in tracked() if pattern.search(path.read_bytes().decode("utf-8", "replace"))
    ] == []


def test_every_command_is_documented() -> None:
    import typer

    import cli

    documents = [ROOT / "README.md", ROOT / "docs" / "contract.md"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in documents)
    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    assert commands
    assert [name for name in commands if f"`{name}" not in text and f"ducha {name}" not in text] == []


def test_every_issue_is_documented() -> None:
    from schema.issues import CATALOGUE

    text = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    assert [code for code in CATALOGUE if f"`{code}`" not in text] == []


def test_every_table_and_column_is_documented() -> None:
    from schema.records import Document, Task

    text = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    nested = {"sources", "steps", "units", "metrics", "mentions", "targets", "spans"}
    columns = {*Document.model_fields, *Task.model_fields} - nested
    assert sorted(column for column in columns if column not in text) == []


def test_every_sample_has_its_golden_file_and_the_other_way_round() -> None:
    expected = {golden_of(path) for path in samples()}
    assert expected
    assert expected == set(SAMPLES.glob("*.golden.json"))
    assert len(expected) == len(samples())
