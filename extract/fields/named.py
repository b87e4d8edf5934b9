"""Organisations, events and places named in running text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Final

from extract.alternatives import beginning, longest_first, sought
from extract.context import Context
from extract.directory import body_end, is_body, longest_body, region_of
from extract.lexicon.load import load_toml, load_tsv

Place = tuple[int, int]

# Where a name may begin: behind a mark, a joining word, a verb that takes a body
_STRETCH: Final = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·]+")
_MARK: Final = re.compile(r"(?s:.*)[^\u4e00-\u9fffA-Za-z0-9·]")  # up to the last one
# `北京协和医院` `共和国` are one word
_JOINS: Final = re.compile("(?=[以和与及由赴在对向获])(?:以及|(?<![协共])和|[与及由赴在对向获])")
# `北京办公室` names no body: a place and a kind
_SEATED: Final = re.compile("[\u4e00-\u9fff]{2,4}(?:办公室|中心|联盟|实验室)")
# `国家技术创新中心` `省实验室`: a kind of body
_KIND: Final = re.compile(
    "(?:国家|全国|省|市|区|自治区)(?:级)?(?:重点)?(?:技术创新|产业创新|科技创新|制造业创新|工程研究|工程技术研究|产业技术工程化"
    "|企业技术|区域医疗|专科区域医疗|临床医学研究|医学|数据|创新)?(?:中心|实验室)"
)
# `法规4部`
_PARTS: Final = re.compile(r"\d部$")
# `5家` `12所` in front of bodies; a pattern whose every form begins with a character of its own is quick
_COUNT: Final = "|".join(rf"{digit}(?<!\d\d)[0-9]{{0,5}}余?[家所个名支座类]" for digit in range(10))
_SHORTEST, _LONGEST = 3, 32
_EVENT_REACH: Final = 26


def organisations(value: str) -> Iterator[Place]:
    """Names of bodies, as half-open offsets: those the directory knows and those shaped like one.

    >>> text = "支持中国农业大学与市财政局推进各区政府工作"
    >>> [text[start:end] for start, end in organisations(text)]
    ['中国农业大学', '市财政局']
    """
    for low, high, ends in _stretches(value):
        done = low
        for start in _starts(value, low, high, ends[-1]):
            at = start
            while at >= done and not _border(value, at, high):
                end = _body(value, at, min(high, at + _LONGEST), ends)
                if end is None:
                    break
                yield at, end
                at = done = end


def _stretches(value: str) -> Iterator[tuple[int, int, list[int]]]:
    """The stretches without a mark in which names can end, each with the places where they can."""
    ends = [match.end() for match in body_end().finditer(value)]
    high = 0
    for end in ends:
        if end <= high:
            continue
        mark = _MARK.match(value, high, end)
        low = mark.end() if mark else high
        more = _STRETCH.match(value, end - 1)
        high = more.end() if more else end
        inside = ends[bisect_left(ends, low + _SHORTEST) : bisect_right(ends, high)]
        if inside:
            yield low, high, inside


def _starts(value: str, start: int, end: int, last: int) -> list[int]:
    """Where in a stretch a name may begin: at its start, behind verbs and joining words."""
    borders = {match.end() for words in (_verbs(), _JOINS) for match in words.finditer(value, start, end)}
    return sorted({_led(value, at, end) for at in {start, *borders} if at <= last - _SHORTEST})


def _led(value: str, at: int, end: int) -> int:
    """Behind the verbs that no name begins with: `建设北京大学` unless the directory has it."""
    match = _leading().match(value, at, end)
    return match.end() if match and not value.startswith(_led_names(), at) else at


def _border(value: str, at: int, end: int) -> bool:
    """Whether a verb or a joining word stands here, so that no name begins."""
    return bool(_verbs().match(value, at, end) or _JOINS.match(value, at, end))


def _body(value: str, start: int, end: int, ends: list[int]) -> int | None:
    """The end of the body's name that begins at ``start``, one of the places where names can end."""
    first = bisect_left(ends, start + _SHORTEST)
    if first == len(ends) or ends[first] > end:
        return None
    stop = _verbs().search(value, start + 1, end)
    join = _JOINS.search(value, start + 1, end)
    far = stop.start() if stop else end
    limit = min(far, join.start() if join else end)
    name = longest_body(value[start:limit]) if ends[first] <= limit else None
    if name is None and join and join.start() < far:
        over = (value[start:at] for at in reversed(ends[first:]) if at <= far)
        name = next((known for known in over if known in _known()), None)  # `工业和信息化部`
    return start + len(name) if name and _credible(name) else None


def _credible(name: str) -> bool:
    """Whether the shape is more than an ending: `市财政局` yes, `示范中心` no."""
    if name in _known():
        return True
    if not is_body(name) or len(name) < _SHORTEST or name[0].isdigit() or _never_first().match(name):
        return False
    if _SEATED.fullmatch(name) or _KIND.fullmatch(name) or _PARTS.search(name):
        return False
    strong = _strong().search(name)
    return _placed().match(name) is not None or (strong is not None and strong.start() >= 2)


