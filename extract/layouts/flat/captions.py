"""The header of a table without borders and without a number column: header words and nothing else.

They stand on one line with blanks between them, or a line each; a narrow column breaks its word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from extract.body import Line
from extract.layouts.flat.headrow import HeadRow
from extract.layouts.grid.header import Column, Pairs, columns_of, words_in

_LINE: Final = 60
_WORD: Final = 16
_LINES: Final = 16
_BROKEN: Final = 3
"""Lines that a header word of a narrow column is broken over at most."""
_PART: Final = 4
_TWICE: Final = {"progress": 2, "extra": _LINES}
"""Columns that a header may have several of: 完成情况 | 进度."""
_BLANKS: Final = re.compile(r"[\s|]+")
# 责任单位（牵头）: what stands in brackets only explains
_BRACKET: Final = re.compile(r"[（(][^（）()]*[）)]")
_NO_WORD: Final = re.compile(r"[。；;，,：:、？?！!]|\d(?!\d{0,3}年)")
# 2022年完成情况 市科委落实情况 全年进展 — the year and the body that stand before a header word
_LEAD: Final = re.compile(r"(?:[\u4e00-\u9fff\d、]{0,10}[局委办部厅会院区县市省年度月底])?$")
# what a header without a number column has to name besides the task
_TELLING: Final = frozenset({"progress", "status", "problems", "deadline", "lead", "support", "responsible"})


def captions(lines: Sequence[Line], added: Pairs = ()) -> Iterator[tuple[HeadRow, int]]:
    """Every header of that kind and the index of the line behind it, in order.

    ``added`` are the words of an issuer's form and their columns.
    """
    for index, line in enumerate(lines):
        if len(line.value) > _LINE or not words_in(line.value, added):
            continue
        words = [word for word in _BLANKS.split(line.value) if word]
        after = index + 1
        if len(words) < 2:
            words, after = _over_lines(lines, index, added)
        columns = _columns(words, added)
        if columns:
            yield HeadRow(columns, tuple(words), line.start, lines[after - 1].end), after


def _columns(words: Sequence[str], added: Pairs) -> tuple[Column, ...] | None:
    if len(words) < 2 or not all(is_caption(word, added) for word in words):
        return None
    columns = columns_of(words, added)
    if columns is None or "content" not in columns or not _TELLING & set(columns):
        return None
    return columns


def is_caption(word: str, added: Pairs = ()) -> bool:
    """Whether a string is header words and nothing else; names and years may stand before them.

    >>> is_caption("2022年完成情况"), is_caption("责任单位（牵头）"), is_caption("工作动态")
    (True, True, False)
    """
    core = _BRACKET.sub("", word) or word
    if not 1 < len(core) <= _WORD or _NO_WORD.search(core):
        return False
    words = words_in(core, added)
    if not words or words[-1].end != len(core) or not _LEAD.match(core[: words[0].start]):
        return False
    return all(later.start - word.end <= 1 for word, later in pairwise(words))


def _over_lines(lines: Sequence[Line], index: int, added: Pairs) -> tuple[list[str], int]:
    """Header words from a line on, one a line or broken over a few; the index of the line behind them."""
    words: list[str] = []
    taken: list[str] = []
    at = index
    while at < min(len(lines), index + _LINES):
        size, word = _word_at(lines, at, added)
        column = words_in(word, added)[-1].column if word else ""
        if not word or taken.count(column) >= _TWICE.get(column, 1):
            break
        taken.append(column)
        words.append(word)
        at += size
    return words, at


def _word_at(lines: Sequence[Line], at: int, added: Pairs) -> tuple[int, str]:
    """How many lines from ``at`` on are one header word, and the word; (0, "") for other lines."""
    word = ""
    for size in range(1, min(_BROKEN, len(lines) - at) + 1):
        part = _BLANKS.sub("", lines[at + size - 1].value)
        word += part
        if len(word) > _WORD or (size > 1 and len(part) > _PART):
            break
        if is_caption(word, added):
            return size, word
    return 0, ""
