"""The header of a table whose borders are lost: a run of header words on one line or over several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extract.body import Line
from extract.layouts.grid.header import Column, Pairs, Word, column_of, words_in
from extract.layouts.grid.remedy import remedied
from schema.page import Page
from schema.text import Text

_MAX_HEADER: Final = 60
_HEADER_LINES: Final = 14
_NARROW: Final = 14
_MAX_GAP: Final = 20
# Between header words stand names and years (某局2021年全年落实情况), never stops or other numbers.
_NO_HEADER: Final = re.compile(r"[。；;]|(?<!\d)(?!20\d\d年)\d")
# 序号 at the head of a line or after a blank; longer words, since 号 alone is everywhere
_BEFORE: Final = r"(?:^|(?<=[\s>：:。]))"
_NUMBER_WORDS: Final = ("序号", "编号", "项次", "号次")
_FEWEST: Final = 4
_STOP: Final = re.compile(r"[。；;，,]")
_FIRST: Final = re.compile(r"[（(]?0{0,2}1[）).．、]?")
_BLANKS: Final = re.compile(r"[\s\u3000|]+")


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A run of header words: offsets in the page's text and the columns in order."""

    columns: tuple[Column, ...]
    words: tuple[str, ...]
    start: int
    end: int


def find_headrow(lines: Sequence[Line], added: Pairs = ()) -> tuple[HeadRow | None, int]:
    """The first run of header words, on one line or spread over several; index of the line after it.

    ``added`` are the words of an issuer's form and their columns.
    """
    for index, line in enumerate(lines):
        found = _header_in(line, added)
        if found:
            return found, index if found.end < line.end else index + 1
        spread, after = _header_over(lines, index, added)
        each, behind = _header_each(lines, index, added)
        if each and not (spread and after == behind and not _is_by_line(lines, behind, len(each.words))):
            spread, after = each, behind
        if spread:
            return spread, after
    return None, 0


@lru_cache(maxsize=64)
def _number_word(added: Pairs) -> re.Pattern[str]:
    words = (*_NUMBER_WORDS, *(word for word, column in added if column == "seq"))
    return re.compile(_BEFORE + "(?:" + "|".join(r"\s?".join(map(re.escape, word)) for word in words) + ")")


def _header_in(line: Line, added: Pairs) -> HeadRow | None:
    """Header words that follow each other from a number word on, anything short between them.

    They stand at the head of the line or, on a line that holds the whole page, after a blank.
    """
    for match in _number_word(added).finditer(line.value):
        found = _header_from(line, match.start(), added)
        if found:
            return found
    return None


def _header_from(line: Line, start: int, added: Pairs) -> HeadRow | None:
    words = words_in(line.value[start : start + _MAX_HEADER * 2], added)
    words = [Word(word.column, word.start + start, word.end + start) for word in words]
    if not words or words[0].column != "seq":
        return None
    columns, printed, end = ["seq"], [line.value[words[0].start : words[0].end]], words[0].end
    for word in words[1:]:
        gap = line.value[end : word.start]
        if len(gap) > _MAX_GAP or _NO_HEADER.search(gap):
            break
        if word.column in columns and word.column != "extra" and word.start - end < 1 and len(columns) > 2:
            break
        if word.column == columns[-1] and word.start == end:
            printed[-1] += line.value[word.start : word.end]  # 重点工作|内容 is one header
        else:
            columns.append(word.column)
            printed.append(_BLANKS.sub("", line.value[end : word.end]))
        end = word.end
    return _made(columns, printed, line.start + start, line.start + end)


def _header_over(lines: Sequence[Line], index: int, added: Pairs) -> tuple[HeadRow | None, int]:
    """One header word a line, or narrow columns that break words: 序 / 号 / 任务 / 来源 / 落实情况.

    The longest run of short lines that header words cover without a gap.
    """
    joined, best, after = "", None, 0
    for at in range(index, min(len(lines), index + _HEADER_LINES)):
        value = _BLANKS.sub("", lines[at].value)
        if len(value) > _NARROW or len(joined) > _MAX_HEADER:
            break
        joined += value
        words = _covering(joined, added)
        if words and words[0].column == "seq":
            printed = [joined[word.start : word.end] for word in words]
            made = _made([word.column for word in words], printed, lines[index].start, lines[at].end)
            best, after = (made, at + 1) if made else (best, after)
    return best, after


def _header_each(lines: Sequence[Line], index: int, added: Pairs) -> tuple[HeadRow | None, int]:
    """A cell a line from 序号 to the first row's number, words of no field among them: 总投资（万元）."""
    cells: list[str] = []
    for at in range(index, min(len(lines), index + _HEADER_LINES + 1)):
        value = _BLANKS.sub("", lines[at].value)
        if len(cells) >= _FEWEST and _is_first(lines, at):
            named = [column_of(cell, added) for cell in cells]
            told = sum(column not in {"", "extra"} for column in named)
            known = told >= _FEWEST and told * 2 >= len(cells)
            return (_made(named, cells, lines[index].start, lines[at - 1].end) if known else None), at
        if len(value) > _NARROW * 2 or _STOP.search(value) or (not cells and value not in _NUMBER_WORDS):
            break
        cells.append(value)
    return None, 0


def _is_by_line(lines: Sequence[Line], at: int, width: int) -> bool:
    """Whether the second row begins as many lines behind the first as a row has cells."""
    below = lines[at + width].value.strip(" .．、") if at + width < len(lines) else ""
    return below.lstrip("0") == "2"


def _is_first(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the number of the first row and nothing else."""
    return at < len(lines) and _FIRST.fullmatch(lines[at].value.strip()) is not None


def _covering(joined: str, added: Pairs) -> list[Word]:
    """The header words of a string when they leave at most names and years between them."""
    words = words_in(joined, added)
    end = 0
    found: list[Word] = []
    for word in words:
        if len(joined[end : word.start]) > 4 or _NO_HEADER.search(joined[end : word.start]):
            return []
        found.append(Word(word.column, end, word.end))
        end = word.end
    return found if end == len(joined) else []


def texts_of(header: HeadRow, page: Page) -> tuple[Text | None, ...]:
    """The words of a header as the page prints them, None for a word not found there."""
    text = page.cut(header.start, header.end)
    found: list[Text | None] = []
    at = 0
    for word in header.words:
        match = re.compile(r"\s*".join(map(re.escape, word))).search(text.value, at)
        found.append(text.cut(*match.span()) if match else None)
        at = match.end() if match else at
    return tuple(found)


def repeated(lines: Sequence[Line], index: int, header: HeadRow) -> int:
    """How many lines from ``index`` on print the header again; 0 for other lines."""
    printed = "".join(header.words)
    joined = ""
    for at in range(index, min(len(lines), index + _HEADER_LINES)):
        joined += _BLANKS.sub("", lines[at].value)
        if joined == printed:
            return at + 1 - index
        if not printed.startswith(joined):
            return 0
    return 0


def _made(columns: list[Column], printed: list[str], start: int, end: int) -> HeadRow | None:
    columns = remedied(columns, printed)
    if len(columns) < 2 or not {"content", "progress"} & set(columns):
        return None
    seen: set[Column] = set()
    named: list[Column] = []
    for printed_column in columns:
        again = printed_column == "content" and printed_column in seen
        column = "target" if again else printed_column
        named.append("extra" if column in seen and column != "extra" else column)
        seen.add(column)
    if "content" not in named:
        return None
    return HeadRow(tuple(named), tuple(printed), start, end)
