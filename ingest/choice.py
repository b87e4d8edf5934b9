"""Which reader a text calls for: its content decides, its declared type where content doesn't."""

from __future__ import annotations

import re
from typing import Final

_BLOCKS: Final = r"(?:html|head|body|div|table|p|h[1-6]|section|article|main|center|ul|form|font)"
# A page says so near its start: <!DOCTYPE html …>, <html lang="zh">
_PAGE: Final = re.compile(r"<!doctype\s++html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(rf"<{_BLOCKS}(?=[\s>/])", re.IGNORECASE)
_FIRST: Final = re.compile(rf"\s*+(?:<!--|<\?xml|<{_BLOCKS}[\s>/])", re.IGNORECASE)
_HEAD: Final = 5000
_SAMPLE: Final = 200_000


def is_markup(text: str, declared: str | None) -> bool:
    """Whether the text is to be read as HTML: block markup dominates it.

    Stray tags at the ends of a text, or `<p>` in the cells of a tab grid, don't make it a page.

    >>> is_markup("<div><p>一、总体要求</p></div>", "text/plain")
    True
    >>> is_markup("维度\\t任务\\t情况\\n\\t<p>修路</p>\\t<p>完成</p>\\n\\t<p>架桥</p>\\t无", "text/plain")
    False
    >>> is_markup("<dd></dd>\\n通报\\n1\\t<p>已完成</p>\\t无\\n2\\t<p>在建</p>\\t无", "text/plain")
    False
    """
    sample = text[:_SAMPLE]
    blocks = len(_BLOCK_TAG.findall(sample))
    if declared in ("text/html", "application/xhtml+xml"):
        return blocks > 0
    if _PAGE.search(sample[:_HEAD]):
        return True
    # blanks only: a tab at the start of a row is an empty first cell
    rows = [row for row in (line.strip(" \r\u3000") for line in sample.split("\n")) if row.strip()]
    # a line of a tab grid: something, a tab, something again
    grid = sum(1 for row in rows if "\t" in row and not row.startswith("<"))
    if grid * 5 >= max(len(rows), 10):
        return False
    if _FIRST.match(sample):
        return blocks * 10 >= len(rows)
    return blocks >= 5 and blocks * 2 >= len(rows)
