"""Steps: the points inside a task's text, by their markers or topic phrases.

``1.`` ``（1）`` ``①`` ``一、`` ``一是`` ``首先`` number them, at the start of a paragraph or inside one;
paragraphs without markers are steps when at least two of them open with a topic phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from extract.alternatives import longest_first, sought
from extract.found import Found
from extract.lexicon.load import load_toml
from extract.numbering import Marker, markers
from extract.numerals import ordinal
from schema.records import Step
from schema.text import Text

_LONGEST: Final = 50_000  # no field is longer; a hostile one has no steps behind this
_ORDERED: Final = {"首先": 1, "其次": 2, "再次": 3, "最后": 0}
_SIDES: Final = {"一方面": 1, "另一方面": 2}

# A marker stands at a start or behind a mark that ends something: `…》2.开展`, `…/月 2. 推动`.
_BEFORE: Final = "。；;：:！!？?，,》”」）)…\x00"
_PLACE: Final = rf"(?:^|(?<=[\s{_BEFORE}]))"
_CHINESE: Final = "[一二三四五六七八九十]{1,3}"
# `第一，` `第二步，` `第一是`
_NTH: Final = rf"(?:其(?P<its>{_CHINESE})[，,、：:]|第(?P<nth>{_CHINESE})(?:步?[，,、：:]|是))"
_ORDER: Final = rf"(?P<order>{'|'.join(_ORDERED)})[，,：:]?"
# `一来减轻负担，二来提高效率` `一则` `二则`, but not `一来访群众`
_TURN: Final = rf"(?:(?P<turn>{_CHINESE})来(?![访电函])|(?P<rule>{_CHINESE})则)[，,]?"
_SIDE: Final = rf"(?P<side>{'|'.join(_SIDES)})[，,]?"
# `一是一批项目落地`, but not `一是一，二是二`
_POINT: Final = rf"(?P<point>{_CHINESE})是(?=一(?![，,、。；;是]))"
# What prose counts with beside the numbering of documents
_TOLD: Final = re.compile(rf"{_PLACE}(?:{_NTH}|{_ORDER}|{_TURN}|{_SIDE}|{_POINT})\s*", re.MULTILINE)
_BEGUN: Final = re.compile("[其第首再最另一二三四五六七八九十][一二三四五六七八九十先次后来则是方]")
_STYLES: Final = frozenset(
    {"num", "num_paren", "circled", "cn", "cn_paren", "point", "item", "named", "bullet"}
)
# Lists of these kinds may consist of one point at the head of a field: `1.在超高清领域…`.
_ALONE: Final = frozenset({"num", "num_paren", "circled", "cn_paren", "cn"})
# A number repeated or left out is a slip of the author in these kinds wherever they stand:
# `三是…三是…` `二是…四是…`.
_SPOKEN: Final = frozenset({"point", "its", "nth"})

# `加强科技创新组织统筹。` `能源谷:` – short, without figures and titles of documents.
_TOPIC: Final = re.compile(r"(?P<topic>[^。：:；;！？!?\d《》\n]{2,30})[。：:](?=[ \t\u3000]*[^\s。])")


_OPENING: Final = re.compile(r"[ \t\u3000\xa0]*(?=\S)")


@dataclass(slots=True)
class _Mark:
    """One marker: its place, kind and number; ``opens`` when it starts a paragraph."""

    start: int
    end: int
    kind: str
    number: int
    opens: bool
    depth: int = 0


@dataclass(slots=True)
class _Run:
    """Markers of one kind that count 1, 2, 3 …, inside a point of ``parent``."""

    kind: str
    parent: _Run | None
    marks: list[_Mark] = field(default_factory=list)

    @property
    def last(self) -> _Mark:
        return self.marks[-1]

    @property
    def inline(self) -> bool:
        return not self.last.opens


def steps(field: str, text: Text) -> list[Found[Step]]:
    """The steps of a field's text in order, outer before inner; [] when it has none.

    A step's text goes from its marker to the next step of any depth, so that no character
    is in two steps; what stands before the first marker is in none. ``at`` is marker and
    text, in the offsets of ``text``'s source. Depth counts from 1.

    >>> found = steps("progress", Text.of("1.推进建设。已开工。2.加强统筹:一是建机制;二是建台账。"))
    >>> [(step.value.depth, step.value.marker, step.value.title) for step in found]
    [(1, '1.', '推进建设'), (1, '2.', '加强统筹'), (2, '一是', None), (2, '二是', None)]
    >>> steps("progress", Text.of("启动2.0阶段,支出1.01亿元。"))
    []
    """
    last = _Mark(len(text), len(text), "", 0, True)
    return [_step(field, text, mark, after) for mark, after in pairwise([*_marked(text.value), last])]


def points(value: str) -> list[int]:
    """Where the steps of a text begin.

    >>> points("会议要求:一是抓落实;二是抓整改。")
    [5, 11]
    """
    return [mark.start for mark in _marked(value)]


@lru_cache(maxsize=8)  # a field is asked twice: what its points are, and what it says of the whole
def _marked(value: str) -> tuple[_Mark, ...]:
    marks = _kept(_runs(_marks(value[:_LONGEST])), value)
    if not any(mark.opens for mark in marks):
        marks = _with_topics(marks, value[:_LONGEST])
    return tuple(marks)


def topic(text: str) -> str | None:
    """The topic phrase that opens a text, without its mark; None when it opens with none.

    >>> topic("加强科技创新组织统筹。强化牵头单位职责")
    '加强科技创新组织统筹'
    >>> topic("已举办活动18场。") is None
    True
    """
    match = _TOPIC.match(text)
    if match is None:
        return None
    phrase = match["topic"].strip()
    return None if phrase in _no_topics() or _never_held().search(phrase) else phrase


@cache
def _no_topics() -> frozenset[str]:
    return frozenset(load_toml("steps")["topic"]["not"])


@cache
def _never_held() -> re.Pattern[str]:
    """Words that no topic phrase holds."""
    return re.compile(longest_first(load_toml("steps")["topic"]["never_holds"]))


def _step(field: str, text: Text, mark: _Mark, after: _Mark) -> Found[Step]:
    body = text.cut(mark.end, after.start).strip()
    stop = mark.end + len(text.value[mark.end : after.start].rstrip())
    heads = body.value + "…" if after.depth > mark.depth else body.value
    step = Step(
        field=field,
        depth=mark.depth,
        marker=text.value[mark.start : mark.end].strip() or None,
        title=topic(heads),
        text=body.value,
    )
    return Found(step, text.cut(mark.start, max(stop, mark.end)), f"steps.{mark.kind}")


def _marks(value: str) -> Iterator[_Mark]:
    """Every place that looks like a marker, in order."""
    found = [
        _mark(value, marker.start, marker.end, marker.style, marker.number)
        for marker in markers(value)
        if _placed(value, marker)
    ]
    for match in sought(_BEGUN, _TOLD, value):
        kind = match.lastgroup or ""
        found.append(_mark(value, *match.span(), kind, _told(kind, match[kind])))
    return iter(sorted(found, key=lambda mark: mark.start))


def _told(kind: str, word: str) -> int:
    words = {"order": _ORDERED, "side": _SIDES}.get(kind)
    return words[word] if words else ordinal(word) or -1


def _mark(value: str, start: int, end: int, kind: str, number: int) -> _Mark:
    opens = _opens(value, start)
    if kind == "num" and value.startswith("、", end):  # `1.、立项`
        end += 1
    if kind == "num_paren" and value[start] not in "（(":
        kind = "half"
    return _Mark(start, end, kind, number, opens)


def _placed(value: str, marker: Marker) -> bool:
    """Whether a marker can begin a step where it stands; a circled one can anywhere."""
    before = value[marker.start - 1] if marker.start else "\n"
    if marker.style == "circled":
        return True
    if marker.style not in _STYLES or not (before.isspace() or before in _BEFORE):
        return False
    if marker.style == "num":  # `1、2号楼` `100.`
        printed = value[marker.start : marker.end].rstrip()
        return marker.number < 100 and not (
            printed[-1] == "、" and value[marker.end : marker.end + 1].isdecimal()
        )
    if marker.style == "named":  # `目标1.5亿元`
        return not value[marker.end : marker.end + 1].isdecimal()
    # `一、` heads a paragraph; inside one it is a numeral in a list (`一、二级`), `——` a dash.
    return marker.style not in {"cn", "bullet"} or _opens(value, marker.start)


def _opens(value: str, at: int) -> bool:
    """Whether nothing but blanks stands between the line's start and ``at``."""
    while at and value[at - 1] != "\n" and value[at - 1].isspace():
        at -= 1
    return not at or value[at - 1] == "\n"


