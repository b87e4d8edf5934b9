"""Cues: the words of a text that state a status, with what guards them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.alternatives import longest_first, sought
from extract.lexicon.load import load_toml
from schema.records import Status

SENTENCE: Final = re.compile(r"[。；;！!\n]")
CLAUSE: Final = re.compile(r"[。；;！!\n，,：:、]")
_REACH: Final = 200  # no clause of a report is longer; a hostile one is cut
# `完成率106%` is done, `完成总量的90%` `完成八成` are under way
_RATE: Final = re.compile(
    r"完成(?P<of>率)?(?P<what>[^，。；,;%％\d成]{0,8})(?:(?P<percent>\d{1,4}(?:\.\d+)?)[%％]|[一二三四五六七八九]成)"
)
_MEASURE: Final = "[项件个处座条家所场栋间台套户公里批]"
# `已完成3项` `2个已投用` against `24项` `10件14个`
TOTAL: Final = re.compile(rf"(?P<count>\d{{1,6}}|[两二三四五六七八九十])(?:{_MEASURE}|余)")
# `4家未完成` `其余157个因电力增容尚未完成`: a part is left
_LEFT: Final = re.compile(
    rf"(?:(?<![\d.])\d{{1,6}}|[一两二三四五六七八九十]){_MEASURE}[^。；;，,、\n]{{0,14}}?(?:未|没有)完成(?!的)"
)
# `距20亿元目标还差5.5亿元` `距目标差0.9个百分点`
_SHORT_OF: Final = re.compile(
    r"距离?[^。；;，,\n]{0,12}?目标[^。；;，,\n\d]{0,4}?差\s?\d[\d.]{0,12}(?:个百分点|[万亿]{0,2}[\u4e00-\u9fff%％])?"
)
# `…，任务完成。` `年度目标任务已完成`: a clause of its own
_WHOSE: Final = ("年度", "全年", "各项", "本项", "该项", "此项", "目标", "工作")
_TASK: Final = rf"(?:{'|'.join(_WHOSE)}){{0,2}}任务(?:已)?完成"
_TASK_DONE: Final = rf"(?:^|(?<=[，,。；;：:、\s])){_TASK}(?=[。；;，,！!\s]|$)"
# `已于2021年底完成` `已在6月办结`
_DATED: Final = r"已[于在][^。；;，,\n]{1,12}?(?:完成|办结|竣工|投用|建成|完工|落实|销号)"
# what these two begin with
_DONE_HEADS: Final = (*(rf"{word}(?={_TASK})" for word in _WHOSE), "任务(?:已)?完成", "已[于在]")
_PLAN: Final = "(?<![度按照])计划(?![的内])"
_SETTLED: Final = ("已", "均", "都", "皆")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that state a status, at half-open offsets of the text."""

    status: Status
    start: int
    end: int


def cues(value: str, table: str) -> Iterator[Cue]:
    """The cues of one table of the lexicon, in text order; a plan for completion is in progress.

    >>> [(cue.status.value, cue.start, cue.end) for cue in cues("预计年底前全部完成", "cues")]
    [('in_progress', 0, 9)]
    >>> list(cues("对已完成的项目开展评估", "cues"))
    []
    """
    for match in sought(*_patterns(table), value):
        said = Status(match.lastgroup or "")
        cue = Cue(said, match.start(), match.end())
        if value.startswith("的", cue.end) or _in_word(value, cue):  # `对进度滞后的单位`
            continue
        kept = guarded(value, cue) if said in {Status.COMPLETED, Status.ON_TRACK} else cue
        if kept is not None:
            yield kept


def _in_word(value: str, cue: Cue) -> bool:
    """Whether the last character of a cue begins a word: `推进中国式现代化` `实施中小学改造`."""
    behind = load_toml("status")["guards"]["behind_middle"]
    return value.startswith("中", cue.end - 1) and value.startswith(tuple(behind), cue.end)


def measured(value: str) -> Iterator[Cue]:
    """States told by numbers: `完成率106%` `完成八成` `距目标差0.9个百分点`.

    >>> [cue.status.value for cue in measured("完成率106%，距目标还差2个百分点")]
    ['completed', 'behind']
    """
    for match in _RATE.finditer(value):
        full = match["percent"] is not None and float(match["percent"]) >= 100
        if full or not match["of"]:
            yield Cue(Status.COMPLETED if full else Status.IN_PROGRESS, match.start(), match.end())
    for match in _SHORT_OF.finditer(value):
        yield Cue(Status.BEHIND, match.start(), match.end())


def unfinished(value: str) -> Iterator[Cue]:
    """Counted parts that are left: `4家未完成`; in a short statement the task is in progress.

    >>> [(cue.start, cue.end) for cue in unfinished("改造11家，还有4家未完成")]
    [(8, 13)]
    """
    for match in _LEFT.finditer(value):
        yield Cue(Status.IN_PROGRESS, match.start(), match.end())


def guarded(value: str, cue: Cue) -> Cue | None:
    """The cue, a plan as in progress, or None for a wish, a name, a part."""
    guards = load_toml("status")["guards"]
    low, _ = around(value, cue, CLAUSE)
    before, after = value[low : cue.start], value[cue.end : cue.end + 8]
    if after.startswith(tuple(guards["partial"])):
        return Cue(Status.IN_PROGRESS, cue.start, cue.end)
    counted = after[:1].isdigit() and value[cue.start : cue.end].endswith(tuple(guards["whole_objects"]))
    if counted or after.startswith(tuple(guards["named"])):  # `完成全年目标51.2%` `完成情况`
        return None
    settled = value.startswith(_SETTLED, cue.start)
    planned = None if settled else _future().search(before)
    if planned:
        return Cue(Status.IN_PROGRESS, low + planned.start(), cue.end)
    wished = not settled and any(len(word) > 1 and word in before for word in guards["wish"])
    return None if wished or before.endswith(tuple(guards["wish"])) else cue


def around(value: str, cue: Cue, stop: re.Pattern[str]) -> tuple[int, int]:
    """The stretch between the nearest stops on both sides of a cue."""
    edge = max(0, cue.start - _REACH)
    low = max((match.end() for match in stop.finditer(value, edge, cue.start)), default=edge)
    after = stop.search(value, cue.end, cue.end + _REACH)
    return low, after.start() if after else min(len(value), cue.end + _REACH)


def count_of(match: re.Match[str]) -> int:
    """The number of a match of TOTAL."""
    printed = match["count"]
    return int(printed) if printed.isdecimal() else "一两三四五六七八九十二".index(printed) % 10 + 1


@cache
def _future() -> re.Pattern[str]:
    """`预计` `计划`, but not `年度计划` `计划的52个项目`."""
    guards = load_toml("status")["guards"]
    return re.compile("|".join(_PLAN if word == "计划" else re.escape(word) for word in guards["future"]))


@cache
def _patterns(table: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What the cues of a table begin with; all of them, a named group a status, longer words first."""
    groups: list[str] = []
    begun: list[str] = []
    for said, words in load_toml("status")[table].items():
        ordered = sorted(words, key=len, reverse=True)
        begun.append(longest_first(word.partition("~")[0] for word in ordered))
        choices = [re.escape(word).replace("\\~", "~") for word in ordered]
        choices = [word.replace("~", r"(?!的)[^。；;，,\n]{0,12}?") for word in choices]
        choices = [re.sub("^计划", _PLAN, word) for word in choices]
        if said == "completed":
            choices += [_DATED, _TASK_DONE]
            begun += _DONE_HEADS
        groups.append(f"(?P<{said}>{'|'.join(choices)})")
    return re.compile("|".join(begun)), re.compile("|".join(groups))
