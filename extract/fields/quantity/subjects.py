"""What a number counts or measures: the noun behind its classifier or before it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extract.fields.quantity.measures import longest_first, measures
from extract.fields.quantity.periods import PERIOD
from extract.fields.quantity.reading import Reading

Place = tuple[int, int]

_LONGEST: Final = 24
_BEHIND: Final = re.compile(
    r"(?:的| )?([\u4e00-\u9fffA-Za-z“”‘’\"·/+-][\u4e00-\u9fffA-Za-z0-9“”‘’\"·/+-]{0,23})"
)
_BEFORE: Final = re.compile(r"[^,，。;；、:：()（）!！?？\n|]{0,24}$")
# Kinds whose noun stands behind (12个平台); all others have it in front (成交额4957.8亿元).
_COUNTS: Final = frozenset({"count"})
_ROUNDS: Final = 6  # verbs stripped at one end: 累计 完成 新建 …
_PARTED: Final = 3  # 资助金额, 参加人数 are one noun; 新设|科技型企业 are two words
_CHARACTER: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]")


@cache
def _words(name: str) -> str:
    return longest_first(measures()["subjects"][name])


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('verbs')}|了|[ \-—·])")


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('verbs')}|了|[ \-—·])$")


@cache
def _kept() -> re.Pattern[str]:
    """A noun that ends like a verb: 总投资, 经营收入."""
    return re.compile(rf"(?:{_words('nouns')})$")


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(_words("stops"))


def subject_of(text: str, reading: Reading, done: int = 0) -> Place | None:
    """Where the noun stands (half-open), looked for no earlier than ``done``; None when there is none.

    >>> from extract.fields.quantity.digits import read_digits
    >>> for text in ("新建12个协同创新平台", "资助金额达2.87亿元", "新设科技型企业5.64万家"):
    ...     start, end = subject_of(text, next(read_digits(text)))
    ...     print(text[start:end])
    协同创新平台
    资助金额
    科技型企业
    """
    if reading.kind in _COUNTS:
        return _behind(text, reading.end) or _before(text, reading.start, done)
    found = _before(text, reading.start, done)
    if found or reading.kind in ("growth", "percent", "ratio"):
        return found
    return _behind(text, reading.end)


def _behind(text: str, end: int) -> Place | None:
    match = _BEHIND.match(text, end)
    if match is None:
        return None
    noun = match[1]
    stop = _stops().search(noun)
    size = stop.start() if stop else len(noun)
    return (match.start(1), match.start(1) + size) if size > 1 else None


def _before(text: str, start: int, done: int) -> Place | None:
    low = max(done, start - _LONGEST)
    match = _BEFORE.search(text[low:start])
    clause = match.group() if match else ""
    head, tail = start - len(clause), start
    tail -= len(clause) - len(_stripped(clause))
    period = PERIOD.match(text, head, tail)
    head = period.end() if period else head
    for _ in range(_ROUNDS):
        verb = _leading().match(text, head, tail)
        if verb is None or tail - verb.end() < _PARTED:
            break
        head = verb.end()
    return (head, tail) if tail - head > 1 and _CHARACTER.match(text, head) else None


def _stripped(clause: str) -> str:
    for _ in range(_ROUNDS):
        verb = _trailing().search(clause)
        if verb is None or (len(clause) > 2 and _kept().search(clause)):
            break
        clause = clause[: verb.start()]
    return clause
