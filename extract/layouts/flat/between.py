"""Chapters between the rows of a table whose borders are lost: 一、公共卫生类 on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from extract.body import Line
from extract.draft import Draft
from extract.numbering import head

_LONGEST: Final = 24
_STOPS: Final = "。；;，,：:！!？?"
_ROW: Final = re.compile(r"\d{1,3}(?:[.．、\s]|$)")


def chapters(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Short lines with the number of a chapter, right above a line that begins with a row's number.

    >>> from schema.text import Text
    >>> page = ("一、公共卫生类", "1 免费体检 基层卫生股", "二、加强保障", "落实责任。")
    >>> [line.value for line in chapters([Line(Text.of(value)) for value in page])]
    ['一、公共卫生类']
    """
    return tuple(
        line for line, after in pairwise(lines) if _is_chapter(line.value) and _ROW.match(after.value)
    )


def under(draft: Draft, over: Sequence[Line]) -> Draft:
    """The draft with the last of the chapters in front of it as its section."""
    before = [line for line in over if line.start < draft.start]
    return replace(draft, section=(before[-1].text,)) if before else draft


def _is_chapter(value: str) -> bool:
    marker = head(value)
    numbered = marker is not None and marker.style in {"cn", "cn_paren"} and marker.end < len(value)
    return numbered and len(value) <= _LONGEST and value[-1] not in _STOPS
