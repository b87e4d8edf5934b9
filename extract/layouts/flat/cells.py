"""Cells of a row whose borders are lost: cut by the shapes of the columns, in the header's order.

The row is first cut into chunks at line breaks, blanks and at the edges of what has the
shape of a source; then consecutive chunks go to the columns in order, so that the sum of
how well each column's text has its column's shape is best.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final

from extract.layouts.grid.shape import SOURCE, is_date, is_source, is_stateless, is_verdict
from extract.organisation import begins_as_organisation, is_organisation, organisations_in
from schema.text import Text

# A blank inside Latin words or after a list number is no border; one before a month is: 71.3% 9—12月
BORDER: Final = re.compile(
    r"\n|(?<=[^\x00-\x7f])[ \t\u3000]+|(?<![.．、])[ \t\u3000]+(?=[^\x00-\x7f])"
    r"|(?<=[%％\d])[ \t\u3000]+(?=(?:20\d\d年)?\d{1,2}(?:[-—–~至]\d{1,2})?月)"
)
# 医政股 基层卫生股: an office of the agency itself, without a level in front
_OFFICE: Final = re.compile(r"[\u4e00-\u9fff]{1,6}[股科处]")
_LINE_END: Final = re.compile(r"\s*\n\s*")
# 市科委 市住建局, wherever it stands: a name that most rows hold is that of their unit
_ANY_NAME: Final = re.compile(r"(?=([省市区县州][\u4e00-\u9fff]{1,8}?(?:局|委|办|厅|政府|集团|公司|中心)))")
_COMMON: Final = 0.6
_BY_LINE: Final = 0.8
_COMMON_ROWS: Final = 3
_SOURCE_LIST: Final = re.compile(rf"{SOURCE.pattern}(?:[、，,]\s*{SOURCE.pattern})*")
_UNITS: Final = frozenset({"lead", "support", "responsible"})
_MAX_CHUNKS: Final = 24
_STOPS: Final = "。；;！!？?"
_IMPOSSIBLE: Final = -50.0
_SHORT_SOURCE: Final = 12
_SHORTER: Final = {"status": 8, "deadline": 20, "source": 60, **dict.fromkeys(_UNITS, 60)}
"""Columns whose cells are never longer and end with no stop."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The cells of a row by column, None where a column is empty; how sure the cut is."""

    cells: tuple[Text | None, ...]
    confidence: float
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Common:
    """What the rows of a table share: whether only line ends part their cells, names that most hold."""

    by_line: bool = False
    names: frozenset[str] = frozenset()


def common_of(rows: Sequence[str], columns: Sequence[str]) -> Common:
    """What the rows, without their numbers, tell together about where their cells end.

    >>> rows = [f"修路{n}。市交通局已完成。" for n in range(4)]
    >>> common_of(rows, ("content", "responsible", "progress")).names
    frozenset({'市交通局'})
    """
    whole = sum(value.count("\n") + 1 == len(columns) for value in rows)
    names: Counter[str] = Counter()
    if _UNITS & set(columns):
        names.update(chain.from_iterable({m[1] for m in _ANY_NAME.finditer(value)} for value in rows))
    least = max(_COMMON_ROWS, _COMMON * len(rows))
    common = frozenset(name for name, count in names.items() if count >= least)
    return Common(whole >= max(_COMMON_ROWS, _BY_LINE * len(rows)), common)


def cut_row(row: Text, columns: Sequence[str], common: Common = Common()) -> Cut:
    """The row's text without its number, cut into the given columns.

    >>> cut = cut_row(Text.of("落实指示。日常履职考核事项持续推动落实。"), ("content", "source", "progress"))
    >>> [str(cell) for cell in cut.cells]
    ['落实指示。', '日常履职考核事项', '持续推动落实。']
    """
    chunks = _chunks(row, columns, common)
    if len(columns) == 1:
        return Cut((row,), 1.0)
    if common.by_line and _is_by_line([row.value[a:b] for a, b in chunks], columns):
        return Cut(tuple(row.cut(a, b).strip() for a, b in chunks), 0.95)
    head, tail = chunks[:_MAX_CHUNKS], chunks[_MAX_CHUNKS:]
    score, places = _best(tuple(row.value[a:b] for a, b in head), tuple(columns))
    cells: list[Text | None] = []
    for index, (low, high) in enumerate(places):
        if low == high:
            cells.append(None)
            continue
        last = tail and index == len(places) - 1
        end = tail[-1][1] if last else head[high - 1][1]
        cells.append(cell_of(row.cut(head[low][0], end).strip(), columns[index]))
    sure = score > 0
    return Cut(tuple(cells), 0.95 if sure else 0.6, () if sure else ("cells_unsure",))


