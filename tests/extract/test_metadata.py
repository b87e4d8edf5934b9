"""What pages say about themselves."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.body import Body
from extract.metadata import FIELDS, Metadata, read_metadata
from schema.page import Block, MetaTag, Page, RawDocument
from schema.text import Text

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "metadata.yml").read_text(encoding="utf-8")
)
GOOD = [case for name in ("in_the_wild", "synthetic", "negative") for case in CASES[name]]


def page_of(value: str, meta: tuple[MetaTag, ...] = ()) -> Page:
    """A page of one block a line."""
    blocks, place = [], 0
    for line in value.split("\n"):
        blocks += [Block("paragraph", place, place + len(line))] if line.strip() else []
        place += len(line) + 1
    return Page(
        RawDocument("a.txt", "a.txt", b""), "text/plain", "utf-8", Text.of(value), tuple(blocks), meta
    )


def values(metadata: Metadata) -> dict[str, Any]:
    stated = {name: metadata.value(name) for name in FIELDS if name != "region_code"}
    return {name: value for name, value in stated.items() if value is not None}


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    assert values(read_metadata(Body(page_of(case["page"])))) == case["read"]


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", CASES["known_failures"], ids=lambda case: case["name"])
def test_known_failures(case: dict[str, Any]) -> None:
    assert values(read_metadata(Body(page_of(case["page"])))) == case["read"]


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case["name"])
def test_every_fact_is_where_it_says(case: dict[str, Any]) -> None:
    page = page_of(case["page"])
    for _, found in read_metadata(Body(page)).found():
        pieces = [page.text.value[start:end] for start, end in found.at.pieces()]
        assert "".join(pieces) == found.at.value
        if isinstance(found.value, str):
            assert found.value == found.at.value


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case["name"])
def test_labels_do_not_overlap(case: dict[str, Any]) -> None:
    labels = read_metadata(Body(page_of(case["page"]))).labels
    assert all(a.end <= b.start for a, b in pairwise(labels))


def test_inferred_year_is_an_issue() -> None:
    metadata = read_metadata(Body(page_of("某局任务完成情况报告\n发布时间：2022-01-20\n一、已完成")))
    assert metadata.value("report_year") == 2021
    assert [found.code for found in metadata.issues] == ["year_inferred"]
    assert "publication date" in metadata.issues[0].message
    stated = read_metadata(Body(page_of("某局2021年任务完成情况报告\n发布时间：2022-01-20\n一、已完成")))
    assert stated.issues == ()


@pytest.mark.parametrize(
    ("page", "year"),
    [
        ("督查组对2025年《政府工作报告》任务开展督查。\n从完成情况看，已完成12项，推进缓慢3项。", 2025),
        (
            "上半年我市实事项目加快推进\n2025年，省级实事已完成12项。\n2025年，市级实事9项。\n下一步，持续推进2025年实事，编排2026年项目。",
            2025,
        ),
        (
            (
                "2018年11月22日在某市人大常委会第十六次会议上\n市审计局局长 某某\n主任、各位委员：\n"
                "我报告我市2017年度本级预算执行和其他财政收支审计查出问题的整改情况，请予审议。"
            ),
            2017,
        ),
        ("2023年12月召开会议。\n2024年整改情况：已完成3项。", None),
        ("项目现场观摩会举行\n2024-05-21\n5月20日，市领导观摩，会上通报了进展情况。", None),
    ],
)
def test_year_of_pages_whose_title_names_none(page: str, year: int | None) -> None:
    assert read_metadata(Body(page_of(page))).value("report_year") == year


def test_declarations_have_no_place_in_the_text() -> None:
    meta = (
        MetaTag("ArticleTitle", "某局2021年任务完成情况", (0, 12)),
        MetaTag("PubDate", "2022-01-20 10:00", (20, 36)),
        MetaTag("ContentSource", "某局办公室", (40, 45)),
    )
    metadata = read_metadata(Body(page_of("第1项：修路。\n进展情况：已完成。", meta)))
    assert values(metadata)["title"] == "某局2021年任务完成情况"
    assert values(metadata)["info_source"] == "某局办公室"
    assert str(values(metadata)["published_on"]) == "2022-01-20"
    assert not list(metadata.found())


def test_region_of_the_agency() -> None:
    metadata = read_metadata(Body(page_of("北京市科学技术委员会关于2018年度工作的自查报告\n一、基本情况")))
    assert (metadata.value("region_code"), metadata.region) == ("110000", "北京市")
