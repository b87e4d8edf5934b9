"""Search finds words in either script, ranks the better task first, and grows with the documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from schema.errors import UsageError
from schema.page import RawDocument
from store.database import reading
from store.search import Hit, Wanted, search

Fill = Callable[..., Path]
SCRIPT = str.maketrans("設備創業園區", "设备创业园区")


def page(uri: str, *pairs: str) -> RawDocument:
    lines = ["某市重点任务"]
    for number, pair in enumerate(pairs, 1):
        content, progress = pair.split("|")
        lines += [f"第{number}项:{content}", progress]
    return RawDocument(uri, uri, "\n".join(lines).encode())


FIRST = page(
    "a.txt",
    "建设集成电路设备园区|集成电路设备企业入驻5家。",
    "办好科普周|科普活动12场,涉及集成电路。",
)
SECOND = page(
    "b.txt",
    "支持创业孵化|创业园区新增3个,5G基站已覆盖。",
    "整治占道经营|清理占道经营40处。",
)


def found(path: Path, text: str, **filters: object) -> list[Hit]:
    with reading(path) as connection:
        return search(connection, Wanted(text, **filters), lambda query: query.translate(SCRIPT))  # type: ignore[arg-type]


@pytest.fixture
def path(fill: Fill) -> Path:
    return fill(FIRST, SECOND)


def test_the_better_task_comes_first(path: Path) -> None:
    hits = found(path, "集成电路设备")
    assert [hit.title for hit in hits] == ["建设集成电路设备园区", "办好科普周"]
    assert hits[0].score > hits[1].score > 0
    assert "集成电路" in hits[0].snippet


def test_traditional_queries_and_full_width_letters(path: Path) -> None:
    assert found(path, "創業園區")[0].title == "支持创业孵化"
    assert found(path, "創業園區") == found(path, "创业园区")
    assert [hit.title for hit in found(path, "５ｇ")] == ["支持创业孵化"]


def test_phrases_stand_as_they_are(path: Path) -> None:
    assert {hit.title for hit in found(path, "园区 新增")} == {"建设集成电路设备园区", "支持创业孵化"}
    assert [hit.title for hit in found(path, "“园区新增”")] == ["支持创业孵化"]
    assert found(path, '"新增园区"') == []
    assert [hit.title for hit in found(path, "「5g基站已」")] == ["支持创业孵化"]
    assert [hit.title for hit in found(path, "“集成电路” “园区”")] == ["建设集成电路设备园区"]
    assert [hit.title for hit in found(path, "“园区”", year=2021, status="completed", limit=1)] != []


def test_filters(path: Path) -> None:
    assert len(found(path, "园区", year=2021)) == 2
    assert found(path, "园区", year=2020) == []
    assert len(found(path, "园区", agency="科委", status="completed")) == 2
    assert found(path, "园区", status="behind") == []
    assert len(found(path, "园区", limit=1)) == 1


def test_words_nobody_wrote(path: Path) -> None:
    assert found(path, "量子") == []
    with pytest.raises(UsageError, match="no words"):
        found(path, "，。")


def test_the_index_grows_and_shrinks_with_the_documents(path: Path, fill: Fill) -> None:
    fill(page("c.txt", "量子计算平台|完成。"))
    assert len(found(path, "量子")) == 1
    fill(page("c.txt", "量子计算平台|完成。"), version="2")
    assert len(found(path, "量子")) == 1
    assert len(found(path, "集成电路")) == 2
