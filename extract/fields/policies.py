"""Policy documents named in text: titles in 《…》, document numbers in every bracket form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# No title of a report is longer; the end of a sentence ends the search for 》
_LONGEST: Final = 160
_STOP: Final = "。\n"
_DEEPEST: Final = 4  # titles inside titles; more are a row of stray marks
# `《…空间布局研究等课题，形成…`: an unclosed title ends with its clause
_CLAUSE: Final = re.compile("[，,。；;！!\n《]")
_OPEN: Final = "[〔\\[【（(﹝［〖{]"
_SHUT: Final = "[〕\\]】）)﹞］〗}]"
# 中科园发〔2019〕11号 · 京科发[2019]3号 · 国办函﹝2004﹞57号
_YEAR: Final = rf"{_OPEN}\s?(?P<year>(?:19|20)\d{{2}})\s?{_SHUT}"
_NUMBER: Final = rf"(?P<body>[\u4e00-\u9fff]{{1,12}})\s?{_YEAR}\s?第?(?P<no>\d{{1,5}})\s?号"
_ANYWHERE: Final = re.compile(_NUMBER)
_DATED: Final = re.compile(_YEAR)  # in every number, and quickly found
# behind a title, in a parenthesis or without: `》（中科园发〔2019〕11号）` `》，文号为京科发〔2021〕3号`
_BEHIND: Final = re.compile(rf"\s?[（(【\[，,]?\s?(?:文号[为是：:]?\s?)?{_NUMBER}")
# words before a bare number that are no part of it: `根据国办发〔2020〕12号`
_LEAD: Final = re.compile("^.*(?:文号[为是]?|根据|按照|依据|印发|落实|贯彻|关于|通知|及|和|与|的|以|由|见)")
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy document at half-open offsets: its title (None when it never closes), its number."""

    start: int
    end: int
    title: str | None
    doc_no: str | None
    number_end: int


def policies(value: str) -> Iterator[Policy]:
    """The policy documents that a text names, in order; a nested title is part of the outer.

    >>> [(p.title, p.doc_no) for p in policies("印发《〈若干措施〉实施办法》（中科园发[2019]25号）")]
    [('〈若干措施〉实施办法', '中科园发〔2019〕25号')]
    >>> [(value.title, value.start, value.end) for value in policies("开展《选址研究等课题，形成成果。")]
    [(None, 2, 10)]
    """
    done = 0
    at = value.find("《")
    while at >= 0:
        yield from _bare(value, done, at)
        policy = _titled(value, at)
        if policy.title != "" and policy.end - policy.start > 1:  # `《》` and a lone `《` name nothing
            yield policy
        done = max(policy.end, policy.number_end)
        at = value.find("《", done)
    yield from _bare(value, done, len(value))


def _titled(value: str, start: int) -> Policy:
    end = _closed(value, start)
    if end is None:
        stop = _CLAUSE.search(value, start + 1, start + _LONGEST)
        cut = stop.start() if stop else min(len(value), start + _LONGEST)
        return Policy(start, cut, None, None, cut)
    number = _BEHIND.match(value, end)
    doc_no = _canonical(number, number["body"]) if number else None
    title = _BLANKS.sub("", value[start + 1 : end - 1])
    return Policy(start, end, title, doc_no, number.end() if number else end)


def _closed(value: str, start: int) -> int | None:
    """The end of the title that opens at ``start``, past its 》; None when it never closes."""
    depth = 0
    for at in range(start, min(len(value), start + _LONGEST)):
        char = value[at]
        depth += (char == "《") - (char == "》")
        if depth == 0:
            return at + 1
        if char in _STOP or depth > _DEEPEST:
            return None
    return None


def _bare(value: str, start: int, end: int) -> Iterator[Policy]:
    """Document numbers that follow no title."""
    for match in _ANYWHERE.finditer(value, start, end) if _DATED.search(value, start, end) else ():
        body = _LEAD.sub("", match["body"])
        if body:
            low = match.end("body") - len(body)
            number = _canonical(match, body)
            yield Policy(low, match.end(), number, number, match.end())


def _canonical(match: re.Match[str], body: str) -> str:
    return f"{body}〔{match['year']}〕{match['no']}号"
