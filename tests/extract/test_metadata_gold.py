"""Metadata against the labelled documents: the seeds exactly, the others not below a floor."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from extract.body import Body
from extract.metadata import read_metadata
from extract.script import fold, simplify
from ingest.read import read_page
from schema.page import RawDocument

KEYS = {
    "title": "title",
    "agency": "agency",
    "published_on": "publish_date",
    "report_year": "report_year",
    "index_no": "index_number",
    "doc_no": "document_number",
}
# Right of labelled, measured; raise a floor when the rules get better, never lower one.
FLOORS = {"title": 27, "agency": 26, "published_on": 25, "report_year": 27, "index_no": 4, "doc_no": 5}


def plain(value: Any) -> str | None:
    """Compared without white space, in simplified and compatible characters."""
    return None if value is None else simplify("".join(unicodedata.normalize("NFKC", str(value)).split()))


def read(path: Path) -> dict[str, str | None]:
    page, _ = fold(read_page(RawDocument(path.name, path.name, path.read_bytes())))
    metadata = read_metadata(Body(page))
    return {name: plain(metadata.value(name)) for name in (*KEYS, "info_source")}


def labelled(folder: Path) -> dict[Path, dict[str, Any]]:
    return {
        folder / "docs" / f"{path.stem}.txt": json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((folder / "gold").glob("*.json"))
    }


def accepted(gold: dict[str, Any], name: str) -> set[str | None]:
    more = gold.get(f"{name}_accept") or [] if name in {"title", "agency"} else []
    return {plain(gold[KEYS[name]]), *(plain(value) for value in more)}


def test_the_seeds_exactly(shared: Path) -> None:
    for file in ("seeds.json", "seeds_narrative_meta.json"):
        for name, gold in json.loads((shared / "gold" / file).read_text(encoding="utf-8")).items():
            (path,) = (shared / "seeds").glob(f"{name[:3]}*.txt")
            found = read(path)
            wanted = {key: plain(value) for key, value in gold["meta"].items()}
            assert {key: found[key] for key in wanted} == wanted


@pytest.mark.parametrize("name", KEYS)
def test_the_others_not_below_the_floor(shared: Path, name: str) -> None:
    pages = {**labelled(shared / "real"), **labelled(shared / "analogues")}
    wrong, right = [], 0
    for path, gold in pages.items():
        if KEYS[name] not in gold or (name in {"index_no", "doc_no"} and gold[KEYS[name]] is None):
            continue
        value = read(path)[name]
        right += value in accepted(gold, name)
        wrong += [] if value in accepted(gold, name) else [(path.name, value)]
    assert right >= FLOORS[name], wrong
