"""What a number counts or measures: the noun behind its classifier or before it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extract.alternatives import Endings, longest_first
from extract.fields.quantity.measures import measures
from extract.fields.quantity.periods import PERIOD
from extract.fields.quantity.reading import Reading

Place = tuple[int, int]

_LONGEST: Final = 40
_NOUN: Final = r"[\u4e00-\u9fffA-Za-z“”‘’\"·/+-]"
# Up to a digit of the next number; digits of names (5G, AR3) may stand inside.
# 区委、区政府重点工作: two bodies before one noun
_BODIES: Final = "(?:[省市区县州旗]委、[省市区县州旗]政府)?"
_BEHIND: Final = re.compile(
    rf"(?:的| )?({_BODIES}{_NOUN}(?:{_NOUN}|[0-9](?=[A-Za-z])|(?<=[A-Za-z])[0-9]){{0,23}})"
)
_CLAUSE: Final = re.compile(r"(?s:.*)[,，。;；、:：()（）!！?？\n|\t]")  # up to the last mark
# 4个巡察组|向40家单位, 12名队员|赴外地: what they do begins behind who they are
_DOES: Final = re.compile(r"(?<=[组队员委局府])(?:对|向|由|赴|为)")
_PLACES: Final = frozenset("村镇乡县区市校")  # 36个村
_PARENTHESIS: Final = re.compile(r"[(（][^()（）\n]{1,30}[)）]$")  # 设备(含大型设备)2769件
_BOUND_WORDS: Final = Endings(("接近", "近", "约", "超", "逾", "共", "中", "的"))  # 企业近|5000个
_SHARE: Final = re.compile(r"占(?!比)")
# Kinds whose noun stands behind (12个平台); all others have it in front (成交额4957.8亿元).
_COUNTS: Final = frozenset({"count"})
_BETWEEN: Final = " -—·"
_ROUNDS: Final = 6  # verbs stripped at one end: 累计 完成 新建 …
_CHARACTER: Final = re.compile(r"[\u4e00-\u9fffA-Za-z“‘]")


def _words(name: str) -> list[str]:
    words: list[str] = measures()["subjects"][name]
    return words


@cache
def _leading() -> re.Pattern[str]:
    verbs = [word for word in _words("verbs") if len(word) > 1]
    return re.compile(
        rf"(?!{_state().pattern})(?:{longest_first(verbs)}|{longest_first(_words('openers'))}"
        r"|[一二三四五六七八九十]是|[ \-—·])"
    )


@cache
def _state() -> re.Pattern[str]:
    """A project by its state, one noun with its verb: 新开工项目."""
    return re.compile(rf"(?:{longest_first(_words('states'))})(?:{longest_first(_words('stated'))})")


@cache
def _trailing() -> Endings:
    return Endings([*_words("verbs"), *_words("adverbs"), "了", *_BETWEEN])


@cache
def _kept() -> Endings:
    """A noun that ends like a verb: 总投资, 经营收入."""
    return Endings(_words("nouns"))


@cache
def _bound() -> frozenset[str]:
    """A noun that is one with its verb: 资助|金额, 参加|人员."""
    return frozenset(_words("bound"))


@cache
def _cuts() -> re.Pattern[str]:
    return re.compile(longest_first(_words("cuts")))


@cache
def _no_nouns() -> frozenset[str]:
    """Nothing but a verb is no noun, but for 投资 and the like; nor is 占比 or 年均."""
    return frozenset(_words("verbs")) - frozenset(_words("nouns")) | frozenset(_words("bare"))


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(longest_first(_words("stops")))


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
    if state := _state().match(noun):
        return (match.start(1), match.start(1) + state.end())
    stop = _stops().search(noun) or _DOES.search(noun)
    size = stop.start() if stop else len(noun) - _BOUND_WORDS.before(noun, len(noun))
    named = size > 1 or noun[:size] in _PLACES
    return (match.start(1), match.start(1) + size) if named and size else None


def _before(text: str, reading: Reading, done: int) -> Place | None:
    tail = _outside(text, reading.start, done)
    low = min(max(done, tail - _LONGEST), tail)
    mark = _CLAUSE.match(text, low, tail)
    head = mark.end() if mark else low
    if reading.kind == "ratio" and not text.endswith(("比重", "比例"), head, tail):
        share = _SHARE.search(text, head, tail)
        tail = share.start() if share else tail
    tail = _stripped(text, head, tail)
    head = _opened(text, _cut(text, head, tail), tail)
    whole = tail - head > 1 and _CHARACTER.match(text, head)
    return (head, tail) if whole and text[head:tail] not in _no_nouns() else None


def _outside(text: str, start: int, done: int) -> int:
    """Where a noun before ``start`` can end, in front of brackets: 设备(含大型设备)2769件, 施工中(93%)."""
    opened = start - 1 if text[start - 1 : start] in ("(", "（") else start
    closed = _PARENTHESIS.search(text, max(0, done, start - _LONGEST), start)
    end = closed.start() if closed else opened
    return end if end > done else start


def _cut(text: str, head: int, tail: int) -> int:
    """Where the noun begins behind the last verb inside the clause: 中关村新增|上市公司."""
    ends = (match.end() for match in _cuts().finditer(text, head, tail))
    return max((end for end in ends if tail - end > 2), default=head)


def _opened(text: str, head: int, tail: int) -> int:
    """Behind the period and the verbs that open the clause."""
    period = PERIOD.match(text, head, tail)
    head = period.end() if period else head
    for _ in range(_ROUNDS):
        verb = _leading().match(text, head, tail)
        if verb is None or tail - verb.end() < 2 or text[verb.end() : tail] in _bound():
            break
        head = verb.end()
    return head


def _stripped(text: str, head: int, tail: int) -> int:
    for _ in range(_ROUNDS):
        verb = _trailing().before(text, tail, head)
        if not verb or _kept().before(text, tail, head):
            break
        tail -= verb
    return tail
