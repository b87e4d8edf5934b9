"""Properties of text with provenance: slices compose, joins add up, spans lie in their parent's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.text import Text

CHARACTERS = st.text(alphabet="督查一二 \n，。a1", min_size=0, max_size=40)
PIECES = st.lists(st.tuples(CHARACTERS, st.integers(0, 500)), min_size=1, max_size=5)
BLANK = re.compile(r"\s+")

settings.register_profile("steady", derandomize=True, max_examples=300, deadline=None)
settings.load_profile("steady")


def joined(pieces: list[tuple[str, int]]) -> Text:
    return Text.join([Text.of(value, at) for value, at in pieces], "\n")


@given(PIECES, st.data())
def test_slices_compose(pieces: list[tuple[str, int]], data: st.DataObject) -> None:
    text = joined(pieces)
    size = len(text)
    a, b = sorted((data.draw(st.integers(0, size)), data.draw(st.integers(0, size))))
    c, d = sorted((data.draw(st.integers(0, b - a)), data.draw(st.integers(0, b - a))))
    assert text[a:b][c:d] == text[a + c : a + d]
    assert text[a:b].value == text.value[a:b]


@given(PIECES, st.data())
def test_joins_add_up(pieces: list[tuple[str, int]], data: st.DataObject) -> None:
    text = joined(pieces)
    at = data.draw(st.integers(0, len(text)))
    whole = text[:at] + text[at:]
    assert whole.value == text.value
    assert [whole.locate(i, i + 1) for i in range(len(whole))] == [
        text.locate(i, i + 1) for i in range(len(text))
    ]


@given(PIECES)
def test_every_place_lies_in_its_parents(pieces: list[tuple[str, int]]) -> None:
    text = joined(pieces)
    low, high = text.bounds()
    for index in range(len(text)):
        start, end = text.locate(index, index + 1)
        if end > start:
            assert low <= start < end <= high
            assert any(at <= start < end <= at + len(value) for value, at in pieces)


@given(PIECES)
def test_characters_stand_for_themselves_in_the_source(pieces: list[tuple[str, int]]) -> None:
    value, at = pieces[0]
    text = Text.of(value, at).sub(BLANK, " ").strip()
    for index, character in enumerate(text.value):
        start, end = text.locate(index, index + 1)
        source = value[start - at : end - at]
        assert source == character or (character == " " and source.isspace())


@given(PIECES)
def test_substitution_keeps_what_it_does_not_touch(pieces: list[tuple[str, int]]) -> None:
    text = joined(pieces)
    done = text.sub(re.compile("查"), "察察")
    assert done.value == text.value.replace("查", "察察")
    kept = [done.locate(i, i + 1) for i, c in enumerate(done.value) if c != "察"]
    assert kept == [text.locate(i, i + 1) for i, c in enumerate(text.value) if c != "查"]


@given(PIECES)
def test_split_and_strip_lose_nothing_but_what_they_name(pieces: list[tuple[str, int]]) -> None:
    text = joined(pieces)
    parts = list(text.split(re.compile("\n")))
    assert [part.value for part in parts] == text.value.split("\n")
    assert text.strip().value == text.value.strip()


def test_made_text_owns_an_interval_or_nothing() -> None:
    entity = Text.of("A", 0) + Text.made("&", 1, 6) + Text.of("B", 6)
    assert (entity.locate(1, 2), entity.bounds(), entity.pieces()) == ((1, 6), (0, 7), ((0, 7),))
    glued = Text.join([Text.of("甲", 3), Text.of("乙", 9)], "\n")
    assert (glued.value, glued.pieces(), glued.locate(1, 2)) == ("甲\n乙", ((3, 4), (9, 10)), (4, 4))


def test_a_fold_keeps_its_length() -> None:
    assert Text.of("進展", 4).replaced("进展").bounds() == (4, 6)
    with pytest.raises(ValueError, match="length"):
        Text.of("進展").replaced("进")


def test_slices_have_no_step() -> None:
    with pytest.raises(ValueError, match="step"):
        Text.of("进展情况")[::2]
