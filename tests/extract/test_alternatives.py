"""Alternatives: what is sought in two steps is what one search finds, on every phrase of the rule cases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from extract import dates, numbering
from extract.alternatives import Endings, longest_first, sought
from extract.fields import cues, dated, deadlines, named, steps
from extract.fields.quantity import periods

CASES = Path(__file__).parents[1] / "cases"
PAIRS = {
    "markers": (numbering._BEGUN, numbering._HEAD),
    "steps": (steps._BEGUN, steps._TOLD),
    "periods": (periods._BEGUN, periods.PERIOD),
    "mentioned dates": (dated._BEGUN, dated._DATE),
    "dates": (dates._BEGUN, dates._DATE),
    "ends of years": deadlines._year_words(True),
    "cues": cues._patterns("cues"),
    "weak cues": cues._patterns("weak"),
    "regions": named._region(),
}
# a proposal's number has no sign of its own in front: `市十六届人大四次会议第18号建议：`
KNOWN_BY_ITSELF = {"markers": numbering._PROPOSED}


def _strings(data: object) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _strings(value)]
    if isinstance(data, list):
        return [text for value in data for text in _strings(value)]
    return [str(data)]


TEXTS = sorted(
    {
        text
        for path in CASES.glob("*.yml")
        for text in _strings(yaml.safe_load(path.read_text(encoding="utf-8")))
    }
)


@pytest.mark.parametrize("name", PAIRS)
def test_two_steps_find_what_one_finds(name: str) -> None:
    first, pattern = PAIRS[name]
    apart = KNOWN_BY_ITSELF.get(name)
    texts = [text for text in TEXTS if not (apart and apart.search(text))]
    found = [[match.span() for match in sought(first, pattern, text)] for text in texts]
    assert found == [[match.span() for match in pattern.finditer(text)] for text in texts]
    assert sum(map(len, found)) >= 3


def test_the_longest_word_is_found_whatever_the_order() -> None:
    pattern = re.compile(longest_first(["完成", "建", "完成率", "完", "建成"], "(?!后)"))
    assert pattern.findall("完成率、完成后、完工、建成") == ["完成率", "完", "完", "建成"]


def test_endings_lie_inside_the_stretch() -> None:
    endings = Endings(["委员会", "会"])
    assert [endings.before("管理委员会", 5, start) for start in (0, 2, 3, 5)] == [3, 3, 1, 0]
