"""What a report says about its own numbers, recomputed: sums, parts of a whole, shares, totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extract.body import merged
from extract.fields.quantity.digits import read_digits
from extract.fields.quantity.measures import fold, hide_names
from extract.fields.quantity.reading import Reading
from extract.found import Found
from extract.numerals import parse_numeral, scaled
from schema.records import Check
from schema.text import Interval, Text

SHARE_TOLERANCE: Final = 0.1
"""Percentage points between a stated share and the computed one (96.4 for 216 of 224)."""

_ROUNDING: Final = 0.5  # of the last place of a part, summed over the parts
# 257件(单办4件、主办82件…): the list stands in a bracket; 56件,其中主办14件、会办37件: behind 其中.
_NOUN: Final = r"[^,，。;；、:：()（）\n0-9]{0,12}"  # 8项|审计任务|,其中
_OPENS: Final = re.compile(rf"{_NOUN}[（(] ?(?:其中|含|包括)?[:：]?")
_AMONG: Final = re.compile(rf"{_NOUN}[,，;；:：(（。]? ?(?P<among>其中|分别为|分别是|包括|含)[:：,，]?")
_CLOSES: Final = re.compile(r"[)）;；。\n]")
_SOFT: Final = re.compile(r"[;；。\n]")
# Between two parts: a noun of at most 12 characters and a list sign, nothing that states anew.
_NEXT: Final = re.compile(r" ?[、,，和及与]? ?[^、,，;；。()（）\n0-9]{0,12}$")
_LIST: Final = re.compile(r"[、,，和及与]")
# 占总数的96.4%, 占比96.4%, 占全部任务的…: the whole is the number stated before for the same unit.
_SHARE: Final = re.compile(
    r"占(?:总[数量额]|任务总数|项目总数|(?:全部|总)(?:任务|项目|件|工作)数?)的?(?:比例|比重|比)?(?:为|达到?|约)?$"
)
# 257件(…),具体为:全国人大建议2件,其中…;市人大建议56件,…: the first number of every part of the list.
_DETAIL: Final = re.compile(r" ?[,，。]?具体(?:为|是|包括|情况为)[:：]")
_BRACKET: Final = re.compile(r"[（(][^()（）\n]{0,80}[)）]")
# What one of the forms can't do without, so that other lines need no reading.
_NEAR: Final = r"[0-9][^,，。;；、:：()（）\n0-9]{0,24}"  # a number, its unit and its noun
_CUE: Final = re.compile(
    rf"(?P<whole>{_NEAR})(?:[（(][^)）;；。\n0-9]{{0,20}}[0-9]|[^\n0-9]?[ ]?(?:其中|分别[为是]|包括|含))"
    r"|具体(?:[为是]|包括|情况为)[:：]|[,，](?:共计|合计|总计|共)[0-9]|占(?:总|任务总|项目总|全部)"
)
_STATED: Final = re.compile(r"[。\n]")
_SEMICOLON: Final = re.compile(r"[;；]")
# 109项重点项目、107项工作任务,共计216项
_GATHERS: Final = re.compile(r"[,，](?:共计|合计|总计|共)$")
_GATHERED: Final = re.compile(r"[^,，。;；、\n0-9]{0,12}[,，](?:共计|合计|总计|共)")
_LISTED: Final = re.compile(r"[^,，。;；、\n0-9]{0,12}、[^,，。;；、\n0-9]{0,12}")
_UNSUMMED: Final = frozenset(
    {"percent", "growth", "ratio", "rate", "score", "age", "duration", "temperature"}
)
_FAR: Final = 300  # characters between a whole and the share taken of it
# 市政府工作报告(重点)任务59项: what may stand between the name and its total.
_KINDS: Final = r"(?:重点|督查|考核){0,2}(?:任务|工作|事项|项目|清单){0,3}(?:总计|共计|合计|共有|共)?"
_UNITS: Final = r"(?:项|件|个|条|家)"


@dataclass(frozen=True, slots=True)
class _Sum:
    whole: Reading
    parts: tuple[Reading, ...]
    complete: bool
    end: int


def claims(text: Text) -> list[Found[Check]]:
    """The arithmetic that ``text`` states, each with the words that state it as ``at``.

    ``sum``: a number and, in the bracket behind it, parts of the same unit: they must add up.
    ``parts``: the same behind 其中, where parts may be left out: they must not exceed it.
    ``share``: 216项…占总数的96.4% against the whole named before it.
    Numbers with a bound (近200, 余) and texts with one part only are not judged, but one part behind
    其中 must not exceed its whole.

    >>> found = claims(Text.of("共257件(单办4件、主办82件、会办166件、部门参考5件)"))
    >>> [(f.value.rule, f.value.ok, f.value.stated, f.value.computed) for f in found]
    [('sum', True, '257', '257')]
    """
    folded = hide_names(fold(text.value))
    numbers = [number for start, end in _claiming(folded) for number in read_digits(folded, start, end)]
    found = [_sum_check(text, total) for total in _sums(folded, numbers)]
    found += _share_checks(text, folded, numbers)
    return sorted(found, key=lambda item: item.at.bounds())


def _claiming(text: str) -> list[Interval]:
    """The stretches that may hold a claim: sentences with its words, lines before where it refers back."""
    found: list[Interval] = []
    for cue in _CUE.finditer(text):
        if cue["whole"]:
            start = max(text.rfind(stop, 0, cue.start()) for stop in "。\n") + 1
        else:
            start = text.rfind("\n", 0, max(0, cue.start() - _FAR)) + 1
        stop = _STATED.search(text, cue.end())
        found.append((start, stop.start() if stop else len(text)))
    return merged(found)


def total_checks(text: Text, counts: Mapping[str, int]) -> list[Found[Check]]:
    """The totals that ``text`` states against the rows found: 市政府工作报告重点任务59项, 58 found.

    ``counts`` maps the name of a source or category to the number of tasks found with it. A total
    is a number with 项, 件 or 个 directly before the name, or behind it with 任务 and the like between.

    >>> found = total_checks(Text.of("承担的59项市政府工作报告重点任务"), {"市政府工作报告": 58})
    >>> [(f.value.ok, f.value.stated, f.value.computed) for f in found]
    [(False, '59', '58')]
    """
    found = []
    folded = fold(text.value)
    for name, count in counts.items():
        if name not in folded:
            continue
        word = re.escape(name)
        pattern = re.compile(
            rf"(?P<before>[0-9]{{1,4}}){_UNITS}[《“]?{word}|{word}[》”]?{_KINDS}(?P<behind>[0-9]{{1,4}}){_UNITS}"
        )
        for match in pattern.finditer(folded):
            stated = parse_numeral(match["before"] or match["behind"]) or 0
            at = text.cut(match.start(), match.end())
            found.append(_check("total", at, stated == count, stated, count))
    return sorted(found, key=lambda item: item.at.bounds())


def _sums(text: str, numbers: Sequence[Reading]) -> Iterator[_Sum]:
    for index, whole in enumerate(numbers):
        if whole.comparator != "eq" or whole.kind in _UNSUMMED:
            continue
        near = _bracketed(text, numbers, index) or _among(text, numbers, index)
        for total in filter(None, (near, _detailed(text, numbers, index), _gathered(text, numbers, index))):
            if all(part.comparator == "eq" for part in total.parts):
                yield total


def _bracketed(text: str, numbers: Sequence[Reading], index: int) -> _Sum | None:
    """257件(单办4件、主办82件): all parts up to the closing bracket."""
    opened = _OPENS.match(text, numbers[index].end)
    closed = _CLOSES.search(text, opened.end(), opened.end() + _FAR) if opened else None
    if opened is None or closed is None:
        return None
    parts = _parts(text, numbers, index, opened.end(), closed.start())
    complete = "其中" not in opened.group() and "含" not in opened.group()
    return (
        _Sum(numbers[index], parts, complete, closed.end())
        if len(parts) > 1 or (parts and not complete)
        else None
    )


def _among(text: str, numbers: Sequence[Reading], index: int) -> _Sum | None:
    """56件,其中主办14件、会办37件: parts up to the end of the sentence or the list."""
    match = _AMONG.match(text, numbers[index].end)
    if match is None:
        return None
    closed = _SOFT.search(text, match.end(), match.end() + _FAR)
    parts = _parts(text, numbers, index, match.end(), closed.start() if closed else match.end() + _FAR)
    complete = match["among"].startswith("分别") and len(parts) > 1
    return _Sum(numbers[index], parts, complete, parts[-1].end) if parts else None


def _detailed(text: str, numbers: Sequence[Reading], index: int) -> _Sum | None:
    """257件(…),具体为:…2件,其中…;…4件,…: one part for each stretch between semicolons."""
    bracket = _BRACKET.match(text, numbers[index].end)
    opened = _DETAIL.match(text, bracket.end() if bracket else numbers[index].end)
    closed = _STATED.search(text, opened.end(), opened.end() + 2 * _FAR) if opened else None
    if opened is None or closed is None:
        return None
    parts: dict[int, Reading] = {}
    for at in range(index + 1, len(numbers)):
        number = numbers[at]
        if number.start >= closed.start():
            break
        if number.start >= opened.end():
            parts.setdefault(len(_SEMICOLON.findall(text, opened.end(), number.start)), number)
    same = all(part.base_unit == numbers[index].base_unit for part in parts.values())
    return (
        _Sum(numbers[index], tuple(parts.values()), True, closed.start()) if len(parts) > 1 and same else None
    )


def _gathered(text: str, numbers: Sequence[Reading], index: int) -> _Sum | None:
    """109项重点项目、107项工作任务,共计216项: the parts stand before."""
    whole = numbers[index]
    if not _GATHERS.search(text[max(0, whole.start - 4) : whole.start]):
        return None
    parts: list[Reading] = []
    edge = whole.start
    for at in range(index - 1, -1, -1):
        part = numbers[at]
        between = text[part.end : edge]
        listed = _GATHERED.fullmatch(between) if not parts else _LISTED.fullmatch(between)
        if part.base_unit != whole.base_unit or not listed:
            break
        parts.insert(0, part)
        edge = part.start
    return _Sum(whole._replace(start=edge), tuple(parts), True, whole.end) if len(parts) > 1 else None


def _parts(text: str, numbers: Sequence[Reading], index: int, start: int, end: int) -> tuple[Reading, ...]:
    """The numbers of the whole's unit in the list from ``start`` on; another unit or a clause ends it."""
    parts: list[Reading] = []
    at = start
    for place in range(index + 1, len(numbers)):
        number = numbers[place]
        between = text[at : number.start]
        apart = parts and not _LIST.match(between.lstrip())
        if (
            number.start >= end
            or number.base_unit != numbers[index].base_unit
            or apart
            or not _NEXT.fullmatch(between)
        ):
            break
        parts.append(number)
        at = number.end
    return tuple(parts)


