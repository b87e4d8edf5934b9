"""Who signs a document and when: 某市管委会办公室 2014年12月10日, on one line or on two."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extract.body import Line
from extract.chrome import is_spam
from extract.dates import dates
from extract.directory import is_assembly
from extract.found import Found
from extract.lexicon.load import load_toml
from extract.organisation import is_organisation

# A place is no agency: 白石县2020年…, and neither is a zone or a park by its name alone.
_PLACE: Final = re.compile(r"(?:[省市区县州盟旗乡镇村园港岛]|新区|开发区|试验区|实验区|示范区)$")
_NAME: Final = re.compile(r"[\u4e00-\u9fff、（）()·]{2,40}$")
_STOPS: Final = "。；;!！）)>"  # what a flattened page has in front of the name that signs


@dataclass(frozen=True, slots=True)
class Signature:
    """The name that signs and the date behind it."""

    name: Found[str]
    date: Found[dt.date]


def is_agency(name: str) -> bool:
    """Whether a name is one of an organisation that can issue a report.

    >>> is_agency("市科委、中关村管委会"), is_agency("白石县"), is_agency("某娱乐城督查室")
    (True, False, False)
    >>> is_agency("某市召开重点工作推进会")
    False
    """
    media = load_toml("metadata")["places"]["media"]
    return (
        is_organisation(name)
        and not is_assembly(name)
        and not _PLACE.search(name)
        and not is_spam(name)
        and not any(word in name for word in media)
    )


def signature_of(lines: Sequence[Line]) -> Signature | None:
    """The signature of a document, the last one where it is repeated; None without one.

    A table that lost its cells has pairs of unit and deadline that look alike: several
    names with dates sign nothing.

    >>> from schema.text import Text
    >>> found = signature_of([Line(Text.of("汇报完毕。某市管委会办公室 2014年12月10日 附件下载"))])
    >>> found.name.value, found.date.value.isoformat()
    ('某市管委会办公室', '2014-12-10')
    """
    found = list(_signatures(lines))
    if len({signature.name.value for signature in found}) != 1:
        return None
    return found[-1]


def _signatures(lines: Sequence[Line]) -> Iterator[Signature]:
    before: Line | None = None
    for line in lines:
        if not line.cell:
            yield from _on_line(line, before)
        before = line


def _on_line(line: Line, before: Line | None) -> Iterator[Signature]:
    """A date with nothing but tools behind it, and the name in front of it or above it."""
    for date in dates(line.text):
        start, end = date.at.bounds()[0] - line.start, date.at.bounds()[1] - line.start
        if line.value[end : end + 1].strip():
            continue
        front = line.value[:start].rstrip()
        if front:
            yield from _in_front(line, front, date)
        elif before is not None and not before.cell and is_agency(before.value):
            yield Signature(Found(before.value, before.text, "signature"), date)


def _in_front(line: Line, front: str, date: Found[dt.date]) -> Iterator[Signature]:
    match = _NAME.search(front)
    if not match or not is_agency(match.group()):
        return
    prose = front[: match.start()].rstrip()
    if not prose or prose[-1] in _STOPS:
        yield Signature(Found(match.group(), line.text.cut(*match.span()), "signature"), date)
