"""Damaged text → repaired text, with a list of what was done and what could not be.

The repairs run in this order, since private-use characters and question marks carry bytes
that the first ones need: wrong encodings, shifted GBK, single characters, pinyin glosses; then again until
nothing is left to repair.
All offsets of repairs and issues count code points of the source the text is aligned to
(the decoded original); the caller maps issues to the page's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from ingest.decode import MARKERS
from ingest.repairs import characters, gloss, recode, shift
from ingest.repairs.edit import Edit, applied
from ingest.repairs.vocabulary import Vocabulary
from schema.issues import Issue, issue
from schema.text import Text

_MANY: Final = 50
# a repair can uncover another: a gloss that held a zero-width space
_ROUNDS: Final = 5
_CODES: Final = {"exact": "text_repaired", "chosen": "text_chosen", "damaged": "text_damaged"}
# 北京?河北: a character that no encoding kept; after a question word it is a question
_LONE: Final = re.compile("\ufffd+|(?<=[\u3400-\u9fff])\\?+(?=[\u3400-\u9fff])")
_QUESTION: Final = re.compile("[吗嗎呢么麼谁誰何哪几幾否怎啥吧啊为為]")
_CLAUSE: Final = 20


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing done: ``before`` stood at ``start`` … ``end`` of the source and became ``after``."""

    rule: str
    start: int
    end: int
    before: str
    after: str
    certainty: Literal["exact", "chosen"]


@dataclass(frozen=True)
class Repaired:
    """The repaired text, aligned to the same source; what was found; what was done, in order."""

    text: Text
    issues: tuple[Issue, ...]
    repairs: tuple[Repair, ...]


def repair(text: Text) -> Repaired:
    """The text with its damage repaired; clean text comes back as the same object.

    Offsets in the result are source offsets, code points, half-open. Raises nothing.

    >>> done = repair(Text.of("推進(jìn)任務(wù)落實，查??萍疾颗鷾试谖沂虚_展"))
    >>> done.text.value, done.repairs[0].rule
    ('推進任務落實，查。科技部批準在我市開展', 'gbk_shift')
    """
    edits: list[tuple[Text, Edit]] = []
    for _ in range(_ROUNDS):
        found = _round(text)
        if not found:
            break
        edits.extend(found)
        text = applied(*_last(found))
    lone = [(text, edit) for edit in _lone_marks(text.value)]
    repairs = tuple(_repair(of, edit) for of, edit in edits if edit.certainty != "damaged")
    return Repaired(text, tuple(_issues(edits + lone)), repairs)


def _last(found: Sequence[tuple[Text, Edit]]) -> tuple[Text, list[Edit]]:
    """The text the last repair of a round read, with that repair's edits."""
    text = found[-1][0]
    return text, [edit for of, edit in found if of is text]


def _round(text: Text) -> list[tuple[Text, Edit]]:
    """Every edit of one pass, with the text it reads; nothing for a text that is as it should be."""
    edits: list[tuple[Text, Edit]] = []
    for step in _steps(Vocabulary(text.value)):
        found = step(text.value)
        edits.extend((text, edit) for edit in found)
        text = applied(text, found)
    return edits


def _steps(vocabulary: Vocabulary) -> Sequence[Callable[[str], list[Edit]]]:
    """The repairs in order, each string → edits."""
    return (
        recode.latin,
        partial(recode.utf8_as_gbk, vocabulary=vocabulary),
        recode.big5_as_gbk,
        partial(shift.shifts, vocabulary=vocabulary),
        _leftover_markers,
        *(partial(_if_suspect, repairer) for _, repairer in characters.REPAIRS),
        gloss.glosses,
    )


def _if_suspect(repairer: characters.Repairer, text: str) -> list[Edit]:
    return repairer(text) if characters.SUSPECT.search(text) else []


def _leftover_markers(text: str) -> list[Edit]:
    """Bytes that no repair could use: one U+FFFD a stretch, flagged, since something stood there."""
    return [
        Edit("undecodable", match.start(), match.end(), "\ufffd", "damaged")
        for match in MARKERS.finditer(text)
    ]


def _lone_marks(text: str) -> list[Edit]:
    """Places where a character is missing and nothing says which: flagged, left as they are."""
    return [
        Edit("lost_character", match.start(), match.end(), match.group(), "damaged")
        for match in _LONE.finditer(text)
        if match.group()[0] == "\ufffd" or not _asks(text[max(0, match.start() - _CLAUSE) : match.start()])
    ]


def _asks(before: str) -> bool:
    return bool(_QUESTION.search(before))


def _repair(text: Text, edit: Edit) -> Repair:
    start, end = text.locate(edit.start, edit.end)
    before = text.value[edit.start : edit.end]
    certainty: Literal["exact", "chosen"] = "chosen" if edit.certainty == "chosen" else "exact"
    return Repair(edit.rule, start, end, before, edit.after, certainty)


def _issues(edits: Sequence[tuple[Text, Edit]]) -> list[Issue]:
    """One issue an edit; of one rule and code at most fifty, the last of them standing for the rest."""
    kinds: dict[tuple[str, str], list[tuple[Text, Edit]]] = {}
    for text, edit in edits:
        kinds.setdefault((_CODES[edit.certainty], edit.rule), []).append((text, edit))
    return [found for (code, _), group in kinds.items() for found in _group_issues(code, group)]


def _group_issues(code: str, group: Sequence[tuple[Text, Edit]]) -> list[Issue]:
    found = [
        issue(code, _detail(text.value[edit.start : edit.end], edit), *text.locate(edit.start, edit.end))
        for text, edit in group[:_MANY]
    ]
    if len(group) > _MANY:
        rest = group[_MANY:]
        start = rest[0][0].locate(rest[0][1].start, rest[0][1].end)[0]
        end = rest[-1][0].locate(rest[-1][1].start, rest[-1][1].end)[1]
        found.append(issue(code, f"{rest[0][1].rule}: {len(rest)} more places", start, max(start, end)))
    return found


def _detail(before: str, edit: Edit) -> str:
    shown = "".join(c if c.isprintable() else f"<{ord(c):04X}>" for c in before[:30])
    return f"{edit.rule}: {shown} → {edit.after[:30]}"
