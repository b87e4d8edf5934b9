"""Status: where a task stands, in the words that say so; nothing where no words do.

A cue counts when it speaks of the task as a whole: the only words of a cell, a short
statement, the opening or the close of a long one. Details of a long text
(``完成了评审``) say nothing, states of parts that differ make the task in progress.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from extract.alternatives import longest_first
from extract.classed import state_of
from extract.fields.achieved import achieved
from extract.fields.cues import CLAUSE, SENTENCE, TOTAL, Cue, around, count_of, cues, measured, unfinished
from extract.fields.steps import points
from extract.found import Found
from extract.lexicon.load import load_toml
from schema.records import Status
from schema.text import Text

_CELL: Final = 4
_SHORT: Final = 75
_FAIRLY_SHORT: Final = 125
_OPENING: Final = 40
_LONGEST: Final = 20_000  # no progress is longer; a hostile one is cut
_STOP: Final = re.compile(r"[。！!\n]")
_CELL_EDGE: Final = " \t\r\n\u3000。；;，,：:（）()【】[]“”"
# 一、已办结事项（7项）   （二）正常推进的项目   三、进展缓慢类
_HEADED: Final = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?\s*)?(?P<state>[\u4e00-\u9fff]{2,8}?)的?"
    r"(?:重点)?(?:事项|任务|项目|工作|问题|建议|提案|类)(?:[（(][^（）()]{1,12}[）)])?[：:]?"
)
# …已完成，|工程|按进度进行   …，|项目整体|进展顺利
_WHOLE: Final = re.compile(r"(?:目前|现|本|该|各项)?(?:工程|项目|工作|任务)?(?:总体|整体)?(?:上|均|正)?")
_ALL: Final = ("全", "均", "都", "皆")
_ELSEWHERE: Final = frozenset({Status.BEHIND, Status.POSTPONED, Status.NOT_STARTED, Status.TRANSFERRED})
_STALLED: Final = (Status.BEHIND, Status.POSTPONED, Status.NOT_STARTED)


def status(texts: Sequence[Text], task: Text | None = None) -> Found[Status] | None:
    """The status that the texts state, with the words that state it; None when none do.

    ``texts`` are the progress, then other fields that may speak of it (problems, next
    steps, a status cell). A cell that holds nothing but a status comes first, then the
    progress; the others are heard only for what went wrong. ``task`` is what was to be done:
    with it `已于11月封顶` completes a task that ends in 封顶.

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
        first = text is telling[0] or text is texts[0]
        found = (_opening(text) if first else None) or _judged(text, task if first else None)
        if found is not None and (first or found.value in _ELSEWHERE):
            return found
    return None


def _cell(text: Text) -> Found[Status] | None:
    """A text that is nothing but a status: `欠进度` `🟢` `已完成。`"""
    place = state_of(text.value) if len(text) <= _OPENING else None
    text = text.cut(*place) if place else text
    word = text.value.strip(_CELL_EDGE)
    said = _cells().get("".join(word.split())) if word.lstrip()[:1] in _cell_heads() else None
    return None if said is None else Found(said, text.strip(_CELL_EDGE), "status.cell")


def headed(heading: Text) -> Found[Status] | None:
    """The state that a heading gives to all below it: `一、已办结事项（7项）`; None for other headings.

    >>> found = headed(Text.of("三、进展缓慢事项（5项）"))
    >>> found and (found.value.value, str(found.at))
    ('behind', '进展缓慢')
    >>> headed(Text.of("一、推进项目建设")) is None
    True
    """
    match = _HEADED.fullmatch(heading.value.strip())
    if match is None:
        return None
    return _cell(heading.cut(match.start("state"), match.end("state")))


def _opening(text: Text) -> Found[Status] | None:
    """A status word that is the first sentence: `完成。建成社区食堂9家`."""
    stop = _STOP.search(text.value, 0, _OPENING)
    return _cell(text.cut(0, stop.start())) if stop else None


def _judged(text: Text, task: Text | None) -> Found[Status] | None:
    value = text.value[:_LONGEST]
    value = value[: _later(value)]
    starts = points(value)
    parts = _zones(value, starts)
    short = len(starts) < 2 and (
        len(value) <= _SHORT or (len(value) <= _FAIRLY_SHORT and len(_sentences(value)) <= 2)
    )
    said = [*cues(value, "cues"), *measured(value)]
    if short:
        said += [*cues(value, "weak"), *unfinished(value), *_last_clause(value)]
    said.sort(key=lambda cue: cue.start)
    chosen = _achieved(value, task, said) or (_short(value, said) if short else _long(value, said, parts))
    if chosen is None:
        return None
    return Found(chosen.status, text.cut(chosen.start, chosen.end), f"status.{chosen.status.value}")


def _last_clause(value: str, whose: re.Pattern[str] | None = None) -> list[Cue]:
    """A last clause that is nothing but a status (`已获国家认证，完成。`), behind its subject ``whose``."""
    text = value.rstrip(_CELL_EDGE)
    start = max((match.end() for match in CLAUSE.finditer(text)), default=0)
    subject = whose.match(text, start) if whose and start else None
    start = subject.end() if subject else start
    said = _cells().get(text[start:].strip())
    told = start and said not in {None, Status.IN_PROGRESS}  # 已完成整改，长期坚持 is done
    return [Cue(said, start, len(text))] if said and told else []


def _achieved(value: str, task: Text | None, cues: list[Cue]) -> Cue | None:
    """What the task asks for told as done, with no word of a part that stands still."""
    place = achieved(value, task.value) if task else None
    if place is None or any(cue.status in _STALLED for cue in cues):
        return None
    return Cue(Status.COMPLETED, *place)


