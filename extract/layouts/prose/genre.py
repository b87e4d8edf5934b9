"""Whether a document reports work or assigns it: by its title and by its items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.layouts.prose.assignment import without_units
from extract.layouts.prose.outline import Node
from extract.layouts.prose.section import DEMAND
from extract.lexicon.load import load_toml
from schema.text import Text

_DEMAND_IN: Final = 160
_PREAMBLE: Final = 8


@dataclass(frozen=True, slots=True)
class Genre:
    """``assigns``: the document sets tasks and reports none; ``names_units``: they end in who does them.

    ``demands``: it is a notice's own letter, whose points ask the same of everybody. ``told``: it
    reports, and who did it stands behind what was done.
    """

    assigns: bool
    names_units: bool
    demands: bool = False
    told: bool = False


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = load_toml("sections")
    assign, report = (
        re.compile("|".join(map(re.escape, lexicon[key]["words"]))) for key in ("assignment", "report")
    )
    return assign, report


def genre_of(title: str | None, tree: Node) -> Genre:
    """Items that end in （…负责） or （责任单位：…）, a title of orders, or words that set the work."""
    leaves = [node for node in tree.walk() if node.marker and not node.children]
    ending = [node for node in leaves if node.names_last()]
    ended = len(ending)
    names_units = ended >= 2 and ended * 5 >= len(leaves) * 2
    done = sum(1 for node in ending if _tells(node))
    told = names_units and reports(title) and done * 5 >= ended * 4
    if told:
        return Genre(assigns=False, names_units=False, told=True)
    if names_units and reports(title) and sum(node.is_answered() for node in ending) * 5 >= ended * 4:
        return Genre(assigns=False, names_units=False)
    assigns = names_units or _assigns(title) or (not reports(title) and _sets(tree))
    asked = sum(1 for node in leaves if _demands(node))
    letter = assigns and not names_units and asked * 5 >= len(leaves) * 3 > 0
    return Genre(assigns, names_units, letter and (title is None or title.endswith(("通知", "函"))))


def _tells(node: Node) -> bool:
    """Whether text stands between an item's topic and who does it."""
    own = node.own()
    return bool(own) and bool(without_units(own[-1])[0])


def _demands(node: Node) -> bool:
    """Whether a point asks something of all units alike."""
    text = node.line.value if node.line else ""
    return bool(DEMAND.search("\n".join((text, *(part.value for part in node.paragraphs)))[:_DEMAND_IN]))


def _sets(tree: Node) -> bool:
    """Whether the text before the first numbered heading says that it sets work."""
    texts: list[Text] = []
    for node in tree.walk():
        if node.marker:
            break
        texts += node.own()
    return any(
        word in text.value for text in texts[:_PREAMBLE] for word in load_toml("sections")["sets"]["words"]
    )


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
    last_assign, last_report = _last(title)
    return last_assign > last_report


def reports(title: str | None) -> bool:
    """Whether the title says that the document reports.

    >>> reports("2024年上半年重点工作完成情况"), reports("县长调研防汛工作")
    (True, False)
    """
    if not title:
        return False
    last_assign, last_report = _last(title)
    return bool(_strong().search(title)) or last_report > last_assign


def _last(title: str) -> tuple[int, int]:
    """Where the last word that assigns and the last one that reports end; -1 for none."""
    assign, report = _words()
    last_assign = max((m.end() for m in assign.finditer(title)), default=-1)
    last_report = max((m.end() for m in report.finditer(title)), default=-1)
    return last_assign, last_report
