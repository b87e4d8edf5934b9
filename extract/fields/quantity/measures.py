"""Units of measure, magnitudes and bounds, as patterns built from the lexicon ``measures.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from extract.alternatives import longest_first
from extract.lexicon.load import load_toml

_WIDE: Final = {
    **{ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９．％（）：；／＋＜＞＝"},
    **dict.fromkeys(map(ord, "－–−"), "-"),
    **dict.fromkeys(map(ord, "～〜∼"), "~"),
    ord("✕"): "×",
}
_FOLDED: Final = re.compile(f"[{''.join(map(chr, _WIDE))}]")
# Titles, short quotations and bracketed numbers hold names, not metrics: 《三年行动计划(2021—2023年)》,
# “5个100”, 〔2019〕3号, [12]. Bounded, so that an unclosed one costs nothing.
_NAMES: Final = re.compile(
    r"《[^《》\n]{0,80}》|“[^“”\n]{1,20}”|‘[^‘’\n]{1,20}’|「[^「」\n]{1,20}」|『[^『』\n]{1,20}』"
    r"|〔[^〔〕\n]{1,12}〕|\[[0-9]{1,4}\]|［[0-9０-９]{1,4}］"
)
_ASCII: Final = re.compile(r"[A-Za-z]")


def measures() -> dict[str, Any]:
    """The lexicon of units, magnitudes, bounds and growth words."""
    return load_toml("measures.toml")


def fold(text: str) -> str:
    """Half-width digits and signs, one dash for many: same length, so offsets hold.

    >>> fold("增长１３．０％（约）")
    '增长13.0%(约)'
    """
    return text.translate(_WIDE) if _FOLDED.search(text) else text


def hide_names(text: str) -> str:
    """The text with titles and short quotations blanked out, same length.

    >>> hide_names("推广“100+”服务")
    '推广□□□□□□服务'
    """
    hidden = _NAMES.sub(lambda match: "□" * len(match.group()), text)
    return _words().sub(lambda match: "□" * len(match.group()), hidden)


@cache
def _words() -> re.Pattern[str]:
    return re.compile(longest_first(measures()["names"]["words"]))


@cache
def kinds() -> Mapping[str, str]:
    """Every unit with its kind: ``家`` → count, ``亿元`` is no entry (亿 is a magnitude)."""
    return {unit: kind for kind, units in measures()["units"].items() for unit in units}


@cache
def magnitudes() -> Mapping[str, int]:
    """万 → 10000 and so on."""
    found: dict[str, int] = measures()["magnitudes"]
    return found


@cache
def unit_pattern(units: tuple[str, ...] | None = None) -> str:
    """All units (or the given ones), each with what may not follow it: 人 but not 人民.

    Grouped by first character: a search engine looks at one group instead of 300 words.
    """
    grouped: dict[str, list[str]] = {}
    for unit in sorted(set(units or kinds()), key=lambda word: (-len(word), word)):
        grouped.setdefault(unit[0], []).append(_one(unit[1:], unit))
    groups = [f"{re.escape(head)}(?:{'|'.join(tails)})" for head, tails in grouped.items()]
    return "|".join(groups)


def _one(tail: str, unit: str) -> str:
    """A unit behind its first character, and its guard: ``kg`` no letter or digit, ``人`` not 民."""
    pattern = re.escape(tail)
    if _ASCII.match(unit[-1]):
        return pattern + r"(?![A-Za-z0-9²³])"
    followers = measures()["not_before"].get(unit)
    return f"{pattern}(?!{longest_first(followers)})" if followers else pattern


@cache
def magnitude_pattern() -> str:
    """万, 亿, 万亿, 百亿, 千; 千 and 百 not where they begin a unit: 5千瓦, 3百分点."""
    return r"(?:[十百千]?(?:万亿|[万亿])|百(?!分)|千(?![瓦米克伏帕焦赫卡兆字牛乏]))"


@cache
def rate_pattern() -> str:
    """/月, /平方米, /km: the second unit of a rate."""
    return rf"/ ?(?:{longest_first((*kinds(), *measures()['per']['words']))})(?![A-Za-z0-9])"


@cache
def bounds_before() -> Mapping[str, str]:
    """不低于 → ge, 近 → approx: words directly before a number."""
    tables = measures()["comparators"]
    return {word: name for name in ("ge", "gt", "le", "lt", "approx", "eq") for word in tables[name]}


@cache
def bounds_behind() -> Mapping[str, str]:
    """以上 → ge, 左右 → approx: words directly behind a unit."""
    return {word: name for name, words in measures()["comparators"]["behind"].items() for word in words}
