"""The facts of one draft: sources, units, status, deadline, steps, metrics, mentions, keywords."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, Final, Literal

from extract.context import Context
from extract.draft import Draft
from extract.fields.deadlines import deadline, labelled, undated
from extract.fields.keywords import keywords
from extract.fields.mentions import mentions
from extract.fields.metrics import metrics
from extract.fields.partners import partners
from extract.fields.sources import sources
from extract.fields.status import headed, status
from extract.fields.steps import steps
from extract.fields.targets import targets
from extract.fields.units import assigned, distinct, units
from extract.found import Found
from schema.records import Mention, Metric, Source, Status, Step, Target, Unit
from schema.text import Text

_PROSE: Final = ("content", "progress", "problems", "next_steps")
_DONE: Final = ("progress", "problems", "next_steps")


# 地区生产总值   工业投资（第4项）: a heading that is nothing but an index
_INDEX: Final = re.compile(
    r"([\u4e00-\u9fffA-Za-z]{0,18}(?:总值|收入|投资|[总数金税销贷存]额|增加值|产值|外资|率|指数|支出|总量|比重|占比|浓度|进出口|利润|GDP))"
    r"(?:[（(][^（）()]{1,12}[）)])?$"
)
_RATES: Final = frozenset({"growth", "percent", "ratio"})


@dataclass(slots=True)
class Facts:
    """What was found, each with its place; ``content`` is the task without the units it ends in."""

    Child: ClassVar = Literal["sources", "steps", "units", "metrics", "mentions", "targets"]

    content: Text
    status: Found[Status] | None = None
    deadline: Found[date | None] | None = None
    sources: list[Found[Source]] = field(default_factory=list)
    steps: list[Found[Step]] = field(default_factory=list)
    units: list[Found[Unit]] = field(default_factory=list)
    metrics: list[Found[Metric]] = field(default_factory=list)
    mentions: list[Found[Mention]] = field(default_factory=list)
    targets: list[Found[Target]] = field(default_factory=list)
    keywords: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """The facts as keyword arguments of a Task."""
        return {
            "status": self.status.value if self.status else Status.NOT_STATED,
            "status_evidence": self.status.at.value if self.status else None,
            "deadline": self.deadline.at.value if self.deadline else None,
            "deadline_on": self.deadline.value if self.deadline else None,
            "sources": _plain(self.sources),
            "steps": _plain(self.steps),
            "units": _plain(self.units),
            "metrics": _plain(self.metrics),
            "mentions": _plain(self.mentions),
            "targets": _plain(self.targets),
            "keywords": self.keywords,
        }


def _plain(found: Iterable[Found[Any]]) -> tuple[Any, ...]:
    return tuple(item.value for item in found)


def facts_of(draft: Draft, context: Context) -> Facts:
    """Everything that the rules read from one draft's fields."""
    content, named = assigned(draft.fields["content"], context)
    if not content:
        content, named = draft.fields["content"], []
    facts = Facts(content)
    texts = {name: draft.fields[name] for name in _PROSE if draft.fields.get(name)} | {"content": content}
    listed = [unit for cell in draft.units for unit in units(cell.text, context, cell.role)]
    facts.units = distinct(listed + named)
    if context.first_leads:
        facts.units = _led(facts.units)
    if draft.kind == "task":
        _judge(facts, draft, context)
    if "source" in draft.fields:
        facts.sources = sources(draft.fields["source"])
    for name, text in texts.items():
        facts.steps += steps(name, text) if name != "content" else []
        facts.metrics += metrics(name, text, context)
        facts.mentions += mentions(name, text, context)
    facts.metrics = _of_heading(facts.metrics, content)
    facts.targets = targets(content, texts.get("progress"), facts.metrics)
    facts.keywords = keywords("\n".join(text.value for text in texts.values()))
    return facts


def _led(found: list[Found[Unit]]) -> list[Found[Unit]]:
    """The first-listed of units without a stated role leads the others."""
    if not found or any(unit.value.role != "responsible" for unit in found):
        return found
    lead = replace(found[0], value=replace(found[0].value, role="lead"))
    return [lead, *found[1:]]


def _of_heading(found: list[Found[Metric]], content: Text) -> list[Found[Metric]]:
    """`1.工业投资（第4项）：增长14.6%`: rates that open the progress are of the index in the heading."""
    index = _INDEX.match(content.value)
    told = [item for item in found if item.value.field == "progress"]
    bare = next(
        (i for i, item in enumerate(told) if item.value.subject or item.value.kind not in _RATES), len(told)
    )
    if index is None or not bare:
        return found
    named = {id(item): replace(item.value, subject=index[1]) for item in told[:bare]}
    return [replace(item, value=named.get(id(item), item.value)) for item in found]


def _term(draft: Draft, content: Text) -> Text | None:
    """The deadline among the units, behind a label of its own: （责任单位：A；完成时限：6月底）."""
    named = draft.fields["content"].cut(max(0, len(content) - 1), len(draft.fields["content"]))
    texts = (named, *(cell.text for cell in draft.units))
    return next((found for text in texts if (found := labelled(text))), None)


def _judge(facts: Facts, draft: Draft, context: Context) -> None:
    """Status, deadline and partners of a task."""
    said = [draft.fields[name] for name in ("status", *_DONE) if draft.fields.get(name)]
    facts.status = status(said, facts.content) if said else None
    above = headed(draft.section[-1]) if draft.section and "status" not in draft.fields else None
    facts.status = above or facts.status
    cell = draft.fields.get("deadline") or _term(draft, facts.content)
    if cell:
        facts.deadline = deadline(cell, context, cell=True) or undated(cell)
    else:
        facts.deadline = deadline(facts.content, context)
        whole = draft.fields["content"]  # with the bracket that names who does it: （…，2025年10月底前完成）
        if facts.deadline is None and len(whole) > len(facts.content):
            facts.deadline = deadline(whole, context)
    if "progress" in draft.fields:
        named = {unit.value.unit for unit in facts.units}
        found = partners(draft.fields["progress"], context)
        facts.units += [unit for unit in found if unit.value.unit not in named]
    facts.units.sort(key=lambda unit: unit.at.bounds()[0])
