"""The agency whose report it is: named in the title, under a label, by a speaker, in a signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from extract.body import Line
from extract.found import Found
from extract.pairs import Pair
from extract.signatures import is_agency, signature_of
from extract.zones import zones
from schema.text import Text

_NAME: Final = r"[\u4e00-\u9fff、（）()·]{2,40}"
# 某市科委关于…, 某委2021年…, 某局二〇二一年…: what stands in front of a title's subject,
# in 关于某局2021年… nothing does.
_OWNER: Final = re.compile(rf"((?!关于|转发|印发){_NAME}?)(?=关于|转发|印发|(?:19|20)[0-9]{{2}}|二[〇○零])")
# 关于某局的自查报告, 关于某局2021年…的报告: the report is about the agency itself.
_ABOUT: Final = re.compile(rf"关于({_NAME}?)(?=的|(?:19|20)[0-9]{{2}})")
# 现在，我代表省人民政府，向大会报告工作 and 我代表某局向区人大常委会报告.
_DELEGATE: Final = re.compile(rf"我(?:谨)?代表({_NAME}?)(?=[，,]?\s?(?:向|作|就))")
# 运输及房屋局局长：主席，…: the official who answers a member's question.
_SPEAKER: Final = re.compile(r"^([\u4e00-\u9fff]{2,14}[局处署司](?:局长|处长|署长|司长))[:：]")
_ENDS: Final = re.compile(r"[\u4e00-\u9fff、（）()·]{2,40}$")
_DELEGATES_IN: Final = 12  # a speaker introduces himself in the first lines of the text


def agency_of(
    lines: Sequence[Line], title: Found[str] | None, facts: Sequence[Pair], text: Text
) -> Found[str] | None:
    """The reporting agency as the document prints it; None where none is named for sure.

    ``facts`` are the page's labelled pairs, ``text`` its whole text. Newspapers, sites,
    places and advertised brands are no agencies.

    >>> title = Found("某市科委关于2018年度的自查报告", Text.of("某市科委关于2018年度的自查报告"))
    >>> agency_of([], title, [], Text.of("")).value
    '某市科委'
    >>> title = Found("关于某区教育局2022年度的报告", Text.of("关于某区教育局2022年度的报告"))
    >>> agency_of([], title, [], Text.of("")).value
    '某区教育局'
    """
    ways: tuple[Callable[[], Iterator[Found[str]]], ...] = (
        lambda: _titled(title),
        lambda: _fronted(title, text),
        lambda: _labelled(facts),
        lambda: _delegated(lines),
        lambda: _signed(lines),
        lambda: _speaking(lines),
    )
    return next((found for way in ways for found in way()), None)


def _titled(title: Found[str] | None) -> Iterator[Found[str]]:
    if title is None:
        return
    for pattern in (_OWNER, _ABOUT):
        match = pattern.match(title.value)
        if match and is_agency(match[1]):
            yield Found(match[1], title.at.cut(*match.span(1)), "title")


def _fronted(title: Found[str] | None, text: Text) -> Iterator[Found[str]]:
    """The name in front of the title where the text prints it: …〔2015〕160号某办公室关于…的通报."""
    if title is None or not title.value.startswith(("关于", "印发", "转发")):
        return
    place = text.value.find(title.value)
    while place >= 0:
        match = _ENDS.search(text.value, max(0, place - 40), place)
        if match:
            start = match.start() + (1 if match.group().startswith("号") else 0)
            name = text.value[start:place]
            if is_agency(name):
                yield Found(name, text.cut(start, place), "before_title")
        place = text.value.find(title.value, place + 1)


def _labelled(facts: Sequence[Pair]) -> Iterator[Found[str]]:
    for pair in facts:
        if pair.field == "agency" and is_agency(pair.value.value):
            yield Found(pair.value.value, pair.value, "label")


def _delegated(lines: Sequence[Line]) -> Iterator[Found[str]]:
    start = zones(lines).start
    for line in lines[start : start + _DELEGATES_IN]:
        match = _DELEGATE.search(line.value)
        if match and is_agency(match[1]):
            yield Found(match[1], line.text.cut(*match.span(1)), "speaker_for")


def _signed(lines: Sequence[Line]) -> Iterator[Found[str]]:
    """县委督查办 2024年7月22日 under the title, or the name and the date at the end."""
    signature = signature_of(lines)
    if signature:
        yield signature.name


def _speaking(lines: Sequence[Line]) -> Iterator[Found[str]]:
    for line in lines:
        match = _SPEAKER.match(line.value)
        if match:
            yield Found(match[1], line.text.cut(*match.span(1)), "speaker")
