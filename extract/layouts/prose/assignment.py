"""Who does it: at the end of an item （责任单位：A、B） （A牵头，B配合）, or behind a label 牵头单位：A."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.draft import ROLES, Assigned
from extract.layouts.label import Mark, marks
from extract.lexicon.load import load_toml
from schema.text import Text

# Round brackets are of the field's own reader; these hold a label too: 〔责任单位：A、B〕
_BRACKETS: Final = {"〔": "〕", "【": "】", "[": "]", "［": "］"}
_SHORTEST: Final = 4  # 主办： opens a site's imprint too
_VALUE_END: Final = re.compile(r"[。；;\n]")
# 建设单位：某公司；总投资12亿元，建设内容：… — figures and labels behind a semicolon are no more units
_UNITS_END: Final = re.compile(r"。(?=.{4})|[；;](?=[^。；;：:]{0,40}?\d|[^。；;：:，,、]{4,12}[：:])")

_CLASS: Final = r"（）()〔〕［］\[\]【】"
_REACH: Final = 600
_STOP: Final = r"[。；;\s]*"


@cache
def _pattern() -> re.Pattern[str]:
    labels = load_toml("labels")
    words = "|".join(word for key in ("lead", "support", "responsible") for word in labels[key])
    others = "|".join(word for key in ("deadline", "extra") for word in labels[key])
    before = rf"(?:(?:{others})[：:][^{_CLASS}；;，,：:]{{1,30}}[；;，,]){{0,3}}"  # 完成时限：6月底；
    # （牵头单位：农牧厅、林草局）。 （商务部、海关总署负责） 〔区发改局牵头，各镇配合〕
    inner = rf"(?:[^{_CLASS}]|[（(][^（）()]{{0,20}}[）)])"
    return re.compile(
        rf"[（(〔［\[【](?:{before}(?:{words})[：:]{inner}{{1,400}}|{inner}{{1,400}}(?:负责|牵头|落实|承办|配合)(?:[，,；;]{inner}{{1,120}})?)[）)〕］\]】]{_STOP}$"
    )


def ends_in_units(value: str) -> bool:
    """Whether a text ends in such a bracket.

    >>> ends_in_units("拓展市场。（税务总局、海关总署负责，下同）"), ends_in_units("完成建设（二期）。")
    (True, False)
    """
    return bool(_pattern().search(value[-_REACH:]))


def without_units(text: Text) -> tuple[Text, Text | None]:
    """The text before such a bracket, and what the bracket holds; None without one.

    >>> before, inner = without_units(Text.of("主管网更换完毕。（责任单位：县住建局）"))
    >>> str(before), str(inner)
    ('主管网更换完毕。', '责任单位：县住建局')
    """
    start = max(0, len(text) - _REACH)
    match = _pattern().search(text.value[start:])
    if match is None:
        return text, None
    inner = text.cut(start + match.start(), start + match.end()).strip("（()）〔〕［］[]【】 \t\n\u3000。；;")
    return text.cut(0, start + match.start()).strip(), inner


def units_end(value: str) -> int:
    """Where units named behind a label end, when the text goes on with something else.

    >>> units_end("某公司；总投资12亿元。"), units_end("市交通局；市城管局。")
    (4, 10)
    """
    match = _UNITS_END.search(value)
    return match.end() if match else len(value)


@dataclass(frozen=True, slots=True)
class Apart:
    """A text around the labels that name who does it: what stands before them, and all that is behind."""

    before: Text
    after: Text
    units: tuple[Assigned, ...]
    labels: tuple[Text, ...]


def apart(text: Text) -> Apart:
    """The text without its labelled units; ``before`` is all of it when there are none.

    >>> found = apart(Text.of("道路工程，牵头部门：市交通局。建设进度较慢。"))
    >>> str(found.before), str(found.after), [str(unit.text) for unit in found.units]
    ('道路工程', '建设进度较慢。', ['市交通局'])
    """
    found = list(marks(text.value))
    named = _named(text.value, found)
    if not named:
        return Apart(text, text.cut(len(text), len(text)), (), ())
    units, labels, after, at = [], [], [], named[0][0].start
    for mark, following in named:
        after.append(text.cut(at, max(at, mark.start)))
        end, at = _value(text.value, mark, following)
        units.append(Assigned(text.cut(mark.end, end).strip(), ROLES[mark.column]))
        labels.append(text.cut(mark.start, mark.end).strip())
        labels.append(text.cut(end, at).strip())
    after.append(text.cut(at, len(text)))
    rest = Text.join([part for part in after if part.value.strip(" \t\n\u3000，,；;。")])
    before = text.cut(0, named[0][0].start).strip(" \t\n\u3000，,；;")
    return Apart(before, rest.strip(), tuple(unit for unit in units if unit.text), tuple(labels))


def _named(value: str, found: Sequence[Mark]) -> list[tuple[Mark, int]]:
    """The labels of units and where the label after each begins.

    A word of four characters with its value behind it, not inside （责任单位：A；配合单位：B）.
    """
    named, depth, at = [], 0, 0
    for mark, following in zip(found, [*(mark.start for mark in found[1:]), len(value)], strict=False):
        passed = value[at : mark.start + 1]
        depth += sum(map(passed.count, "（(")) - sum(map(passed.count, "）)"))
        at = mark.start + 1
        if mark.column in ROLES and depth <= 0 and not mark.alone and len(mark.word) >= _SHORTEST:
            named.append((mark, following))
    return named


def _value(value: str, mark: Mark, following: int) -> tuple[int, int]:
    """Where the value of a label ends, and where the text goes on; the next label ends it at the latest."""
    closing = _BRACKETS.get(value[mark.start])
    close = value.find(closing, mark.start) if closing else -1
    if close >= mark.end:
        stop = _VALUE_END.search(value, mark.end, close)
        return (stop.start() if stop else close), close + 1
    stop = _VALUE_END.search(value, mark.end, following)
    return (stop.start(), stop.end()) if stop else (following, following)
