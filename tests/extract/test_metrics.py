"""Metrics: precision and recall on labelled phrases, places, subjects, periods, hostile input."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from extract.context import Context
from extract.fields.metrics import metrics, readings
from extract.fields.quantity.measures import bounds_before, bounds_behind, fold, hide_names, kinds, measures
from extract.fields.quantity.periods import PERIOD
from schema.records import Metric
from schema.text import Text
from tests.clock import seconds

CASES = Path(__file__).parents[1] / "cases"
Fact = tuple[float, float | None, str | None, str]
GATE = 0.98


def _bins() -> dict[str, list[str]]:
    bins: dict[str, list[str]] = {}
    for path in sorted(CASES.glob("metrics_*.yml")):
        for name, rows in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            bins.setdefault(name, []).extend(rows)
    return bins


BINS = _bins()
POSITIVE = BINS["in_the_wild"] + BINS["synthetic"]


def _labels(row: str) -> tuple[str, list[Fact]]:
    phrase, _, stated = row.partition(" => ")
    return phrase, [_fact(label) for label in stated.split("; ")]


def _fact(label: str) -> Fact:
    number, unit, comparator = label.split()
    low, _, high = number.partition("~")
    value = round(float(Fraction(low)), 6)
    return value, float(high) if high else None, None if unit == "-" else unit, comparator


def _read(phrase: str) -> list[Metric]:
    return [found.value for found in metrics("progress", Text.of(phrase), Context())]


def _facts(phrase: str) -> list[Fact]:
    return [(round(m.value, 6), m.value_high, m.unit, m.comparator) for m in _read(phrase)]


def test_enough_labels() -> None:
    assert len(set(POSITIVE)) + len(set(BINS["negative"])) >= 500
    assert len(set(BINS["negative"])) >= 80


@pytest.mark.parametrize("row", POSITIVE)
def test_phrase(row: str) -> None:
    phrase, stated = _labels(row)
    assert _facts(phrase) == stated


@pytest.mark.parametrize("phrase", BINS["negative"])
def test_no_metric(phrase: str) -> None:
    assert _facts(phrase) == []


@pytest.mark.parametrize("row", BINS["known_failures"])
@pytest.mark.xfail(strict=True, reason="not read yet")
def test_known_failure(row: str) -> None:
    phrase, stated = _labels(row)
    assert _facts(phrase) == stated


@pytest.mark.parametrize("part", ["value", "unit", "comparator"])
def test_precision_and_recall(part: str) -> None:
    """The gate of the issue, known failures counted against it too."""
    pick = {"value": slice(0, 2), "unit": slice(2, 3), "comparator": slice(3, 4)}[part]
    hits = read = stated = 0
    for row in [*POSITIVE, *BINS["known_failures"], *BINS["negative"]]:
        phrase, labels = _labels(row) if " => " in row else (row, [])
        left, right = Counter(f[pick] for f in labels), Counter(f[pick] for f in _facts(phrase))
        hits += (left & right).total()
        stated, read = stated + left.total(), read + right.total()
    assert hits / read >= GATE
    assert hits / stated >= GATE


@pytest.mark.parametrize(
    ("phrase", "base", "unit", "kind"),
    [
        ("资助金额达2.87亿元", 287_000_000, "元", "amount"),
        ("企业5.64万家", 56_400, "家", "count"),
        ("总里程52.84公里", 52.84, "公里", "length"),
        ("服务1.2万余人次", 12_000, "人次", "count"),
        ("收入4.784万亿元", 4_784_000_000_000, "元", "amount"),
        ("同比增长13.0%", 13, "%", "growth"),
        ("产能3000片/月", 3000, "片/月", "rate"),
        ("200万千瓦", 2_000_000, "千瓦", "power"),
        ("占全国的30.8%", 30.8, "%", "ratio"),
        ("完成率100%", 100, "%", "percent"),
        ("提高3个百分点", 3, "个百分点", "growth"),
    ],
)
def test_base(phrase: str, base: float, unit: str, kind: str) -> None:
    (metric,) = _read(phrase)
    assert (metric.base_value, metric.base_unit, metric.kind) == (base, unit, kind)


@pytest.mark.parametrize(
    ("phrase", "subject"),
    [
        ("新建12个高精尖产业协同创新平台", "高精尖产业协同创新平台"),
        ("总里程52.84公里", "总里程"),
        ("技术合同成交额4957.8亿元", "技术合同成交额"),
        ("新设科技型企业5.64万家", "科技型企业"),
        ("资助金额达2.87亿元", "资助金额"),
        ("融资成本降低约20%", "融资成本"),
        ("5.64万家企业开展研发", "企业"),
        ("中关村新增上市公司40家", "上市公司"),
        ("居民人均可支配收入8万元", "居民人均可支配收入"),
        ("其中主办82件", "主办"),
        ("推动70家左右技术转移机构", "技术转移机构"),
        ("6个新开工项目中，3个已开工", "新开工项目"),
        ("51个加快建设项目完成13亿元", "加快建设项目"),
        ("119项区委、区政府重点工作按进度推进", "区委、区政府重点工作"),
        ("4个巡察组向40家单位反馈", "巡察组"),
        ("58个续建项目进展顺利", "续建项目"),
        ("3项指标未达到序时进度", "指标"),
        ("151个前期项目有序推进", "前期项目"),
        ("其中83个未来社区", "未来社区"),
        ("12个提前批项目", "提前批项目"),
        ("12个村、5所学校", "村"),
        ("总建筑面积（含地下）3万平方米", "总建筑面积"),
        ("供水提升工程正在施工中（75%）", "供水提升工程"),
        ("评选出“优秀医师”15人", "“优秀医师”"),
        ("已经解决或基本解决11件", None),
        ("较去年同期增长153.34亿元", None),
    ],
)
def test_subject(phrase: str, subject: str | None) -> None:
    assert _read(phrase)[0].subject == subject


def test_subject_is_handed_on_within_the_sentence() -> None:
    first, second = _read("技术合同成交额4957.8亿元，同比增长10.5%")
    assert second.subject == first.subject == "技术合同成交额"
    assert _read("成交额4957.8亿元。增长10.5%")[1].subject is None


@pytest.mark.parametrize(
    ("phrase", "period"),
    [
        ("2022年1-11月，新设企业5家", "2022年1-11月"),
        ("前三季度增长5%", "前三季度"),
        ("截至12月底，支出22亿元", "截至12月底"),
        ("全年办理5件", "全年"),
        ("“十四五”期间新建5所", "“十四五”期间"),
        ("今年以来走访5家", "今年以来"),
        ("2021年办理5件", "2021年"),
        ("上半年办结。新建5所", None),
        ("比2020年增长5%", None),
    ],
)
def test_period(phrase: str, period: str | None) -> None:
    assert _read(phrase)[0].period == period


def test_raw_is_a_slice_of_the_page() -> None:
    page = Text.of("任务一。融资成本降低约20%，服务1.2万余人次、新建70家左右。")
    found = metrics("progress", page[4:], Context())
    assert [page.value[slice(*item.at.bounds())] for item in found] == [item.value.raw for item in found]
    assert [item.value.raw for item in found] == ["降低约20%", "1.2万余人次", "70家左右"]


def test_lexicon_is_closed() -> None:
    assert set(bounds_before().values()) | set(bounds_behind().values()) == {
        "eq",
        "approx",
        "gt",
        "ge",
        "lt",
        "le",
    }
    assert set(measures()["not_before"]) <= set(kinds())
    assert set(measures()["chinese"]["classifiers"]) <= set(kinds())


HOSTILE = [
    "1", "1,", "1,111", "1.", "1-", "1 ", "1万", "1%", "一", "百", "约", "第", "第3、", "前", "占", "的",
    "《", "“", "〔", "分之", "一分之", "1/4", "1至", "十四五", "截至", "2021年", "1-1月", "翻", "半", "余",
    "增长", "了", "1个", "万亿", "一百余家", "3至5家", "第1、", "-1%", "不超过", "上百", "1万-", "1家-",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_linear_time(piece: str) -> None:
    """100,000 hostile characters: 0.2 s for reading (records aside, which are what output costs)."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    limit = 0.2 + 20e-6 * sum(1 for _ in readings(hide_names(fold(text))))

    def work() -> None:
        for _ in readings(hide_names(fold(text))):
            pass
        sum(1 for _ in PERIOD.finditer(text))

    assert seconds(work) < limit


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared documents are not here")
def test_seeds() -> None:
    """Nothing of a year, a date or an item number; every metric is where it says."""
    for path in sorted(SEEDS.glob("*.txt")):
        page = Text.of(path.read_text(encoding="utf-8", errors="replace"))
        found = metrics("progress", page, Context())
        assert len(found) > 40
        assert all(page.value[slice(*item.at.bounds())] == item.value.raw for item in found)
        assert not [item for item in found if re.search(r"[12]\d{3}年|\d月(?!以)\d+日|第\d", item.value.raw)]


def test_subject_does_not_cross_a_line() -> None:
    assert _read("新建消防站\n2座")[0].subject is None
