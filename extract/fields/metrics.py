"""Metrics: every number of a field with its unit, its bound and what it counts.

What is read: numbers in digits with a known unit or magnitude, counts in characters with a
classifier, shares (三分之二, 1/4), doublings (翻一番). What is not: years, dates, document and
item numbers, versions and names (5G+8K, “1+5”), ranks (第3, 前10), 一个 and figures of speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.context import Context
from extract.fields.quantity.characters import read_characters
from extract.fields.quantity.digits import read_digits
from extract.fields.quantity.growth import listed_growth, with_growth
from extract.fields.quantity.measures import fold, hide_names
from extract.fields.quantity.periods import Periods
from extract.fields.quantity.reading import Reading
from extract.fields.quantity.shares import read_shares
from extract.fields.quantity.subjects import Place, subject_of
from extract.found import Found
from extract.numerals import scaled
from schema.records import Metric
from schema.text import Text

_SENTENCE: Final = re.compile(r"[。；;\n]")
_FAR: Final = 120  # characters that a subject is handed on over
_INHERITING: Final = frozenset({"growth", "percent", "ratio"})


def metrics(field: str, text: Text, context: Context) -> list[Found[Metric]]:
    """The metrics of one field in the order of the text; ``at`` is ``raw``, aligned to the page.

    ``value`` and ``unit`` are as printed (2.87, 亿元), ``base_value`` and ``base_unit`` without
    the magnitude (287000000, 元). Growth is signed: 下降20% is -20. A fraction is worth its
    quotient and has no unit; 百亿规模 is approx 100 亿. Raises nothing: what isn't understood
    is no metric.

    >>> found = metrics("progress", Text.of("资助金额达2.87亿元，新设科技型企业5.64万家"), Context())
    >>> [(m.value.subject, m.value.base_value, m.value.base_unit, m.value.raw) for m in found]
    [('资助金额', 287000000.0, '元', '2.87亿元'), ('科技型企业', 56400.0, '家', '5.64万家')]
    """
    folded = fold(text.value)
    visible = hide_names(folded)
    periods = Periods(folded)
    found: list[Found[Metric]] = []
    last: Place | None = None
    done = 0
    for reading in readings(visible):
        place = subject_of(folded, reading, done)
        if place is None and last and reading.kind in _INHERITING:
            near = reading.start - last[1] < _FAR
            place = last if near and not _SENTENCE.search(folded, last[1], reading.start) else None
        last, done = place or last, reading.behind
        found.append(_found(field, text, reading, place, periods.at(reading.start)))
    return found


def readings(text: str) -> Iterator[Reading]:
    """All readings of a folded text with its names hidden, in order, none overlapping another.

    Where two readers take the same characters, the one that begins earlier, then the longer wins.
    """
    every = [*read_shares(text), *read_digits(text), *read_characters(text)]
    every.sort(key=lambda reading: (reading.number, -reading.behind))
    last: Reading | None = None
    for reading in every:
        if last is None or reading.number >= last.behind:
            last = listed_growth(text, with_growth(text, reading), last)
            yield last


def _found(
    field: str, text: Text, reading: Reading, place: Place | None, period: Place | None
) -> Found[Metric]:
    at = text.cut(reading.start, reading.end)
    metric = Metric(
        field=field,
        subject=text.value[slice(*place)].strip() if place else None,
        kind=reading.kind,
        value=reading.value,
        value_high=reading.high,
        unit=reading.unit,
        base_value=scaled(reading.value, reading.factor),
        base_unit=reading.base_unit,
        comparator=reading.comparator,
        period=text.value[slice(*period)] if period else None,
        raw=at.value,
    )
    return Found(metric, at, reading.rule)
