"""Plain text, Markdown and delimited text → blocks: lines, tab grids, pipe tables, CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import mode
from typing import Final

from ingest.barred import barred
from ingest.broken import whole_rows
from ingest.delimited import records
from ingest.folding import lines
from ingest.fragment import paragraphs
from ingest.markdown import heading, is_rule, pipe_cells, without_emphasis
from ingest.markup import tokens
from ingest.sheet import Entry, Sheet
from schema.page import Block
from schema.text import Text

_TAB: Final = re.compile("\t")
_SPACES: Final = " \r\u00a0\u3000"
_GRID_SLACK: Final = 2
"""Lines of one grid may differ by that many cells (a stray tab, empty last cells left out)."""


def read_plain(text: Text, markdown: bool = False) -> tuple[Text, tuple[Block, ...]]:
    """The readable text of a text file and its blocks, a block a line.

    Two or more neighbouring lines of tab-separated cells are a table, and so is a pipe
    table of Markdown; stray tags are cut out and entities decoded.

    >>> page, blocks = read_plain(Text.of("重点任务\\n\\n任务\\t进展\\n地铁\\t<p>已完成</p>\\n"))
    >>> page.value, [block.kind for block in blocks]
    ('重点任务\\n任务\\t进展\\n地铁\\t已完成', ['paragraph', 'table'])
    """
    rows = whole_rows(list(lines(_without_spanning_tags(text))))
    sheet = Sheet()
    at = 0
    while at < len(rows):
        taken = _pipe_table(rows, at, sheet) or _barred_table(rows, at, sheet)
        if not taken:
            run = _tabbed_run(rows, at)
            taken = run[-1] + 1 - at if run else 1
            if not _tab_grid([rows[index] for index in run], sheet):
                for row in rows[at : at + taken]:
                    _line(row, sheet, markdown)
        at += taken
    return sheet.finish()


def read_delimited(text: Text, delimiter: str | None = None) -> tuple[Text, tuple[Block, ...]]:
    """The records of a CSV or TSV file as one table; quoted cells may hold line ends.

    >>> page, blocks = read_delimited(Text.of('任务,进展\\n地铁,"已完成,""一期""通车"'))
    >>> page.value
    '任务\\t进展\\n地铁\\t已完成,"一期"通车'
    """
    sheet = Sheet()
    sheet.table([[_entry(cell) for cell in record] for record in records(text, delimiter)])
    return sheet.finish()


def _line(row: Text, sheet: Sheet, markdown: bool) -> None:
    level, row = heading(row)
    if markdown or level:
        row = without_emphasis(row)
    for part in paragraphs(row):
        sheet.line(part, "heading" if level else "paragraph", level)


def _entry(cell: Text, header: bool = False) -> Entry:
    """A cell with its paragraphs: one a line, and one a block element inside the lines."""
    return Entry(tuple(part for line in lines(cell) for part in paragraphs(line)), header)


def _pipe_table(rows: Sequence[Text], at: int, sheet: Sheet) -> int:
    """Lay down the pipe table whose header stands at ``at``; how many lines it took, 0 for none."""
    if at + 1 >= len(rows) or "|" not in rows[at].value or not is_rule(rows[at + 1].value):
        return 0
    end = at + 2
    while end < len(rows) and "|" in rows[end].value:
        end += 1
    grid = [[_entry(cell, header=True) for cell in pipe_cells(rows[at])]]
    grid += [[_entry(cell) for cell in pipe_cells(row)] for row in rows[at + 2 : end]]
    sheet.table(grid)
    return end - at


def _barred_table(rows: Sequence[Text], at: int, sheet: Sheet) -> int:
    """Lay down the table of one cell and its bar a line that begins at ``at``; how many lines it took."""
    grid, taken = barred(rows, at)
    if taken:
        sheet.table(
            [[Entry(tuple(cell), header=not index) for cell in row] for index, row in enumerate(grid)]
        )
    return taken


def _tab_grid(rows: Sequence[Text], sheet: Sheet) -> bool:
    """Lay down the tabbed lines as a table, if they are one."""
    if not _is_grid(rows):
        return False
    sheet.table([[_entry(cell) for cell in row.split(_TAB)] for row in rows])
    return True


def _tabbed_run(rows: Sequence[Text], at: int) -> list[int]:
    """The indexes of the tabbed lines from ``at`` on that have about as many cells as those before."""
    run: list[int] = []
    widths: list[int] = []
    for index in _tabbed(rows, at):
        width = _width(rows[index])
        if widths and abs(width - mode(widths[-9:])) > _GRID_SLACK:
            break
        run.append(index)
        widths.append(width)
    return run


def _tabbed(rows: Sequence[Text], at: int) -> Iterator[int]:
    """The tabbed lines from ``at`` on; single blank lines between them don't end the run."""
    for index in range(at, len(rows)):
        if _width(rows[index]) >= 2:
            yield index
        elif rows[index].value.strip() or (index and not rows[index - 1].value.strip()):
            return


def _width(row: Text) -> int:
    return row.value.strip(_SPACES).count("\t") + 1 if row.value.strip() else 0


def _is_grid(rows: Sequence[Text]) -> bool:
    """Two lines at least, and most with two filled cells: a tab that only indents makes no table."""
    filled = [sum(1 for cell in row.value.split("\t") if cell.strip()) for row in rows]
    return len(rows) >= 2 and sum(1 for count in filled if count >= 2) * 2 >= len(rows)


def _without_spanning_tags(text: Text) -> Text:
    """The text without tags, comments and scripts that run over line ends; the rest stays for its line."""
    if "<" not in text.value:
        return text
    kept: list[Text] = []
    done = 0
    for token in tokens(text.value, known_only=True):
        if token.kind in ("text", "cdata") or "\n" not in text.value[token.start : token.end]:
            kept.append(text.cut(token.start, token.end))
        done = token.end
    return Text.join(kept) if done else text
