"""The marks of Markdown that reports come with: ATX headings, pipe tables, bold."""

from __future__ import annotations

import re
from typing import Final

from schema.text import Text

# `# 重点任务调度表`; `#1 ` and `#标签` are text
_HEADING: Final = re.compile(r"[ ]{0,3}(#{1,6})[ \t]++(?=\S)")
_CLOSING: Final = re.compile(r"[ \t]++#++[ \t]*+\Z")
# `|---|:--:|`
_RULE: Final = re.compile(r"[ \t]*+\|?+[ \t]*+:?+-++:?+[ \t]*+(?:\|[ \t]*+(?::?+-++:?+)?+[ \t]*+)*+")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_ESCAPED_PIPE: Final = re.compile(r"\\\|")
_BOLD: Final = re.compile(r"\*\*(?=\S)([^*\n]++)\*\*")


def heading(row: Text) -> tuple[int, Text]:
    """The level of an ATX heading and its words; level 0 and the row itself for any other line.

    >>> level, words = heading(Text.of("## 一、产业攻坚"))
    >>> level, words.value
    (2, '一、产业攻坚')
    """
    found = _HEADING.match(row.value)
    if found is None:
        return 0, row
    closing = _CLOSING.search(row.value, found.end())
    return len(found[1]), row.cut(found.end(), closing.start() if closing else len(row))


def is_rule(line: str) -> bool:
    """Whether the line parts a pipe table's header from its rows.

    >>> is_rule("|---|:--:|"), is_rule("| 任务 | 进展 |")
    (True, False)
    """
    return "|" in line and _RULE.fullmatch(line) is not None


def pipe_cells(row: Text) -> list[Text]:
    """The cells of a pipe table's row, outer bars, escapes and bold marks left out.

    >>> [cell.value for cell in pipe_cells(Text.of("| **一、产业** | 已完成 |"))]
    ['一、产业', '已完成']
    """
    row = row.strip()
    cells = list(row.split(_PIPE))
    if cells and not cells[0].value.strip():
        del cells[0]
    if cells and not cells[-1].value.strip() and row.value.endswith("|"):
        del cells[-1]
    return [without_emphasis(cell.strip().sub(_ESCAPED_PIPE, "|")) for cell in cells]


def without_emphasis(text: Text) -> Text:
    """The text without the marks of bold words.

    >>> without_emphasis(Text.of("**完成**3项")).value
    '完成3项'
    """
    parts: list[Text] = []
    done = 0
    for found in _BOLD.finditer(text.value):
        parts += [text.cut(done, found.start()), text.cut(*found.span(1))]
        done = found.end()
    return Text.join([*parts, text.cut(done, len(text))]) if parts else text
