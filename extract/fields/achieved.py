"""Whether progress says, in the task's own words, that what the task asks for has come about."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extract.fields.cues import SENTENCE, Cue, around, guarded
from extract.lexicon.load import load_toml
from schema.records import Status

_STOPS: Final = " \t\r\n\u3000。；;，,！!"
# `已于11月主体` `9月26日` `正式`: what stands before a result that has come about
_DAY: Final = r"\d{1,2}月(?:\d{1,2}日|[底初末]|[上中下]旬)?"
_PAST: Final = rf"(?:已?[于在][^。；;，,\n]{{1,10}}?[日月年底初]|已经?|{_DAY}|正式|顺利|如期|按期)"
_BETWEEN: Final = r"[^。；;，,\n]{0,6}?"
# `完成目标的104.8%` `完成年度任务的110%`: 100 percent and more of what was to be reached
_REACHED: Final = re.compile(
    r"完成(?:了)?(?:年度|全年|年初|预期|既定|计划)?(?:目标|任务|计划)(?:任务|数|值)?的?(?P<percent>\d{3,4}(?:\.\d+)?)[%％]"
)
_ENDED: Final = ("完成", "完毕", "到位")
_GRAM: Final = 3
_VERB: Final = 2
# `其余3处正在施工`: not all of it is done
_REST: Final = re.compile("[其剩]余|余下|另有|正在|尚|仍|未")
_HEAD: Final = 60  # a task's first sentence says what it is; a longer one says too much to compare


def achieved(progress: str, task: str) -> tuple[int, int] | None:
    """The words, as half-open offsets of ``progress``, that say the task's goal is reached.

    Three kinds: the result that the task ends in (``…建成通车``) told as past, a share of
    at least 100 % of the target in a sentence that names what the task counts, and the verb it
    opens with told as done (``清理河道`` … ``清理完毕``) with no word of a rest.

    >>> progress = "全长38公里，9月26日建成通车。"
    >>> start, end = achieved(progress, "疏港高速公路建成通车") or (0, 0)
    >>> progress[start:end]
    '9月26日建成通车'
    >>> achieved("计划明年建成通车", "疏港高速公路建成通车") is None
    True
    """
    goal = _first_sentence(task)
    return _result(progress, goal) or _share(progress, goal) or _done(progress, goal)


def _first_sentence(task: str) -> str:
    text = task.strip(_STOPS)
    stop = SENTENCE.search(text)
    return text[: stop.start()] if stop else text[: _HEAD + 1]


def _result(progress: str, goal: str) -> tuple[int, int] | None:
    words = [word for word in _results() if goal.endswith(word) and len(goal) > len(word)]
    if not words or len(goal) > _HEAD or words[-1] not in progress:  # the others end in the shortest
        return None
    return _come_about(progress, f"{_PAST}{_BETWEEN}(?:{'|'.join(words)})")


def _done(progress: str, goal: str) -> tuple[int, int] | None:
    verb = goal[:_VERB]
    if len(goal) <= _VERB or not verb.isalpha() or not any(verb + end in progress for end in _ENDED):
        return None
    if _REST.search(progress):
        return None
    return _come_about(progress, rf"{verb}(?:{'|'.join(_ENDED)})(?=[。；;，,\n]|$)")


def _come_about(progress: str, pattern: str) -> tuple[int, int] | None:
    for match in re.finditer(pattern, progress):
        cue = guarded(progress, Cue(Status.COMPLETED, match.start(), match.end()))
        if cue is not None and cue.status is Status.COMPLETED:
            return cue.start, cue.end
    return None


def _share(progress: str, goal: str) -> tuple[int, int] | None:
    head = goal[:_HEAD]
    for match in _REACHED.finditer(progress):
        cue = Cue(Status.COMPLETED, match.start(), match.end())
        low, high = around(progress, cue, SENTENCE)
        told = progress[low:high]
        grams = (head[at : at + _GRAM] for at in range(len(head) - _GRAM + 1))
        if float(match["percent"]) >= 100 and any(gram in told for gram in grams):
            return match.span()
    return None


@cache
def _results() -> tuple[str, ...]:
    """The results that a task can end in, longest first."""
    return tuple(sorted(load_toml("status")["results"]["words"], key=len, reverse=True))
