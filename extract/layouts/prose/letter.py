"""A letter that answers one proposal: the proposal is the task, what the letter says of it the progress."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.body import Body, Line
from extract.draft import Draft, Field, Reading
from extract.layouts.prose.section import kind_of, turn_of
from extract.numbering import head
from schema.records import Label
from schema.text import Text

_OPENING: Final = 10
_WHO: Final = r"(?:[您你]们?|贵委|委员|代表)[^。；;]{0,40}?提出的?"
_WHAT: Final = r"(?:建议|提案|议案|意见|问题)"
# 您提出的《关于加强治理的建议》（第12号）收悉, 你在…期间提出“关于…的建议”，已交由我局办理
_QUOTED: Final = re.compile(rf"{_WHO}[^。；;《“]{{0,16}}[《“](?P<work>关于[^《》“”。]{{4,90}})[》”]")
# 您提出的关于加强治理的建议收悉
_PLAIN: Final = re.compile(rf"{_WHO}(?P<work>关于[^，,。；;：:]{{4,60}}?的?{_WHAT})")
_ANSWERED: Final = re.compile(r"答复|回复|函复|复函|收悉")
_NUMBER: Final = re.compile(r"第?\s?(?P<seq>[0-9]{1,5})\s?号")
# 一、关于修路的建议 二、关于架桥的建议: each of several is a piece of work of its own
_SEVERAL: Final = re.compile(r"^[^，,。；;]{0,6}关于[^，,。；;]{2,50}")
_CLOSING: Final = re.compile(
    r"^(?:最后[，,])?(?:再次|衷心|非常|诚挚)?(?:的|地)?感谢|^(?:专此|特此)(?:答复|回复|函复)|^此复|^联系(?:人|电话|单位|方式)|^附件[:：]"
)
_VALUES: Final[dict[str, Field]] = {"plan": "next_steps", "problem": "problems"}


def letter(body: Body) -> Reading:
    """The one task of a letter of reply; score 0 for anything else, also for an answer in several parts."""
    lines = [line for line in body.lines if not line.cell]
    found = next(_asked(lines), None)
    if found is None or sum(1 for line in lines[found[0] + 1 :] if _is_part(line)) > 1:
        return Reading("question_answer", 0.0)
    index, match = found
    end = next((i for i in range(index + 1, len(lines)) if _CLOSING.match(lines[i].value)), len(lines))
    fields: dict[Field, Text] = {"content": lines[index].text.cut(*match.span("work"))}
    number = _NUMBER.search(lines[index].value)
    if number:
        fields["label"] = lines[index].text.cut(*number.span())
    groups = _grouped(lines[index + 1 : end])
    if "progress" not in groups:
        return Reading("question_answer", 0.0)
    fields |= {name: Text.join(texts, "\n") for name, texts in groups.items()}
    labels = [Label(kind="background", start=line.start, end=line.end) for line in body.lines]
    draft = Draft("task", fields, "reply.letter", number["seq"] if number else None, confidence=0.8)
    return Reading("question_answer", 0.45, (draft,), tuple(labels))


def _asked(lines: Sequence[Line]) -> Iterator[tuple[int, re.Match[str]]]:
    """The line that names the proposal, when it or the next one says that it is answered."""
    for index, line in enumerate(lines[:_OPENING]):
        match = _QUOTED.search(line.value) or _PLAIN.search(line.value)
        near = "".join(other.value for other in lines[index : index + 2])
        if match and _ANSWERED.search(near):
            yield index, match


def _is_part(line: Line) -> bool:
    marker = head(line.value)
    return marker is not None and _SEVERAL.match(line.value[marker.end :]) is not None


def _grouped(lines: Sequence[Line]) -> dict[Field, list[Text]]:
    """The paragraphs by what they tell: plans and problems from their heading or their turn on."""
    groups: dict[Field, list[Text]] = {}
    value: Field = "progress"
    for line in lines:
        marker = head(line.value)
        if marker is not None and marker.style in {"cn", "cn_paren"}:
            value = _VALUES.get(kind_of(line.value[marker.end :]), "progress")
        elif turn_of(line.value) == "plan":
            value = "next_steps"
        groups.setdefault(value, []).append(line.text)
    return groups
