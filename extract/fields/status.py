"""Status: where a task stands, in the words that say so; nothing where no words do.

A cue counts when it speaks of the task as a whole: the only words of a cell, a short
statement, the opening or the close of a long one. Details of a long text
(``完成了评审``) say nothing, states of parts that differ make the task in progress.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.fields.steps import steps
from extract.found import Found
from extract.lexicon.load import load_toml
from schema.records import Status
from schema.text import Text

_CELL: Final = 4
_SHORT: Final = 75
_FAIRLY_SHORT: Final = 125
_OPENING: Final = 40
_REACH: Final = 200  # no clause of a report is longer; a hostile one is cut
_SENTENCE: Final = re.compile(r"[。；;！!\n]")
_CLAUSE: Final = re.compile(r"[。；;！!\n，,：:、]")
_CELL_EDGE: Final = " \t\r\n\u3000。；;，,：:（）()【】[]“”"
# `完成率106%` is done, `完成总量的90%` `完成八成` are under way
_RATE: Final = re.compile(
    r"完成(?P<of>率)?(?P<what>[^，。；,;%％\d成]{0,8})(?:(?P<percent>\d{1,4}(?:\.\d+)?)[%％]|[一二三四五六七八九]成)"
)
# `已完成3项` `2个已投用` against `24项` `10件14个`
_MEASURE: Final = "[项件个处座条家所场栋间台套户公里批]"
_TOTAL: Final = re.compile(rf"(?P<count>\d{{1,6}}|[两二三四五六七八九十])(?:{_MEASURE}|余)")
_ELSEWHERE: Final = frozenset({Status.BEHIND, Status.POSTPONED, Status.NOT_STARTED, Status.TRANSFERRED})
_STALLED: Final = (Status.BEHIND, Status.POSTPONED, Status.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that state a status, at half-open offsets of the text."""

    status: Status
    start: int
    end: int


def status(texts: Sequence[Text]) -> Found[Status] | None:
    """The status that the texts state, with the words that state it; None when none do.

    ``texts`` are the progress, then other fields that may speak of it (problems, next
    steps, a status cell). A cell that holds nothing but a status comes first, then the
    progress; the others are heard only for what went wrong.

    >>> found = status([Text.of("第二十五项任务已于2021年底完成。")])
    >>> found and (found.value.value, str(found.at))
    ('completed', '已于2021年底完成')
    >>> status([Text.of("印发了方案，召开了座谈会。")]) is None
    True
    """
    for text in texts:
        cell = _cell(text)
        if cell is not None:
            return cell
    # a cell that says nothing (`其它` `B类`) does not stand for the progress behind it
    telling = [text for text in texts if len(text) > _CELL] or list(texts)
    for text in texts:
        found = _judged(text)
        if found is not None and (text is telling[0] or text is texts[0] or found.value in _ELSEWHERE):
            return found
    return None


def _cell(text: Text) -> Found[Status] | None:
    """A text that is nothing but a status: `欠进度` `🟢` `已完成。`"""
    word = text.strip(_CELL_EDGE)
    said = _cells().get("".join(word.value.split()))
    return None if said is None else Found(said, word, "status.cell")


def _judged(text: Text) -> Found[Status] | None:
    value = text.value[: _later(text.value)]
    points = [found.at.value for found in steps("progress", text)]
    parts = _zones(value, points)
    short = len(points) < 2 and (
        len(value) <= _SHORT or (len(value) <= _FAIRLY_SHORT and len(_sentences(value)) <= 2)
    )
    cues = [*_cues(value, "cues"), *_rates(value), *(_cues(value, "weak") if short else ())]
    cues = sorted(cues, key=lambda cue: cue.start)
    chosen = _short(value, cues) if short else _long(value, cues, parts)
    if chosen is None:
        return None
    return Found(chosen.status, text.cut(chosen.start, chosen.end), f"status.{chosen.status.value}")