def _is_by_line(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether a row of a table with a line a cell has a line for each column, and each may stand there."""
    if len(cells) != len(columns):
        return False
    return all(
        len(cell) <= _SHORTER.get(column, len(cell)) and (column not in _SHORTER or cell[-1] not in _STOPS)
        for cell, column in zip(cells, columns, strict=True)
    )


def cell_of(text: Text, column: str) -> Text:
    """Line breaks of narrow columns are no paragraphs: 建设市民中|心主体工程 is one word."""
    if column in {"progress", "problems", "next_steps"} and _paragraphed(text.value):
        return text
    parts = [part.strip() for part in text.split(re.compile(r"\n"))]
    joined: list[Text] = []
    for part in parts:
        listed = joined and column in _UNITS and all(is_organisation(t.value) for t in (joined[-1], part))
        if listed or (joined and joined[-1].value[-1:] in _STOPS):
            joined.append(Text.made("\n", part.bounds()[0]))
        joined.append(part)
    return Text.join(joined)


def _paragraphed(value: str) -> bool:
    lines = value.split("\n")
    return all(line[-1:] in _STOPS or len(line) > 30 for line in lines[:-1])


def _chunks(row: Text, columns: Sequence[str], common: Common) -> list[tuple[int, int]]:
    value = row.value
    cuts = {0, len(value)}
    for match in (_LINE_END if common.by_line else BORDER).finditer(value):
        cuts |= {match.start(), match.end()}
    if not common.by_line:
        cuts |= _inner_cuts(value, columns, common, cuts)
    ordered = sorted(cuts)
    return [(a, b) for a, b in pairwise(ordered) if value[a:b].strip()]


def _inner_cuts(value: str, columns: Sequence[str], common: Common, cuts: set[int]) -> set[int]:
    """Where sources and organisations begin and end that nothing sets apart."""
    inner: set[int] = set()
    for match in _SOURCE_LIST.finditer(value) if "source" in columns else ():
        inner |= {match.start(), match.end(), _first_source(value, match.start())}
    if _UNITS & set(columns) and not _has_organisation(value, cuts):
        named = {edge for name in common.names for edge in _edges(value, name)}
        if not named and "source" not in columns:
            named = {edge for place in organisations_in(value) for edge in place}
        inner |= named
    return inner


def _edges(value: str, name: str) -> tuple[int, ...]:
    start = value.find(name)
    return () if start < 0 else (start, start + len(name))


def _has_organisation(value: str, cuts: set[int]) -> bool:
    """Whether blanks and line breaks already set the organisations apart."""
    parts = [value[a:b].strip() for a, b in pairwise(sorted(cuts))]
    return any(part and (_is_listed(part) or _OFFICE.fullmatch(part)) for part in parts)


def _first_source(value: str, start: int) -> int:
    """A source begins after the stop that ends the task when there is one close before it."""
    for back in range(start, max(0, start - 12), -1):
        if value[back - 1] in _STOPS:
            return back
    return start


@lru_cache(maxsize=4096)
def _best(chunks: tuple[str, ...], columns: tuple[str, ...]) -> tuple[float, tuple[tuple[int, int], ...]]:
    """Best assignment of consecutive chunks to columns: dynamic programming over both."""
    n, m = len(chunks), len(columns)
    table: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for column in range(m):
        rest = column == m - 1
        row: dict[int, tuple[float, int]] = {}
        for low, (score, _) in table[column].items():
            for high in [n] if rest else range(low, n + 1):
                value = score + _fit(chunks[low:high], columns[column])
                if high not in row or value > row[high][0]:
                    row[high] = (value, low)
        table.append(row)
    places: list[tuple[int, int]] = []
    at = n
    for column in range(m, 0, -1):
        low = table[column][at][1]
        places.append((low, at))
        at = low
    return table[m][n][0], tuple(reversed(places))


def names_of(chunks: Sequence[str]) -> list[str]:
    """Chunks as organisation names, wrapped ones joined; [] when they are no such list."""
    names: list[str] = []
    name = ""
    for chunk in chunks:
        if name and is_organisation(name) and begins_as_organisation(chunk):
            names.append(name)
            name = ""
        name += chunk
    return [*names, name] if is_organisation(name) else []


def _is_listed(value: str) -> bool:
    """Organisations by their first words too: 建设群众艺术中心 only ends like one."""
    return begins_as_organisation(value) and is_organisation(value)


def is_cell(value: str, column: str) -> bool:
    """Whether a text is a cell of a column of deadlines or states."""
    return is_date(value) if column == "deadline" else is_verdict(value) or is_stateless(value)


def _fit(chunks: Sequence[str], column: str) -> float:
    """How well the chunks, taken together, look like a cell of the column."""
    joined = "".join(chunks)
    if not chunks:
        return -6.0 if column == "content" else -1.5
    if column == "source":
        if is_source(joined):
            return 6.0
        short = len(joined) <= _SHORT_SOURCE and joined[-1] not in _STOPS
        return -0.5 * (1 + len(chunks)) if short else _IMPOSSIBLE
    if column in _UNITS:
        names = names_of(chunks)
        return 4.0 + 2.0 * sum(map(begins_as_organisation, names)) / len(names) if names else -8.0
    if column in {"deadline", "status"}:
        return 4.0 if is_cell(joined, column) else -4.0
    if column in {"content", "target", "dimension", "extra"}:
        return 1.0 - 0.4 * (len(chunks) - 1) - (3.0 if _is_listed(joined) else 0.0)
    return 1.0 - 0.01 * (len(chunks) - 1)
