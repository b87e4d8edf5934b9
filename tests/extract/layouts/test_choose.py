"""What isn't asked could not have won."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.body import Body
from extract.layouts.choose import STRATEGIES, choose
from extract.script import fold
from ingest.read import read_page
from schema.page import RawDocument
from tests.corpus.score import HALVES, documents

Bodied = Callable[..., Body]

PATHS = [path for half in HALVES for path in documents(half)]


@pytest.mark.parametrize("path", PATHS, ids=[f"{path.parent.name}-{path.name}" for path in PATHS])
def test_no_score_is_above_what_is_said_of_its_strategy(path) -> None:  # type: ignore[no-untyped-def]
    body = Body(fold(read_page(RawDocument(path.name, path.name, path.read_bytes())))[0])
    readings = [(strategy(body), highest) for strategy, highest in STRATEGIES]
    assert [(one.layout, one.score) for one, highest in readings if not 0 <= one.score <= highest] == []
    assert choose(body) == max((one for one, _ in readings), key=lambda one: one.score)


def test_the_layout_that_a_form_names_comes_first(body: Bodied) -> None:
    text = (
        "一、修路\n已完成3公里。\n二、架桥\n已开工。\n任务\t进展\n修路\t已完成\n架桥\t已开工\n植树\t已完成\n"
    )
    page = body(text)
    assert (choose(page).layout, choose(page, "narrative").layout) == ("table", "narrative")