def _short(value: str, cues: list[_Cue]) -> _Cue | None:
    """One statement: its cues agree, or the task is in progress."""
    said = {cue.status for cue in cues}
    if Status.TRANSFERRED in said:
        return _first(cues, Status.TRANSFERRED)
    done = _first(cues, Status.COMPLETED)
    going = _first(cues, Status.IN_PROGRESS)
    stalled = next((cue for cue in cues if cue.status in _STALLED), None)
    if done is None:
        return stalled or _first(cues, Status.ON_TRACK) or going
    other = stalled or going or _first(cues, Status.ON_TRACK)
    if other is not None:
        return _Cue(Status.IN_PROGRESS, other.start, other.end)
    if _counted_part(value, done):
        return _Cue(Status.IN_PROGRESS, done.start, done.end)
    return None if _some(value, done) else done


def _long(value: str, cues: list[_Cue], zones: list[tuple[int, int]]) -> _Cue | None:
    """Several statements: what the opening or the close says of the whole, else what still runs."""
    # `论坛改期举办。` is a statement of its own wherever it stands in unnumbered text
    heard = [
        cue
        for cue in cues
        if any(low <= cue.start < high for low, high in zones) or (len(zones) > 1 and _alone(value, cue))
    ]
    transferred = _first(heard, Status.TRANSFERRED)
    going = _first(cues, Status.IN_PROGRESS)
    if transferred is not None:
        return transferred
    whole = [cue for cue in heard if cue.status is Status.COMPLETED and _of_whole(value, cue)]
    if whole:
        return whole[-1]
    for state in (*_STALLED, Status.ON_TRACK):
        found = _first(heard, state)
        if found is not None and (state is not Status.NOT_STARTED or going is None):
            return found
    return going


def _zones(value: str, points: list[str]) -> list[tuple[int, int]]:
    """Where a long text speaks of the whole: before its points, or in its first and last sentence."""
    if len(points) > 1:
        return [(0, value.find(points[0]))]
    sentences = _sentences(value)
    if not sentences:
        return []
    return [sentences[0], sentences[-1]]


def _alone(value: str, cue: _Cue) -> bool:
    low, high = _around(value, cue, _SENTENCE)
    return high - low <= _OPENING


def _of_whole(value: str, cue: _Cue) -> bool:
    """Whether `完成` has the task as its object: `顺利完成各项重点任务` `该项工作已完成`."""
    guards = load_toml("status")["guards"]
    low, high = _around(value, cue, _SENTENCE)
    before, after = value[low : cue.start], value[cue.end : high]
    if not after.strip(_CELL_EDGE):
        whole = any(word in before for word in guards["task_words"])
        return len(before) <= _OPENING * 2 and (whole or not before.strip())
    clause = _CLAUSE.split(after, maxsplit=1)[0]
    if not clause.strip():
        return any(word in before for word in guards["task_words"])
    return any(word in clause for word in guards["whole"]) and any(
        noun in clause for noun in guards["whole_nouns"]
    )


def _counted_part(value: str, done: _Cue) -> bool:
    """`24项,已完成3项` `8项,其中4项已完成`: fewer done than there are."""
    if value.startswith(("全", "均", "都", "皆"), done.start):
        return False
    low, high = _around(value, done, _CLAUSE)
    near = [_count(match) for match in _TOTAL.finditer(value, low, min(high, done.end + 6))]
    before = [_count(match) for match in _TOTAL.finditer(value, 0, low)]
    if near and before and min(near) < max(before):
        return True
    rest = load_toml("status")["guards"]["rest"]
    return bool(near) and any(word in value for word in rest)


def _some(value: str, done: _Cue) -> bool:
    """`已完成389条`: how many were done, and nothing says of how many."""
    after = _TOTAL.match(value, done.end)
    totals = [_count(match) for match in _TOTAL.finditer(value, 0, done.start)]
    return after is not None and _count(after) not in totals


def _count(match: re.Match[str]) -> int:
    printed = match["count"]
    return int(printed) if printed.isdecimal() else "一两三四五六七八九十二".index(printed) % 10 + 1


