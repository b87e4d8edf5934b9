"""Numbers written in characters: 三百余家, 两个, 上千名, 百亿规模, 三分之二, 翻一番, 八成以上."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from extract.alternatives import longest_first
from extract.fields.quantity.bounds import Bound, bound_before, bound_behind, strongest
from extract.fields.quantity.measures import kinds, magnitudes, measures, unit_pattern
from extract.fields.quantity.reading import Reading
from extract.numerals import CHARACTERS, DIGITS, parse_numeral
from schema.records import Comparator

# Without the forms of cheques (陆家嘴, 伍家岗 are names) and the zeros of years.
_NUMERALS: Final = "".join(char for char in CHARACTERS if char not in "壹贰叁肆伍陆柒捌玖拾佰仟○Ｏ◯")
_SPLIT: Final = re.compile(r"(.*?)(万亿|[万亿]?)$")
_ROUND: Final = re.compile(r"[百千万亿]+$")
# 三四家, 七八个: two neighbours are a range.
_NEIGHBOURS: Final = re.compile(r"([一二三四五六七八两])([二三四五六七八九])")
# 第三、四家; 成百上千; 数十家 and 几百家 have no value; 一带一路-like names are dealt with by their words.
_BARRED: Final = re.compile(
    r"(?:第 ?|第[^,。;]{1,4}[、和及]|[数几某每这哪各初头首同逐]|成百|(?<![目之以此年月底日会节午提当赛])前)$"
)
_LONE: Final = frozenset({"番", "倍"})  # 一家 and 一个 are articles; 翻一番 and 超一倍 count
_TIMES: Final = frozenset({"个月", "小时", "个小时", "天", "分钟", "个工作日", "工作日"})
_ORDINAL: Final = frozenset({"年", "届", "轮", "期"})  # 三年行动, 十四届全运会: names and ranks
_DURABLE: Final = frozenset({"年", "个月", "倍", "成"})


@cache
def _counted() -> re.Pattern[str]:
    """A numeral, 余 or 多, a magnitude and a classifier: 一千多万元."""
    words = tuple(measures()["chinese"]["classifiers"])
    return re.compile(
        rf"(?P<number>[{_NUMERALS}](?<![{_NUMERALS}0-9.].)[{_NUMERALS}]{{0,11}}+)(?P<inner>[余多几]?)"
        rf"(?P<magnitude>(?:万亿|[万亿])?)(?P<late>[余多]?)(?P<unit>{unit_pattern(words)})"
    )


@cache
def _abstract() -> re.Pattern[str]:
    return re.compile(longest_first(measures()["chinese"]["abstract"]))


@cache
def _before_round() -> re.Pattern[str]:
    words = (word for words in measures()["comparators"]["round"].values() for word in words)
    return re.compile(rf"(?<!成百)({longest_first(words)})$")


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"(?:{longest_first(measures()['chinese']['leads'])})了?$")


def read_characters(text: str) -> Iterator[Reading]:
    """The counts and measures written in characters; ``text`` is folded and its names are hidden.

    一 with a classifier is an article and no count; 二 counts nothing (两 does); 百家, 千户 without
    余, 近, 上 and the like are figures of speech; 数十家 has no value.

    >>> [(r.value, r.unit, r.comparator) for r in read_characters("走访三百余家企业,上千名,一批")]
    [(300, '家', 'gt'), (1000, '名', 'ge')]
    """
    for match in _counted().finditer(text):
        reading = _read(text, match)
        if reading:
            yield reading


def _read(text: str, match: re.Match[str]) -> Reading | None:
    start = match.start()
    inner: Comparator = "gt" if match["inner"] or match["late"] else "eq"
    before = _round_bound(text, start) if _ROUND.match(match["number"]) else bound_before(text, start)
    behind = bound_behind(text, match.end(), match["unit"] in _DURABLE)
    comparator = strongest(before.comparator, behind.comparator, inner)
    if _BARRED.search(text[max(0, start - 6) : start]) or not _counts(text, match, comparator):
        return None
    return _reading(match, before, behind, comparator)


def _round_bound(text: str, start: int) -> Bound:
    """上千, 近百, 过万: what a bare 百 or 千 needs in front of it."""
    match = _before_round().search(text[max(0, start - 5) : start])
    if match is None:
        return Bound("eq", start)
    name = next(name for name, words in measures()["comparators"]["round"].items() if match[1] in words)
    return Bound(name, start - len(match[1]))


def _counts(text: str, match: re.Match[str], comparator: Comparator) -> bool:
    """A number of things, not a name, an article or a way of speaking."""
    number, unit = match["number"], match["unit"]
    if number == "二" or _abstract().match(text, match.end()):
        return False
    if (
        number == "一"
        and not match["magnitude"]
        and unit not in _LONE
        and not (unit in _TIMES and comparator != "eq")
    ):
        return False
    if _ROUND.match(number) and comparator == "eq":
        return False
    return comparator != "eq" or unit not in measures()["chinese"]["hedged"] or _led(text, match)


def _led(text: str, match: re.Match[str]) -> bool:
    """连续三年, 举办两届: a word of doing or adding up in front."""
    before = text[max(0, match.start() - 4) : match.start()]
    if match["unit"] in _ORDINAL and match["number"] != "两":
        return before.endswith(("连续", "为期", "历时", "长达"))
    return bool(_leads().search(before))


def _reading(match: re.Match[str], before: Bound, behind: Bound, comparator: Comparator) -> Reading | None:
    numeral, magnitude, unit = match["number"], match["magnitude"], match["unit"]
    split = _SPLIT.match(numeral)
    if split and not magnitude:
        numeral, magnitude = split.groups()
    low, high = _values(numeral or "一")
    if low is None:
        return None
    return Reading(
        start=before.edge,
        end=behind.edge,
        number=match.start(),
        behind=match.end(),
        kind=kinds().get(unit, "count"),
        value=low,
        unit=magnitude + unit,
        base_unit=unit,
        factor=magnitudes().get(magnitude, 1),
        comparator=comparator,
        rule="metric.characters",
        high=high,
    )


def _values(numeral: str) -> tuple[float | None, float | None]:
    near = _NEIGHBOURS.fullmatch(numeral)
    if near and DIGITS[near[2]] == DIGITS[near[1]] + 1:
        return DIGITS[near[1]], DIGITS[near[2]]
    return parse_numeral(numeral), None
