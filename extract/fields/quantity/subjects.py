"""What a number counts or measures: the noun behind its classifier or before it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extract.alternatives import longest_first
from extract.fields.quantity.measures import measures
from extract.fields.quantity.periods import PERIOD
from extract.fields.quantity.reading import Reading

Place = tuple[int, int]

_LONGEST: Final = 40
_NOUN: Final = r"[\u4e00-\u9fffA-Za-z“”‘’\"·/+-]"
# Up to a digit of the next number; digits of names (5G, AR3) may stand inside.
_BEHIND: Final = re.compile(rf"(?:的| )?({_NOUN}(?:{_NOUN}|[0-9](?=[A-Za-z])|(?<=[A-Za-z])[0-9]){{0,23}})")
_BEFORE: Final = re.compile(r"[^,，。;；、:：()（）!！?？\n|\t]{0,40}\Z")
_BOUND_WORD: Final = re.compile(r"(?:接近|近|约|超|逾|共|中|的)$")  # 企业近|5000个
_SHARE: Final = re.compile(r"占(?!比)")
# Kinds whose noun stands behind (12个平台); all others have it in front (成交额4957.8亿元).
_COUNTS: Final = frozenset({"count"})
_ROUNDS: Final = 6  # verbs stripped at one end: 累计 完成 新建 …
_CHARACTER: Final = re.compile(r"[\u4e00-\u9fffA-Za-z“‘]")


@cache
def _words(name: str) -> str:
    return longest_first(measures()["subjects"][name])


@cache
def _leading() -> re.Pattern[str]:
    verbs = [word for word in measures()["subjects"]["verbs"] if len(word) > 1]
    return re.compile(rf"(?:{longest_first(verbs)}|{_words('openers')}|[ \-—·])")


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('verbs')}|了|[ \-—·])$")


@cache
def _kept() -> re.Pattern[str]:
    """A noun that ends like a verb: 总投资, 经营收入."""
    return re.compile(rf"(?:{_words('nouns')})$")


@cache
def _bound() -> re.Pattern[str]:
    """A noun that is one with its verb: 资助|金额, 参加|人员."""
    return re.compile(rf"(?:{_words('bound')})")


@cache
def _cuts() -> re.Pattern[str]:
    return re.compile(_words("cuts"))


@cache
def _verb() -> re.Pattern[str]:
    """Nothing but a verb is no noun, but for 投资 and the like; nor is 占比 or 年均."""
    return re.compile(rf"{_words('bare')}|(?!(?:{_words('nouns')})$)(?:{_words('verbs')})")


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
        return _behind(text, reading.end) or _before(text, reading, done)
    found = _before(text, reading, done)
    if found or reading.kind in ("growth", "percent", "ratio"):
        return found
    return _behind(text, reading.end)


def _behind(text: str, end: int) -> Place | None:
    match = _BEHIND.match(text, end)
    if match is None:
        return None
    noun = match[1]
    stop = _stops().search(noun)
    noun = noun[: stop.start()] if stop else _BOUND_WORD.sub("", noun)
    return (match.start(1), match.start(1) + len(noun)) if len(noun) > 1 else None


def _before(text: str, reading: Reading, done: int) -> Place | None:
    match = _BEFORE.search(text[max(done, reading.start - _LONGEST) : reading.start])
    clause = match.group() if match else ""
    head = reading.start - len(clause)
    share = (
        _SHARE.search(clause) if reading.kind == "ratio" and not clause.endswith(("比重", "比例")) else None
    )
    clause = _stripped(clause[: share.start()] if share else clause)
    tail = head + len(clause)
    head = _opened(text, head + _cut(clause), tail)
    whole = tail - head > 1 and _CHARACTER.match(text, head)
    return (head, tail) if whole and not _verb().fullmatch(text, head, tail) else None


def _cut(clause: str) -> int:
    """Where the noun begins behind the last verb inside the clause: 中关村新增|上市公司."""
    last = 0
    for match in _cuts().finditer(clause):
        if len(clause) - match.end() > 2:
            last = match.end()
    return last


def _opened(text: str, head: int, tail: int) -> int:
    """Behind the period and the verbs that open the clause."""
    period = PERIOD.match(text, head, tail)
    head = period.end() if period else head
    for _ in range(_ROUNDS):
        verb = _leading().match(text, head, tail)
        if verb is None or tail - verb.end() < 2 or _bound().fullmatch(text, verb.end(), tail):
            break
        head = verb.end()
    return head


def _stripped(clause: str) -> str:
    for _ in range(_ROUNDS):
        verb = _trailing().search(clause)
        if verb is None or _kept().search(clause):
            break
        clause = clause[: verb.start()]
    return clause