def _cues(value: str, table: str) -> Iterator[_Cue]:
    for match in _pattern(table).finditer(value):
        said = Status(match.lastgroup or "")
        cue = _Cue(said, match.start(), match.end())
        if value.startswith("的", cue.end):  # `对进度滞后的单位`
            continue
        guarded = _guarded(value, cue) if said in {Status.COMPLETED, Status.ON_TRACK} else cue
        if guarded is not None:
            yield guarded


def _guarded(value: str, cue: _Cue) -> _Cue | None:
    """The cue, a plan as in progress, or None for a wish, a name, a part."""
    guards = load_toml("status")["guards"]
    low, _ = _around(value, cue, _CLAUSE)
    before, after = value[low : cue.start], value[cue.end : cue.end + 8]
    if after.startswith(tuple(guards["partial"])):
        return _Cue(Status.IN_PROGRESS, cue.start, cue.end)
    if after.startswith(tuple(guards["named"])):
        return None
    settled = value.startswith(("已", "均", "都", "皆"), cue.start)
    planned = [] if settled else [word for word in guards["future"] if word in before]
    if planned:
        return _Cue(Status.IN_PROGRESS, low + before.index(planned[0]), cue.end)
    wished = not settled and any(len(word) > 1 and word in before for word in guards["wish"])
    return None if wished or before.endswith(tuple(guards["wish"])) else cue


def _rates(value: str) -> Iterator[_Cue]:
    """`完成率106%` `完成八成`; a rate of what is counted otherwise (`办结率`) says nothing."""
    for match in _RATE.finditer(value):
        full = match["percent"] is not None and float(match["percent"]) >= 100
        if match["of"] and not full:
            continue
        yield _Cue(Status.COMPLETED if full else Status.IN_PROGRESS, match.start(), match.end())


def _around(value: str, cue: _Cue, stop: re.Pattern[str]) -> tuple[int, int]:
    """The stretch between the nearest stops on both sides of a cue."""
    edge = max(0, cue.start - _REACH)
    low = max((match.end() for match in stop.finditer(value, edge, cue.start)), default=edge)
    after = stop.search(value, cue.end, cue.end + _REACH)
    return low, after.start() if after else min(len(value), cue.end + _REACH)


def _sentences(value: str) -> list[tuple[int, int]]:
    low, found = 0, []
    for match in _SENTENCE.finditer(value):
        found.append((low, match.start()))
        low = match.end()
    found.append((low, len(value)))
    return [(low, high) for low, high in found if value[low:high].strip()]


def _later(value: str) -> int:
    """Where the text turns to what comes next; its end when it does not."""
    words = "|".join(load_toml("status")["guards"]["later"])
    match = re.search(rf"(?:^|[。；;\n，,])\s*(?:{words})", value)
    return match.start() if match and match.start() else len(value)


def _first(cues: list[_Cue], said: Status) -> _Cue | None:
    return next((cue for cue in cues if cue.status is said), None)


@cache
def _cells() -> dict[str, Status]:
    table: dict[str, list[str]] = load_toml("status")["cell"]
    return {word: Status(said) for said, words in table.items() for word in words}


@cache
def _pattern(table: str) -> re.Pattern[str]:
    """All cues of a table as one pattern, a named group a status, longer words first."""
    groups = []
    for said, words in load_toml("status")[table].items():
        ordered = sorted(words, key=len, reverse=True)
        choices = [
            re.escape(word).replace("\\~", "~").replace("~", r"[^。；;，,\n]{0,12}?") for word in ordered
        ]
        if said == "completed":
            # `已于2021年底完成` `已在6月办结`
            choices.append(r"已[于在][^。；;，,\n]{1,12}?(?:完成|办结|竣工|投用|建成|完工|落实|销号)")
        groups.append(f"(?P<{said}>{'|'.join(choices)})")
    return re.compile("|".join(groups))
