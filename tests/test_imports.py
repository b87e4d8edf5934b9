"""No module needs another that needs it, not even by an import inside a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("console", "ingest", "extract", "schema", "store", "words")
FILES = [
    ROOT / "cli.py",
    ROOT / "pipeline.py",
    *(path for room in ROOMS for path in (ROOT / room).rglob("*.py")),
]
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in FILES}


def named(node: ast.AST) -> Iterator[str]:
    """The modules that a statement may import."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported(node: ast.AST) -> Iterator[str]:
    """The modules that a piece of code imports when it runs; those for annotations only are left out."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    yield from named(node)
    for child in ast.iter_child_nodes(node):
        yield from imported(child)


def test_no_circle() -> None:
    graph = {
        name: {other for other in imported(ast.parse(path.read_text("utf-8"))) if other in MODULES}
        for name, path in MODULES.items()
    }
    assert len(graph["cli"]) > 3
    assert len([*TopologicalSorter(graph).static_order()]) == len(MODULES)
