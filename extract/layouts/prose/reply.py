"""Replies: what was asked and what was answered, paired.

Question-and-answer records repeat the questions' numbers in the answers; letters put the
request under a heading (关于…问题) and the disposition after it, opened by who gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extract.body import Body, Line
from extract.draft import Draft, Field, Reading
from extract.layouts.prose.chain import run
from extract.layouts.prose.letter import letter
from extract.layouts.prose.paragraph import unwrapped
from extract.numbering import Marker, Style, head
from schema.records import Label
from schema.text import Text

_STYLES: Final[tuple[Style, ...]] = ("cn_paren", "num_paren", "num", "cn")
_ANSWER: Final = re.compile(r"答复|答覆|回复|回应|答辩|现就|现将|意见如下|谨答")
# 勞工及福利局局長：主席，… — the speaker opens the answer
_SPEAKER: Final = re.compile(r"^[^：:，。\s]{2,24}(?:长|官|席|司|任|员|人)[：:]")
_ASKS: Final = re.compile(r"[？?]|请求|建议|希望|恳请|要求|申请")
# 发展改革委会同有关部门研究提出… 证监会、发展改革委提出了以下意见
_OFFICE: Final = r"[\u4e00-\u9fff]{1,11}?(?:委|部|局|会|办|厅|行|署|院|司)"
_DISPOSES: Final = re.compile(
    rf"^(?P<who>{_OFFICE}(?:[、，]{_OFFICE}){{0,5}})(?:会同[^。，；]{{2,30}}?)?(?:经)?"
    r"(?:研究|提出|意见|认为|答复|表示|办理|复函)"
)


_Run = list[tuple[int, Marker]]
Disposition = tuple[list[Text], Text, list[Text]]
"""Request paragraphs, who disposes of them, the paragraphs of the disposition."""


def read(body: Body) -> Reading:
    """Questions paired with answers of the same number, else a letter's one proposal; score 0 for others."""
    lines = body.lines
    for style in _STYLES:
        starts = [(i, m) for i, line in enumerate(lines) if (m := head(line.value)) and m.style == style]
        pair = _two_runs(starts)
        if pair and _answered(lines, pair):
            return _reading(lines, *pair)
    return letter(body)


def _two_runs(starts: Sequence[tuple[int, Marker]]) -> tuple[_Run, _Run] | None:
    """Two runs 1 … n of one form, one after the other and nothing else."""
    ones = [k for k, (_, marker) in enumerate(starts) if marker.number == 1]
    if len(ones) < 2:
        return None
    first = starts[ones[0] : ones[1]]
    second = starts[ones[1] : ones[2] if len(ones) > 2 else len(starts)]
    count = len(run([marker for _, marker in first]))
    if count < 2 or count != len(first) or len(run([m for _, m in second])) != count or len(second) != count:
        return None
    return list(first), list(second)


def _answered(lines: Sequence[Line], pair: tuple[_Run, _Run]) -> bool:
    """Questions are asked in the first run, and between the runs somebody answers."""
    (asked, _), (answered, _) = pair[0][-1], pair[1][0]
    first = "".join(line.value for line in lines[pair[0][0][0] : answered])
    between = [line.value for line in lines[asked + 1 : answered]]
    return bool(re.search(r"[？?]", first)) and any(
        _ANSWER.search(value) or _SPEAKER.search(value) for value in between
    )


def _reading(lines: Sequence[Line], asked: _Run, answered: _Run) -> Reading:
    labels = [Label(kind="background", start=line.start, end=line.end) for line in lines]
    drafts = []
    for number, (question, answer) in enumerate(zip(asked, answered, strict=True)):
        last = number + 1 == len(asked)
        end = _question_end(lines, question[0], answered[0][0]) if last else asked[number + 1][0]
        stop = len(lines) if last else answered[number + 1][0]
        fields: dict[Field, Text] = {
            "label": _label(lines[question[0]], question[1]),
            "content": _text(lines[question[0] : end], question[1]),
            "progress": _text(lines[answer[0] : stop], answer[1]),
        }
        drafts.append(Draft("task", fields, "reply.answer", str(question[1].number), confidence=0.9))
    return Reading("question_answer", 0.9, tuple(drafts), tuple(labels))


def _question_end(lines: Sequence[Line], start: int, stop: int) -> int:
    """The last question ends with its question mark or before who answers it."""
    for index in range(start, stop):
        if index > start and _SPEAKER.search(lines[index].value):
            return index
        if lines[index].value.rstrip()[-1:] in "？?":
            return index + 1
    return stop


def _label(line: Line, marker: Marker) -> Text:
    printed = marker.label(line.value)
    return line.text.cut(marker.start, marker.start + len(printed))


def _text(lines: Sequence[Line], marker: Marker) -> Text:
    first = lines[0].text.cut(marker.end, len(lines[0].value))
    return unwrapped([first, *(line.text for line in lines[1:])])


def disposed(texts: Sequence[Text]) -> Disposition | None:
    """Request paragraphs, who disposes of them, and the disposition; None for plain progress.

    >>> asked, who, answer = disposed([Text.of("市里请求支持。"), Text.of("财政部研究提出：同意。")])
    >>> str(asked[0]), str(who), str(answer[0])
    ('市里请求支持。', '财政部', '财政部研究提出：同意。')
    """
    for index, text in enumerate(texts):
        match = _DISPOSES.match(text.value)
        if match and index and _ASKS.search("".join(t.value for t in texts[:index])):
            return list(texts[:index]), text.cut(*match.span("who")), list(texts[index:])
    return None