def events(value: str) -> Iterator[tuple[int, int, str]]:
    """Named events: half-open offsets with year or session, and the name of the series.

    >>> text = "高标准举办2021中关村论坛；召开动员大会"
    >>> [(text[start:end], series) for start, end, series in events(text)]
    [('2021中关村论坛', '中关村论坛')]
    """
    for match in _event_end().finditer(value):
        start = _event_start(value, match.start())
        name = value[start : match.end()].strip("“”·")
        start = match.end() - len(name)
        series = _numbered().sub("", name).strip("“”·- ")
        counted = series[:1].isdigit() or value[start - 1 : start].isdigit()
        if len(series) > len(match.group()) + 1 and not counted and not _generic(series):
            yield start, match.end(), series


def _event_start(value: str, end: int) -> int:
    """Back from an event's last word to where its name begins."""
    low = max(0, end - _EVENT_REACH)
    start = (
        max((m.end() for m in re.finditer(r"[^\u4e00-\u9fffA-Za-z0-9·“\-—]", value[low:end])), default=0)
        + low
    )
    for border in _borders().finditer(value, start, end):
        start = border.end()
    return start


def _generic(series: str) -> bool:
    generic = load_toml("events")["generic"]
    return series in generic or series.endswith(
        ("分论坛", "平行论坛", "主论坛", "代表大会", "动员大会", "表彰大会", "职工大会")
    )


def places(value: str, context: Context) -> Iterator[tuple[int, int, str | None]]:
    """Regions: half-open offsets and the GB/T 2260 code; None where several bear the name.

    >>> [code for *_, code in places("在朝阳区和河北省", Context(region="北京市"))]
    ['110105', '130000']
    >>> [code for *_, code in places("在朝阳区", Context())]
    [None]
    """
    home = region_of(context) or ""
    before, above = -1, ""  # where the place in front ends, and its code
    for match in sought(*_region(), value):
        code, within = _regions()[match.group()]
        # `长春市朝阳区` is not Beijing's, wherever the agency is
        elsewhere = before == match.start() and above[:2] != code[:2]
        settled = (
            not within
            or (home.startswith(within) and not elsewhere)
            or within in value[max(0, match.start() - 3) : match.start()]
        )
        before, above = match.end(), code
        yield match.start(), match.end(), code if settled and code else None


@cache
def _regions() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in load_tsv("regions"):
        name, code, short, within = (*row, "", "", "")[:4]
        found[name] = (code, within)
        if short:
            found[short] = (code, within)
    return found


@cache
def _region() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What the names of regions begin with; the names, but for those of other things."""
    # `上海路` `北京西站` `北京牌`
    names = longest_first(_regions(), "(?![接片部路站大牌]|[东西南北]站)")
    return re.compile(beginning(_regions())), re.compile(names)


@cache
def _placed() -> re.Pattern[str]:
    """`国家` `北京市`: what names of bodies begin with."""
    return re.compile(longest_first([*load_toml("events")["heads"]["words"], *_regions()]))


@cache
def _never_first() -> re.Pattern[str]:
    return re.compile(longest_first(load_toml("events")["heads"]["never"]))


@cache
def _strong() -> re.Pattern[str]:
    """An ending that tells a body where two characters of a name stand in front of it."""
    return re.compile(f"(?:{longest_first(load_toml('events')['heads']['strong'])})$")


@cache
def _known() -> frozenset[str]:
    lexicon = load_toml("organisations")
    names = [*lexicon["central"], *lexicon["central"].values(), *lexicon["named"], *lexicon["named"].values()]
    former = [*lexicon["former"], *(entry["now"] for entry in lexicon["former"].values())]
    return frozenset([*names, *former])


@cache
def _verbs() -> re.Pattern[str]:
    prose = load_toml("units")["prose"]
    words = [*prose["verbs"], *load_toml("events")["heads"]["borders"]]
    guarded = longest_first(words, f"(?!{longest_first(prose['not_before'])})")
    return re.compile(f"{guarded}|{longest_first(prose['always'])}|{_COUNT}")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(f"(?:{longest_first(load_toml('events')['heads']['leading'])}){{1,3}}(?=.)")


@cache
def _led_names() -> tuple[str, ...]:
    """Names of the directory that begin with such a verb."""
    return tuple(name for name in _known() if _leading().match(name))


@cache
def _event_end() -> re.Pattern[str]:
    return re.compile(longest_first(load_toml("events")["suffixes"], "(?![会议员场馆费])"))


@cache
def _borders() -> re.Pattern[str]:
    return re.compile(longest_first(load_toml("events")["before"]))


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(f"{load_toml('events')['numbered']}[ ·-]?")