def _sum_check(text: Text, total: _Sum) -> Found[Check]:
    stated = _worth(total.whole)
    computed = sum(_worth(part) for part in total.parts)
    slack = _ROUNDING * sum(_place(part) for part in (total.whole, *total.parts))
    ok = abs(stated - computed) <= slack if total.complete else computed <= stated + slack
    at = text.cut(total.whole.start, total.end)
    return _check("sum" if total.complete else "parts", at, ok, stated, computed)


def _share_checks(text: Text, folded: str, numbers: Sequence[Reading]) -> Iterator[Found[Check]]:
    for index, share in enumerate(numbers):
        stated = _SHARE.search(folded[max(0, share.start - 20) : share.start]) if share.unit == "%" else None
        if stated is None or share.comparator != "eq":
            continue
        part = next((n for n in reversed(numbers[:index]) if n.unit != "%"), None)
        if part is None or _SOFT.search(folded, part.end, share.start):
            continue
        whole = _whole(numbers[:index], part)
        if whole:
            computed = 100 * _worth(part) / _worth(whole)
            at = text.cut(whole.start, share.end)
            ok = abs(computed - share.value) <= max(SHARE_TOLERANCE, _ROUNDING * _place(share))
            yield _check("share", at, ok, share.value, round(computed, 2))


def _whole(before: Sequence[Reading], part: Reading) -> Reading | None:
    """The nearest larger number of the same unit before the part."""
    for number in reversed(before):
        if part.start - number.start > _FAR:
            return None
        if number.start < part.start and number.base_unit == part.base_unit and _worth(number) > _worth(part):
            return number
    return None


def _worth(number: Reading) -> float:
    return scaled(number.value, number.factor)


def _place(number: Reading) -> float:
    """What one unit of the last printed digit is worth: 0.1亿 for 2.5亿, nothing for whole counts."""
    _, _, decimals = repr(number.value).rstrip("0").partition(".")
    return 10 ** -len(decimals) * number.factor if decimals or number.factor > 1 else 0


def _check(rule: str, at: Text, ok: bool, stated: float, computed: float) -> Found[Check]:
    check = Check(rule=rule, ok=ok, stated=f"{stated:.15g}", computed=f"{computed:.15g}", evidence=at.value)
    return Found(check, at, f"claim.{rule}")
