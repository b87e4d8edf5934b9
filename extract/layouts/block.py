"""One record made of labels: the columns that its words stand for and the draft they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from extract.draft import FIELDS, ROLES, Assigned, Draft, Field, added
from extract.layouts.grid.states import are_states
from extract.lexicon.load import load_toml
from schema.text import Text


@dataclass(slots=True)
class Block:
    """A record in the making: what counts it, its values in order."""

    section: tuple[Text, ...]
    label: Text | None = None
    seq: str | None = None
    values: list[tuple[str, list[Text]]] = field(default_factory=list)


@cache
def known() -> dict[str, str]:
    """The words of all lists and the column each stands for.

    >>> known()["议定事项"], known()["办理情形"]
    ('content', 'progress')
    """
    return {
        word: column
        for name in ("labels", "blocks")
        for column, words in load_toml(name).items()
        for word in words
    }


def told(blocks: Sequence[Block], columns: Mapping[str, str]) -> dict[str, str]:
    """The column of each label; what somebody judges (督查意见) is a status where all are states."""
    found = dict(columns)
    words = {word for block in blocks for word, _ in block.values}
    tasks = {word for word, column in columns.items() if column in {"title", "content"}}
    has_status = any(columns.get(word) == "status" for word in words)
    for word in words:
        if columns.get(word) == "opinion":
            found[word] = "status" if not has_status and are_states(_cells(blocks, word)) else "extra"
        elif columns.get(word) == "problems" and not words & tasks:
            found[word] = "content"  # 问题：… 整改情况：…
    states = [word for word in words if found.get(word) == "progress" and are_states(_cells(blocks, word))]
    if (
        not has_status
        and len(states) == 1
        and any(found.get(word) == "progress" for word in words - {*states})
    ):
        found[states[0]] = "status"  # 办理情况：… 办理结果：已办结
    return found


def _cells(blocks: Sequence[Block], word: str) -> list[str]:
    return [texts[0].value for block in blocks for each, texts in block.values if each == word]


def draft_of(block: Block, columns: Mapping[str, str]) -> Draft | None:
    """The record of a block; None without a word on what is to be done."""
    fields: dict[Field, Text] = {} if block.label is None else {"label": block.label}
    extra: dict[str, Text] = {}
    units: list[Assigned] = []
    named: dict[str, list[Text]] = {"seq": [], "title": [], "content": []}
    for word, texts in block.values:
        value = Text.join([text for text in texts if text], "\n")
        column = columns.get(word, "extra")
        if not value:
            continue
        if column in named:
            named[column].append(value)
        elif column in ROLES:
            units.append(Assigned(value, ROLES[column]))
        elif column in FIELDS:
            name = FIELDS[column]
            fields[name] = added(fields.get(name), value)
        else:
            extra[word] = value
    if named["seq"] and block.seq is None:
        fields["label"] = named["seq"][0]
    seq = block.seq or next((text.value for text in named["seq"]), None)
    fields |= _task(named["title"], named["content"])
    if "content" not in fields:  # an opening word that no list knows: what it says is the task
        opening = block.values[0][0]
        if opening not in extra:
            return None
        fields["content"] = extra.pop(opening)
    return Draft("task", fields, "labelled.block", seq, block.section, tuple(units), extra)


def _task(titles: Sequence[Text], contents: Sequence[Text]) -> dict[Field, Text]:
    """The task and, where another label names it, its name: 标题：… 来信内容：…."""
    if titles and contents:
        return {"title": titles[0], "content": Text.join(list(contents), "\n")}
    parts = [*titles, *contents]
    return {"content": Text.join(parts, "\n")} if parts else {}
