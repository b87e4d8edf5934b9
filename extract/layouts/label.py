"""Label words inside list items: 进展情况： 责任单位： 下一步工作： and where their values stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from extract.layouts.grid.header import Pairs
from extract.lexicon.load import load_toml

_GAP: Final = r"[ \t\u3000]*"
# A label begins a line or follows a stop, an opening bracket or a bullet; bold and 【】 may wrap it.
_BEFORE: Final = r"(?:^|(?<=[。；;！!\n\s（(，,】—•·●■◆▪★]))"
_INLINE_WORD: Final = 4
_VALUE_END: Final = re.compile(r"[。；;，,！!）)】\s]")
# - 困难：   · 进展情况：   ——完成情况：
_BULLET: Final = re.compile(r"[-*+]\s+|[•·●■◆▪★]\s*|—{1,2}\s*")
_OPEN: Final = r"(?:\*\*|【|\[|〔|（|\()?"
_CLOSE: Final = r"(?:\*\*|】|\]|〕|）|\))?"

# what no label inside a line goes without
_MARKED: Final = re.compile("[：:】]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A label in a string: the column its value fills, offsets of the label with its colon.

    ``alone`` marks a label that has only a blank or a line break behind it.
    """

    column: str
    word: str
    start: int
    end: int
    alone: bool


@lru_cache(maxsize=64)
def _columns(added: Pairs) -> dict[str, str]:
    known = {word: column for column, words in load_toml("labels").items() for word in words}
    return known | dict(added)


@lru_cache(maxsize=64)
def _colon(added: Pairs) -> re.Pattern[str]:
    # 2021年全年完成情况：   【进展情况】   (一)落实情况:
    return re.compile(
        rf"{_BEFORE}{_OPEN}(?:[一二三四五六七八九十\d]{{1,2}}[、.．]{_GAP})?(?:\d{{4}}年(?:度)?)?(?P<word>{_words(added)}){_CLOSE}{_GAP}[：:](?:\*\*)?{_GAP}|"
        rf"{_BEFORE}【{_GAP}(?P<boxed>{_words(added)}){_GAP}】{_GAP}[：:]?{_GAP}"
    )


@lru_cache(maxsize=64)
def _alone(added: Pairs) -> re.Pattern[str]:
    # 进展情况 on a line of its own; 進展 2間已啟用 — a label with a blank behind it
    return re.compile(rf"^{_OPEN}(?P<word>{_words(added)}){_CLOSE}(?:$|(?=[ \t\u3000])){_GAP}")


@lru_cache(maxsize=64)
def _words(added: Pairs) -> str:
    ordered = sorted(_columns(added), key=len, reverse=True)
    return "|".join(_GAP.join(map(re.escape, word)) for word in ordered)


def marks(line: str, added: Pairs = ()) -> Iterator[Mark]:
    """The labels of a line, in order; ``added`` are the words of an issuer's form and their columns.

    A bullet in front of the first belongs to it.

    >>> [(m.column, m.word) for m in marks("修路。责任单位：市交通局。完成时限：年底前")]
    [('responsible', '责任单位'), ('deadline', '完成时限')]
    """
    begin = _BULLET.match(line)
    first = begin.end() if begin else 0
    alone = _alone(added).match(line)
    found = list(_colon(added).finditer(line)) if _MARKED.search(line) else []
    if alone and not (found and found[0].start() <= alone.start()):
        yield _mark(alone, alone["word"], added, alone=True)
    for match in found:
        mark = _mark(match, match["word"] or match["boxed"], added, alone=False)
        # a short word labels a line only: 成效： in the middle of a sentence is prose
        if match.start() > first and len(mark.word) < _INLINE_WORD and not _holds(mark, line):
            continue
        yield replace(mark, start=0) if begin and mark.start == first else mark


def _holds(mark: Mark, line: str) -> bool:
    """Whether what stands behind a short label is what its column holds: 亮灯：绿灯 is no prose."""
    if mark.column != "status":
        return False
    stop = _VALUE_END.search(line, mark.end)
    return line[mark.end : stop.start() if stop else len(line)].strip() in _states()


@cache
def _states() -> frozenset[str]:
    lexicon = load_toml("status")
    return frozenset(lexicon["silent"]["words"]).union(*lexicon["cell"].values())


def _mark(match: re.Match[str], printed: str, added: Pairs, *, alone: bool) -> Mark:
    word = re.sub(r"[ \t\u3000]", "", printed)
    return Mark(_columns(added)[word], word, match.start(), match.end(), alone)