def _short(value: str, cues: list[Cue]) -> Cue | None:
    """One statement: its cues agree, or the task is in progress."""
    said = {cue.status for cue in cues}
    if Status.TRANSFERRED in said:
        return _first(cues, Status.TRANSFERRED)
    done = _first(cues, Status.COMPLETED)
    going = _first(cues, Status.IN_PROGRESS)
    stalled = next((cue for cue in cues if cue.status in _STALLED), None)
    if done is None:
        return stalled or _first(cues, Status.ON_TRACK) or going
    closing = next((cue for cue in _last_clause(value, _WHOLE) if cue.status is Status.ON_TRACK), None)
    if closing is not None and stalled is None:
        return closing  # 已建成246个，按序时进度推进 ends in what is said of the whole
    other = stalled or going or _first(cues, Status.ON_TRACK)
    if other is not None:
        return Cue(Status.IN_PROGRESS, other.start, other.end)
    if _counted_part(value, done):
        return Cue(Status.IN_PROGRESS, done.start, done.end)
    return None if _some(value, done) else done


def _long(value: str, cues: list[Cue], zones: list[tuple[int, int]]) -> Cue | None:
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
    parts = [cue for cue in whole if _one_of_many(value, cue)]
    if whole and not parts:
        return whole[-1]
    if parts:
        other = next(
            (cue for cue in heard if cue.start > parts[0].start and cue.status != parts[0].status), parts[0]
        )
        return Cue(Status.IN_PROGRESS, other.start, other.end)
    for state in (*_STALLED, Status.ON_TRACK):
        found = _first(heard, state)
        if found is not None and (state is not Status.NOT_STARTED or going is None):
            return found
    return going


def _zones(value: str, starts: Sequence[int]) -> list[tuple[int, int]]:
    """Where a long text speaks of the whole: before its points, or in its first and last sentence."""
    if len(starts) > 1:
        return [(0, starts[0])]
    sentences = _sentences(value)
    if not sentences:
        return []
    return [sentences[0], sentences[-1]]


def _alone(value: str, cue: Cue) -> bool:
    low, high = around(value, cue, SENTENCE)
    return high - low <= _OPENING


def _of_whole(value: str, cue: Cue) -> bool:
    """Whether `完成` has the task as its object: `顺利完成各项重点任务` `该项工作已完成`."""
    guards = load_toml("status")["guards"]
    if value[cue.start : cue.end].endswith(tuple(guards["whole_objects"])):  # `完成年度任务`
        return True
    low, high = around(value, cue, SENTENCE)
    before, after = value[low : cue.start], value[cue.end : high]
    if not after.strip(_CELL_EDGE):
        whole = any(word in before for word in guards["task_words"])
        return len(before) <= _OPENING * 2 and (whole or not before.strip())
    clause = CLAUSE.split(after, maxsplit=1)[0]
    if not clause.strip():
        return any(word in before for word in guards["task_words"])
    return any(word in clause for word in guards["whole"]) and any(
        noun in clause for noun in guards["whole_nouns"]
    )


def _counted_part(value: str, done: Cue) -> bool:
    """`24项,已完成3项` `8项,其中4项已完成`: fewer done than there are."""
    if value.startswith(_ALL, done.start):
        return False
    low, high = around(value, done, CLAUSE)
    near = [count_of(match) for match in TOTAL.finditer(value, low, min(high, done.end + 6))]
    before = [count_of(match) for match in TOTAL.finditer(value, 0, low)]
    if near and before and min(near) < max(before):
        return True
    rest = load_toml("status")["guards"]["rest"]
    return bool(near) and any(word in value for word in rest)


def _one_of_many(value: str, done: Cue) -> bool:
    """`10个事项中，1个已完成，4个推进顺利`: the cue is told of fewer than its sentence counts before."""
    low, _ = around(value, done, SENTENCE)
    counts = [(match.end(), count_of(match)) for match in TOTAL.finditer(value, low, done.start)]
    if len(counts) < 2 or done.start - counts[-1][0] > _CELL:
        return False
    return counts[-1][1] < counts[0][1] and not value.startswith(_ALL, done.start)


def _some(value: str, done: Cue) -> bool:
    """`已完成389条`: how many were done, and nothing says of how many."""
    after = TOTAL.match(value, done.end)
    totals = [count_of(match) for match in TOTAL.finditer(value, 0, done.start)]
    return after is not None and count_of(after) not in totals


def _sentences(value: str) -> list[tuple[int, int]]:
    low, found = 0, []
    for match in SENTENCE.finditer(value):
        found.append((low, match.start()))
        low = match.end()
    found.append((low, len(value)))
    return [(low, high) for low, high in found if value[low:high].strip()]


def _later(value: str) -> int:
    """Where the text turns to what comes next; its end when it does not."""
    words, turn = _turn()
    match = turn.search(value) if words.search(value) else None
    return match.start() if match and match.start() else len(value)


def _first(cues: list[Cue], said: Status) -> Cue | None:
    return next((cue for cue in cues if cue.status is said), None)


@cache
def _turn() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words that turn to what comes next, anywhere and where they open a clause."""
    words = longest_first(load_toml("status")["guards"]["later"])
    return re.compile(words), re.compile(rf"(?:^|[。；;\n，,])[^\S\n]*(?:{words})")


@cache
def _cells() -> dict[str, Status]:
    table: dict[str, list[str]] = load_toml("status")["cell"]
    return {word: Status(said) for said, words in table.items() for word in words}


@cache
def _cell_heads() -> frozenset[str]:
    """The first characters of such cells."""
    return frozenset(word[0] for word in _cells())
