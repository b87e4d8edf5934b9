"""Folders of made pages with their gold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bench.pages import LAYOUTS, Sheet, page

# The layouts whose pages are HTML in simplified characters: those that others can read as well.
HTML_LAYOUTS = ("table", "labelled", "narrative", "assignments")


def sheets(
    count: int, layouts: tuple[str, ...] = tuple(LAYOUTS), characters: int | None = None
) -> Iterator[Sheet]:
    """So many pages, the layouts in turn; a longer run begins with the pages of a shorter one."""
    return (page(seed, layouts[seed % len(layouts)], characters) for seed in range(count))


def written(folder: Path, count: int, characters: int | None = None) -> Path:
    """Writes the pages into the folder and their gold beside it; returns the file of the gold."""
    folder.mkdir(parents=True)
    gold = {}
    for sheet in sheets(count, characters=characters):
        (folder / sheet.name).write_bytes(sheet.data)
        gold[sheet.name] = sheet.gold
    path = folder.with_suffix(".gold.json")
    path.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return path