def _runs(marks: Iterator[_Mark]) -> list[_Run]:
    """The markers sorted into runs, each one inside the run that was open when it began."""
    runs: list[_Run] = []
    stack: list[_Run] = []
    for mark in marks:
        if mark.opens:
            # A paragraph's own marker outranks lists inside earlier paragraphs.
            while stack and stack[-1].inline and stack[-1].kind != mark.kind:
                stack.pop()
        known = next((run for run in reversed(stack) if run.kind == mark.kind), None)
        if known is not None and _continues(known, mark):
            del stack[stack.index(known) + 1 :]
            known.marks.append(mark)
        elif mark.number == 1 or mark.kind == "bullet":
            if known is not None:
                del stack[stack.index(known) :]
            runs.append(_Run(mark.kind, stack[-1] if stack else None, [mark]))
            stack.append(runs[-1])
    return runs


def _continues(run: _Run, mark: _Mark) -> bool:
    """Whether the marker is the run's next; at a paragraph's start a slip of one is forgiven."""
    if mark.number == 0:
        return True
    ahead = mark.number - _printed(run)
    if ahead == 1:
        return True
    if mark.opens and run.marks[0].opens:
        return ahead in {0, 2} and mark.number > 1
    return ahead in {0, 2} and mark.kind in _SPOKEN and mark.number > 1


