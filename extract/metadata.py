"""What a page says about itself: title, agency, dates, numbers, and the lines that say so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from extract.agencies import agency_of
from extract.body import Body, Line
from extract.dates import clock_end, first_date
from extract.found import Found
from extract.headlines import announced, headline
from extract.inline import prefix_end, suffix_start
from extract.intervals import disjoint
from extract.layouts.label import marks
from extract.lexicon.load import load_toml
from extract.pairs import Pair, of_page, pairs
from extract.publication import declared_date, delivery_date, labelled_date, lone_dates
from extract.regions import region_of
from extract.signatures import Signature, signature_of
from extract.tabular import outside_rows
from extract.titles import DELIVERED, DOC_NO, flattened_title, is_title, pieces, repeated, title_of
from extract.years import inferred_year, titled_year
from extract.zones import Zones, edges, zones
from schema.issues import Issue, issue
from schema.page import Page
from schema.records import Label
from schema.text import Interval, Text

FIELDS: Final = (
    "title",
    "agency",
    "region_code",
    "report_year",
    "published_on",
    "info_source",
    "index_no",
    "doc_no",
    "url",
)

_INDEX_NO: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z/_.-]{3,59}")
_URL: Final = re.compile(r"https?://[^\s<>\"，。]+")
_SOURCE_END: Final = re.compile(r"[\s|｜】\]］]|听全文$")  # 【来源：某局】
# 上海市市长 龚 正, 某局局长 刘佳: who delivers, between the title and the text.
_PERSON: Final = re.compile(
    r"^.{0,24}(?:[市省州县区局部厅院]长|主席|主任|书记)[ \u3000]{0,4}[\u4e00-\u9fff ]{2,8}$"
)
_RELEASE: Final = re.compile(r"^[（(](?:此件|本文).{2,12}[)）]$")  # （此件公开发布）
# 第7期, 总第123期: the number of a bulletin.
_ISSUE_NO: Final = re.compile(r"^[（(]?(?:20[0-9]{2}年)?(?:总)?第[ ]?[0-9]{1,4}[ ]?期[)）]?$")


@dataclass(frozen=True)
class Metadata:
    """The facts of one page, each with its characters, and the labelled lines they stand in.

    Facts that a ``<meta>`` declaration states have an empty ``at``. ``written_on`` is the
    signing date, ``delivered_on`` that of a speech; neither is the publication by itself.
    """

    facts: dict[str, Found[Any]]
    labels: tuple[Label, ...] = ()
    issues: tuple[Issue, ...] = ()
    written_on: Found[dt.date] | None = None
    delivered_on: Found[dt.date] | None = None
    region: str | None = None

    def value(self, name: str) -> Any:
        """The value of a field of ``FIELDS``, None when the page does not state it."""
        found = self.facts.get(name)
        return found.value if found else None

    def found(self) -> Iterator[tuple[str, Found[Any]]]:
        """Name and fact of every field that characters of the page state, in a fixed order."""
        for name in FIELDS:
            if name in self.facts and self.facts[name].at and name != "region_code":
                yield name, self.facts[name]


def read_metadata(body: Body) -> Metadata:
    """The metadata of a page, whole and already in simplified characters.

    Nothing is guessed: a field that the page does not state is missing, and a year that is
    inferred comes with the issue ``year_inferred``.
    """
    return _Reader(body.page, body.lines).metadata()


@dataclass(frozen=True)
class _Reader:
    """The page's lines and what was read from them on the way to its metadata."""

    page: Page
    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> Text:
        return self.page.cut(0, len(self.page.text))

    @cached_property
    def area(self) -> Zones:
        return zones(self.lines)

    @cached_property
    def head(self) -> tuple[Line, ...]:
        return self.lines[: self.area.start]

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Labelled facts before the text, on its first line, and behind it."""
        behind = (pair for pair in pairs(self.lines[self.area.end :]) if not self._of_work(pair))
        return of_page((*pairs(self.head), *pairs(self._inline()), *behind), self.lines)

    def _of_work(self, pair: Pair) -> bool:
        """Whether a label behind the text is one of the last item's (责任部门：某处), no fact of the page."""
        return pair.field == "other" and any(
            not mark.start for mark in marks(self.page.text.value[pair.start : pair.end])
        )

    def _inline(self) -> list[Line]:
        """The flattened page in front of the text and behind it, when they share its lines."""
        found: list[Line] = []
        for line in self.lines[self.area.start : self.area.start + 1]:
            begin, end = prefix_end(line.value), suffix_start(line.value)
            found += [Line(line.text[:begin])] if begin else []
            found += [Line(line.text[end:].strip())] if end < len(line.value.rstrip()) else []
        return found

    @cached_property
    def title(self) -> Found[str] | None:
        """What is labelled as the title, else what the page declares, else the line that reads so."""
        for pair in self.pairs:
            if pair.field == "title" and is_title(pair.value.value):
                return Found(pair.value.value, pair.value, "label")
        declared = self._declared("title")
        if declared:
            line = next(repeated(self.lines, declared), None)
            return Found(line.value, line.text, "meta") if line else Found(declared, Text("", ()), "meta")
        lines = outside_rows(self.page, self.lines)
        return title_of(lines) or self._flattened() or announced(lines) or headline(lines)

    def _flattened(self) -> Found[str] | None:
        first = self.lines[self.area.start : self.area.start + 1]
        return next((flattened_title(line.text, prefix_end(line.value)) for line in first), None)

    @cached_property
    def agency(self) -> Found[str] | None:
        return agency_of(self.lines, self.title, self.pairs, self.text)

    @cached_property
    def delivered(self) -> Found[dt.date] | None:
        return delivery_date(self.head)

    @cached_property
    def signature(self) -> Signature | None:
        return signature_of(self.lines)

    @cached_property
    def written(self) -> Found[dt.date] | None:
        """The signing date: labelled, or behind the name that signs."""
        return labelled_date(self.pairs, "written") or (self.signature.date if self.signature else None)

    @cached_property
    def published(self) -> Found[dt.date] | None:
        """Labelled, declared, or a date by itself; else of the signature, else of the speech."""
        stated = labelled_date(self.pairs, "published") or declared_date(self._declared("published"))
        lone = next((found for line in self._near()[0] for found in lone_dates(line)), None)
        for rule, found in (("signature", self.written), ("delivery", self.delivered)):
            stated = stated or lone or (Found(found.value, found.at, rule) if found else None)
        return stated

    def _near(self) -> tuple[Sequence[Line], Sequence[Line]]:
        """The lines around the text that may be about the page itself."""
        inside = [end for _, end in self._titles() if self.head and end <= self.head[-1].end]
        return edges(self.lines, max(inside, default=None))

    def _declared(self, field: str) -> str | None:
        names = load_toml("metadata")["names"][field]
        values = (tag.value.strip() for tag in self.page.meta if tag.name.lower() in names)
        return next((value for value in values if value), None)

    def metadata(self) -> Metadata:
        facts: dict[str, Found[Any] | None] = {
            "title": self.title,
            "agency": self.agency,
            "published_on": self.published,
            "info_source": self._source(),
            "index_no": self._matching("index_no", _INDEX_NO),
            "doc_no": self._matching("doc_no", DOC_NO) or self._printed_number(),
            "url": self._matching("url", _URL),
        }
        stated = titled_year(self.title)
        inferred = None if stated else inferred_year(self.title, self.text, self.published, self.delivered)
        facts["report_year"] = stated or inferred
        region = region_of(_value(facts["agency"]), _value(facts["title"]), self.text.value)
        facts["region_code"] = Found(region.code, Text("", ()), "region") if region else None
        return Metadata(
            facts={name: found for name, found in facts.items() if found is not None},
            labels=tuple(disjoint(self._labels(facts["doc_no"]))),
            issues=() if inferred is None else (_inferred(inferred),),
            written_on=self.written,
            delivered_on=self.delivered,
            region=region.place if region else None,
        )

    def _source(self) -> Found[str] | None:
        for pair in self.pairs:
            if pair.field == "info_source" and pair.value:
                value = pair.value[: len(_SOURCE_END.split(pair.value.value)[0])]
                if value.value.endswith((")", "）")) and not re.search("[（(]", value.value):
                    value = value[:-1]  # （来源：某县优化办）
                return Found(value.value, value, "label")
        declared = self._declared("info_source")
        return Found(declared, Text("", ()), "meta") if declared else None

    def _matching(self, field: str, shape: re.Pattern[str]) -> Found[str] | None:
        for pair in self.pairs:
            match = shape.match(pair.value.value) if pair.field == field else None
            if match:
                return Found(match.group(), pair.value.cut(*match.span()), "label")
        return None

    def _printed_number(self) -> Found[str] | None:
        """A document number on a line of its own near the title, or glued in front of it."""
        for line in self.lines[: self.area.start + 1]:
            if DOC_NO.fullmatch(line.value):
                return Found(line.value, line.text, "line")
            begin = prefix_end(line.value)
            match = DOC_NO.match(line.value, begin) if begin or self._holds_title(line) else None
            if match:
                return Found(match.group(), line.text.cut(*match.span()), "front")
        return None

    def _holds_title(self, line: Line) -> bool:
        """Whether the title stands on the line, behind something else: 某政发〔2023〕2号某区关于…的通知."""
        return bool(self.title and self.title.at and line.start < self.title.at.bounds()[0] < line.end)

    def _labels(self, number: Found[Any] | None) -> Iterator[Label]:
        for start, end in self._titles():
            yield Label(kind="title", start=start, end=end)
        for pair in self.pairs:
            yield Label(kind="metadata", start=pair.start, end=_pair_end(pair))
        for place in (number.at.bounds() if number else None, _bounds(self.signature)):
            if place:
                yield Label(kind="metadata", start=place[0], end=place[1])
        for line in (line for lines in self._near() for line in lines):
            if _is_fact(line):
                yield Label(kind="metadata", start=line.start, end=line.end)

    def _titles(self) -> Iterator[Interval]:
        """Wherever the title is printed: by itself, over several lines, behind the agency's name."""
        title = self.title.value if self.title else ""
        for line in (*repeated(self.lines, title), *pieces(self.head, title)):
            yield (line.start, line.end)
        agency = self.agency
        if agency and agency.rule == "before_title":
            start, end = agency.at.bounds()
            yield (start, end + len(title))


def _value(found: Found[Any] | None) -> Any:
    return found.value if found else None


def _bounds(signature: Signature | None) -> Interval | None:
    return (signature.name.at.bounds()[0], signature.date.at.bounds()[1]) if signature else None


def _pair_end(pair: Pair) -> int:
    """The pair's end; of a date behind its time of day: 时间：2014-12-10 00:00 微信 微博."""
    found = first_date(pair.value, republic=True) if pair.field in {"published", "written"} else None
    if found is None:
        return pair.end
    behind = found.at.bounds()[1] - pair.value.bounds()[0]
    return pair.value.bounds()[0] + clock_end(pair.value.value, behind)


def _is_fact(line: Line) -> bool:
    value = line.value
    return not line.cell and bool(
        DELIVERED.match(value)
        or _PERSON.match(value)
        or DOC_NO.fullmatch(value)
        or _RELEASE.match(value)
        or _ISSUE_NO.match(value)
        or any(lone_dates(line))
    )


def _inferred(year: Found[int]) -> Issue:
    start, end = year.at.bounds()
    return issue("year_inferred", f"{year.value} from the {year.rule}", start, end)
