"""The status-summary layout: 已完成3项：A、B、C。 — tasks named in lists under a state.

A list counts only when it has as many members as the sentence says (or its members are
points 一是 … 二是 …), so that prose with counts is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.body import Body
from extract.draft import Draft, Field, Reading
from extract.layouts.prose.points import points
from extract.lexicon.load import load_toml
from extract.numerals import parse_numeral
from schema.records import Label
from schema.text import Text

_COUNT: Final = r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3}|两)"
_STOP: Final = r"[^。；;：:\n，,（）()]"
_SHARE: Final = r"(?:[，,、]?占比?(?:总数的?)?[\d.]+[%％])?"
_NAMELY: Final = r"(?:[：:]|[，,]\s*(?:分别)?(?:是|为|包括|即)[：:]?|分别为)\s*"
# 已完成3项：…   未达到序时进度3项，分别为…   还要加把劲的3项：…
_OPENS: Final = rf"[项个件](?!子项)(?:任务|项目|工作)?{_SHARE}{_NAMELY}"
_BEFORE: Final = re.compile(rf"(?P<state>{_STOP}{{2,16}}?)的?{_COUNT}{_OPENS}")
_BEFORE_ANCHOR: Final = re.compile(_OPENS)
# 其中5项已完成，分别是：…   3项未达到序时进度，为…
_COUNTED: Final = re.compile(
    rf"(?<![\d一二三四五六七八九十]){_COUNT}[项个件](?:指标|任务|项目|工作|实事)?(?P<state>{_STOP}{{2,12}}?){_SHARE}"
    r"[，,]\s*(?:分别(?:是|为)|为|是)[：:]?\s*"
)
# 规上工业增加值、外贸进出口2项达到序时进度；
_AFTER: Final = re.compile(
    rf"(?:^|(?<=[。；;，,：:\n]))(?P<list>[^。；;，,：:\n]{{2,200}}?){_COUNT}[项个件](?!子项)(?:指标|任务|项目)?"
    rf"(?P<state>{_STOP}{{2,16}})(?=[。；;，,（(])"
)
# 滞后项目：一是…；二是…
_POINTS: Final = r"(?:项目|任务|事项|工作)[：:]\s*(?=一是)"
_NAMED: Final = re.compile(rf"(?P<state>{_STOP}{{2,8}}?)的?{_POINTS}")
_NAMED_ANCHOR: Final = re.compile(_POINTS)
_REACH: Final = 20  # from where a match begins to its anchor: a state, 的 and a count
_NUMBER: Final = re.compile(r"[（(](?P<seq>第[\d一二三四五六七八九十百]{1,5}[项号件])[）)]")
_CLAUSE: Final = re.compile(
    r"(?<=.{2})(?=已|正在|预计|尚未|未(?!来|成年)|暂未|因|目前|全部完成|进入|进展|完成|推进|基本)"
)
# …，其他项目正按序时推进: what is left over behind a counted list is none of it
_OTHERS: Final = re.compile(r"(?:其他|其它|其余)")
_MIN_SHARE: Final = 0.25
_TRIM: Final = "。；;，,、：: \n"


@dataclass(frozen=True, slots=True)
class _Group:
    """A list of tasks in one state: the members, the words of the state, where all of it stands."""

    members: tuple[Text, ...]
    state: Text
    whole: Text


@cache
def _state_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load_toml("summary")["states"])))


def read(body: Body) -> Reading:
    """Tasks from counted lists; score 0 when they are a small part of the body."""
    text = Text.join((line.text for line in body.lines), "\n")
    groups = list(_groups(text))
    members = sum(len(group.members) for group in groups)
    stated = sum(1 for group in groups if _state_words().search(group.state.value))
    share = sum(len(group.whole) for group in groups) / max(1, body.size)
    if members < 2 or not stated or share < _MIN_SHARE:
        return Reading("status_summary", 0.0)
    drafts = tuple(_draft(member, group) for group in groups for member in group.members)
    taken = [(start, end) for group in groups for start, end in group.whole.pieces()]
    labels = [Label(kind="label", start=start, end=end) for start, end in taken]
    labels += [Label(kind="background", start=line.start, end=line.end) for line in body.lines]
    return Reading("status_summary", 0.35 + 0.3 * min(1.0, share), drafts, tuple(labels))


def _around(anchor: re.Pattern[str], pattern: re.Pattern[str], value: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern that holds the anchor; its lazy start is tried only near one.

    All matches of the pattern, in a fraction of the time: most lines have no anchor.
    """
    done = 0
    for hit in anchor.finditer(value):
        if hit.start() < done:
            continue
        match = pattern.search(value, max(done, hit.start() - _REACH), hit.end() + len("一是"))
        if match:
            yield match
            done = match.end()


def _groups(text: Text) -> Iterator[_Group]:
    stated = (m for m in _COUNTED.finditer(text.value) if _state_words().search(m["state"]))
    for match in (*_around(_BEFORE_ANCHOR, _BEFORE, text.value), *stated):
        end = _sentence_end(text.value, match.end())
        members = _members(text.cut(match.end(), end), parse_numeral(match["count"]))
        if members:
            yield _Group(members, text.cut(*match.span("state")), text.cut(match.start(), end))
    for match in _AFTER.finditer(text.value):
        start, end = match.span("list")
        listed = text.cut(start, end)
        listed = listed.cut(len(listed) - len(re.sub(r"^其中[，,]?", "", listed.value)), len(listed))
        members = _members(listed, parse_numeral(match["count"]))
        if members:
            yield _Group(members, text.cut(*match.span("state")), text.cut(start, match.end()))
    for match in _around(_NAMED_ANCHOR, _NAMED, text.value):
        line_end = text.value.find("\n", match.end())
        end = len(text) if line_end < 0 else line_end
        _, found, _ = points(text.cut(match.end(), end))
        if found:
            members = tuple(point for _, point in found)
            yield _Group(members, text.cut(*match.span("state")), text.cut(match.start(), end))


def _sentence_end(value: str, at: int) -> int:
    """The list ends with its sentence; a semicolon ends it unless points follow."""
    marks = "。\n" if value.startswith("一是", at) else "。；;"
    found = [place for mark in marks if (place := value.find(mark, at)) >= 0]
    return min(found, default=len(value))


def _members(listed: Text, count: float | None) -> tuple[Text, ...]:
    """The list's members when they are as many as counted; else none."""
    _, found, _ = points(listed)
    if found:
        return tuple(point for _, point in found) if len(found) == count else ()
    for separator in (r"、", r"[，,]", r"[；;]"):
        outside = re.compile(rf"{separator}(?![^（(]*[）)])")
        parts = [part.strip(_TRIM) for part in listed.split(outside)]
        if parts and _OTHERS.match(parts[-1].value):
            parts.pop()
        if len(parts) == count and all(parts):
            return tuple(parts)
    return ()


def _draft(member: Text, group: _Group) -> Draft:
    """Name, number in brackets, and what is said about it behind the name."""
    fields: dict[Field, Text] = {"status": group.state}
    number = _NUMBER.search(member.value)
    clause = _CLAUSE.search(member.value)
    end = len(member)
    if number:
        fields["label"] = member.cut(*number.span("seq"))
        end = number.start()
        rest = member.cut(number.end(), len(member)).strip(_TRIM)
    elif clause:
        end = clause.start()
        rest = member.cut(end, len(member)).strip(_TRIM)
    else:
        rest = member.cut(end, end)
    fields["content"] = member.cut(0, end).strip(_TRIM)
    if rest:
        fields["progress"] = rest
    return Draft("task", fields, "summary.list", number["seq"] if number else None, confidence=0.8)
