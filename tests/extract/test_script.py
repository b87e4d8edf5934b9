"""The fold to simplified characters against the library it is made from."""

from __future__ import annotations

import random
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from extract.script import convert, fold, script_of, simplify
from schema.page import Block, MetaTag, Page, RawDocument
from schema.text import Text

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def reference() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def table(name: str) -> list[tuple[str, str]]:
    lines = files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8").splitlines()
    return [(line.split("\t")[0], line.split("\t")[1].split(" ")[0]) for line in lines]


def page_of(value: str) -> Page:
    raw = RawDocument("a.txt", "a.txt", b"")
    meta = (MetaTag("ArticleTitle", value[:4], (0, 4)),)
    return Page(raw, "text/plain", "utf-8", Text.of(value), (Block("paragraph", 0, len(value)),), meta)


def test_equals_the_library_on_its_own_phrases(reference: Any) -> None:
    phrases = [old for old, _ in table("TSPhrases.txt")]
    mixed = [a + b for a, b in zip(phrases, phrases[7:] + phrases[:7], strict=True)]
    for phrase in phrases + mixed:
        assert convert(phrase) == reference.convert(phrase)


def test_equals_the_library_on_its_own_characters(reference: Any) -> None:
    text = "".join(old for old, _ in table("TSCharacters.txt"))
    assert convert(text) == reference.convert(text)


def test_equals_the_library_on_random_lines(reference: Any) -> None:
    choice = random.Random(20261122)
    phrases = [old for old, _ in table("TSPhrases.txt")]
    letters = [old for old, _ in table("TSCharacters.txt")] + list("的一是在了有和人這中大，。：（）-2021 \n")
    for _ in range(10_000):
        parts = [
            choice.choice(phrases)[: choice.randint(1, 9)]
            if choice.random() < 0.3
            else choice.choice(letters)
            for _ in range(choice.randint(1, 14))
        ]
        line = "".join(parts)
        assert convert(line) == reference.convert(line)


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed documents are not here")
def test_equals_the_library_on_the_seeds(reference: Any) -> None:
    scripts = {}
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        scripts[path.name[:3]] = script_of(text)
        assert convert(text) == reference.convert(text)
        assert len(simplify(text)) == len(text)
        if scripts[path.name[:3]] == "Hans":
            assert simplify(text) == text
    assert scripts == {"000": "Hant", "001": "Hans", "002": "Hans", "003": "Hans", "004": "Hans"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("著力推動", "着力推动"),
        ("成效顯著", "成效显著"),
        ("著名專著、著作", "著名专著、著作"),
        ("圍繞著重點", "围绕着重点"),
        ("陝西、陜北", "陕西、陕北"),
        ("瞭解情況", "了解情况"),
        ("乾坤、乾燥", "乾坤、干燥"),
        ("\uf966興計畫", "复兴计划"),
        ("对著名企业的著力点", "对著名企业的着力点"),
    ],
)
def test_after_table(old: str, new: str) -> None:
    assert simplify(old) == new


def test_fold_keeps_offsets_and_changes_traditional_pages_only() -> None:
    page = page_of("進展情況：已於6月完成著作權登記。上一篇：没有了")
    folded, script = fold(page)
    assert script == "Hant"
    assert folded.text.value == "进展情况：已于6月完成著作权登记。上一篇：没有了"
    assert folded.text.locate(3, 9) == page.text.locate(3, 9)
    assert folded.meta[0].value == "进展情况"
    simplified = page_of("进展情况：瞭望塔、乾隆、著名的塔已建成。")
    assert fold(simplified) == (simplified, "Hans")


def test_no_evidence_no_script() -> None:
    assert script_of("") is None
    assert script_of("2021年1—9月，5.2%") is None
