"""Which reader a text calls for: its content decides, its declared type where content doesn't."""

from __future__ import annotations

import re
from typing import Final

_BLOCKS: Final = r"(?:html|head|body|div|table|p|h[1-6]|section|article|main|center|ul|form|font)"
# A page says so near its start: <!DOCTYPE html …>, <html lang="zh">
_PAGE: Final = re.compile(r"<!doctype\s++html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(rf"<{_BLOCKS}(?=[\s>/])[^>]*+>", re.IGNORECASE)
_FIRST: Final = re.compile(rf"\s*+(?:<!--|<\?xml|<{_BLOCKS}[\s>/])", re.IGNORECASE)
_FILLED_LINE: Final = re.compile(r"^[ \t]*+\S", re.MULTILINE)
# A line of a tab grid: something, a tab, something again
_GRID_LINE: Final = re.compile(r"^[^\n]*?[^\s<][^\n\t]*+\t[ ]*+\S", re.MULTILINE)
_HEAD: Final = 5000
_SAMPLE: Final = 200_000


def is_markup(text: str, declared: str | None) -> bool:
    """Whether the text is to be read as HTML: block markup dominates it.

    Stray tags at the ends of a text, or `<p>` in the cells of a tab grid, don't make it a page.

    >>> is_markup("<div><p>一、总体要求</p></div>", "text/plain")
    True
    >>> is_markup("<dd></dd>\\n通报\\n1\\t<p>已完成</p>\\t无\\n2\\t<p>在建</p>\\t无", "text/plain")
    False
    """
    sample = text[:_SAMPLE]
    blocks = len(_BLOCK_TAG.findall(sample))
    if declared in ("text/html", "application/xhtml+xml"):
        return blocks > 0
    if _PAGE.search(sample[:_HEAD]):
        return True
    filled = len(_FILLED_LINE.findall(sample))
    if len(_GRID_LINE.findall(sample)) * 5 >= max(filled, 10):
        return False
    if _FIRST.match(sample):
        return blocks * 10 >= filled
    return blocks >= 5 and blocks * 2 >= filled
