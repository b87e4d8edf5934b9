"""Whether a document reports work or assigns it: by its title and by its items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.layouts.assignment import ends_in_units
from extract.layouts.outline import Node
from extract.lexicon.load import load_toml


@dataclass(frozen=True, slots=True)
class Genre:
    """``assigns``: the document sets tasks and reports none; ``names_units``: they end in who does them."""

    assigns: bool
    names_units: bool


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = load_toml("sections")
    assign, report = (
        re.compile("|".join(map(re.escape, lexicon[key]["words"]))) for key in ("assignment", "report")
    )
    return assign, report


def trailing_units(node: Node) -> bool:
    """Whether one of the node's paragraphs ends in a bracket that names who is responsible."""
    texts = ([node.line] if node.line else []) + node.own()
    return any(ends_in_units(text.value) for text in texts)


def genre_of(title: str | None, tree: Node) -> Genre:
    """Items that end in （…负责） or （责任单位：…）, or a title of orders and none of reports."""
    leaves = [node for node in tree.walk() if node.marker and not node.children]
    ended = sum(1 for node in leaves if trailing_units(node))
    names_units = ended >= 2 and ended * 5 >= len(leaves) * 2
    return Genre(assigns=names_units or _assigns(title), names_units=names_units)


@cache
def _strong() -> re.Pattern[str]:
    """总结 情况 汇报 report whatever stands beside them: 2023年工作总结及2024年工作计划."""
    return re.compile("|".join(map(re.escape, load_toml("sections")["report"]["strong"])))


def _assigns(title: str | None) -> bool:
    """The last of the two kinds of words decides: …落实工作方案 assigns, …方案落实情况 reports.

    >>> _assigns("关于印发任务分工方案的通知"), _assigns("2021年工作要点落实情况的函")
    (True, False)
    """
    if not title or _strong().search(title):
        return False
    assign, report = _words()
    last_assign = max((m.end() for m in assign.finditer(title)), default=-1)
    last_report = max((m.end() for m in report.finditer(title)), default=-1)
    return last_assign > last_report