def _printed(run: _Run) -> int:
    return run.last.number or len(run.marks)


def _kept(runs: list[_Run], value: str) -> list[_Mark]:
    """The markers of real lists in text order, with their depths."""
    start = len(value) - len(value.lstrip())
    stop = len(value.rstrip())
    real = [run for run in runs if len(run.marks) > 1 or _stands_alone(run, start, stop)]
    for run in real:
        depth, parent = 1, run.parent
        while parent is not None:
            depth += parent in real
            parent = parent.parent
        for mark in run.marks:
            mark.depth = depth
    return sorted((mark for run in real for mark in run.marks), key=lambda mark: mark.start)


def _stands_alone(run: _Run, start: int, stop: int) -> bool:
    return run.kind in _ALONE and run.last.start == start and run.last.end < stop


def _with_topics(marks: list[_Mark], value: str) -> list[_Mark]:
    """The markers below the paragraphs that open with a topic phrase, if two or more do."""
    openings = (_OPENING.match(value, at) for at in _line_starts(value))
    topics = [
        _Mark(place.end(), place.end(), "topic", 0, True, 1)
        for place in openings
        if place and topic(value[place.end() : place.end() + 40])
    ]
    if len(topics) < 2:
        return marks
    for mark in marks:
        mark.depth += mark.start > topics[0].start
    return sorted(topics + marks, key=lambda mark: mark.start)


def _line_starts(value: str) -> Iterator[int]:
    at = 0
    while at >= 0:
        yield at
        at = value.find("\n", at) + 1 or -1
