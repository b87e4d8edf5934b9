"""Chinese and Arabic numerals: value, rank, and what is none."""

from __future__ import annotations

import pytest

from extract.numerals import ordinal, parse_numeral, scaled

VALUES = {
    "两": 2, "十": 10, "十一": 11, "廿": 20, "廿五": 25, "卅": 30, "二十": 20, "一百": 100,
    "一百零八": 108, "一百一十一": 111, "一百二": 120, "三万二": 32_000, "一万零五百": 10_500,
    "一千零五十": 1050, "三千二百零五万": 32_050_000, "两亿三千万": 230_000_000, "百亿": 10**10,
    "四万亿": 4 * 10**12, "壹佰贰拾": 120, "三百余": 300, "十余": 10, "一千多": 1000, "十几": 10,
    "二〇二二": 2022, "二○一五": 2015, "一九四九": 1949, "三点五": 3.5, "二点零八": 2.08,
    "1,234.5": 1234.5, "１２": 12, "１，２３４": 1234, "3千": 3000, "5百余": 500, "1.1万": 11_000,
    "4.784万亿": 4_784_000_000_000, "百分之十": 0.1, "四分之一": 0.25, "千分之三": 0.003, "零": 0,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_value(text: str, value: float) -> None:
    assert parse_numeral(text) == value


@pytest.mark.parametrize(
    "text", ["", "一体", "三四百", "第一", "分之", "零分之一", "十百千", "1" * 99, "1,23", "点五"]
)
def test_no_number(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "rank"), [("第十五", 15), ("十一", 11), ("第25", 25), ("二十三", 23), ("１２", 12)]
)
def test_ordinal(text: str, rank: int) -> None:
    assert ordinal(text) == rank


@pytest.mark.parametrize("text", ["第一批", "第", "三点五", "四分之一"])
def test_no_ordinal(text: str) -> None:
    assert ordinal(text) is None


def test_scaled_has_no_binary_noise() -> None:
    assert scaled(1.1, 10**4) == 11_000
    assert scaled(2.87, 10**8) == 287_000_000
