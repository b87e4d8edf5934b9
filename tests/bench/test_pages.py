"""The made pages: the same for a seed, of every layout, and holding their own gold."""

from __future__ import annotations

import hashlib

import pytest
from opencc import OpenCC

from bench.corpus import HTML_LAYOUTS, sheets
from bench.pages import LAYOUTS, Sheet, page

GB18030 = ("sheet",)
FIELDS = ("seq", "content", "source", "progress", "problems")


def decoded(sheet: Sheet) -> str:
    old = sheet.layout in GB18030 or b"charset=gb2312" in sheet.data
    return sheet.data.decode("gb18030" if old else "utf-8")


def test_a_seed_gives_the_same_bytes_everywhere() -> None:
    digest = hashlib.sha256(b"".join(sheet.data for sheet in sheets(len(LAYOUTS)))).hexdigest()
    assert digest == hashlib.sha256(b"".join(page(seed).data for seed in range(len(LAYOUTS)))).hexdigest()
    assert digest.startswith("856dbb43d23ab251")


def test_layouts_take_turns_and_seeds_differ() -> None:
    made = list(sheets(2 * len(LAYOUTS)))
    assert [sheet.layout for sheet in made] == [*LAYOUTS, *LAYOUTS]
    assert len({sheet.data for sheet in made}) == len(made)
    assert {sheet.layout for sheet in sheets(8, HTML_LAYOUTS)} == set(HTML_LAYOUTS)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_gold_stands_in_the_page(layout: str) -> None:
    sheet = page(3, layout)
    text = decoded(sheet)
    written = OpenCC("s2t").convert if layout == "flattened" else str
    assert sheet.gold["tasks"]
    assert written(sheet.gold["meta"]["title"]) in text
    for task in sheet.gold["tasks"]:
        assert set(task) <= set(FIELDS)
        assert [field for field, value in task.items() if written(value) not in text] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_has_the_length_of_real_ones(layout: str) -> None:
    lengths = [len(decoded(page(seed, layout))) for seed in range(12)]
    assert min(lengths) >= 1_500
    assert max(lengths) <= 40_000
    assert max(lengths) >= 3 * min(lengths)
