"""Partners: the bodies that progress prose names beside the agency (会同, 联合, 与…共同, 配合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from extract.alternatives import longest_first
from extract.context import Context
from extract.directory import canonical, is_self, longest_body
from extract.found import Found
from extract.lexicon.load import load_toml, load_tsv
from schema.records import Role, Unit
from schema.text import Text

# `会同科技部研究形成` `与通州区政府共建` `配合市审计局开展`
_CUE: Final = re.compile("会同|联合|配合|与")
_BREAK: Final = re.compile(r"[。；;，,：:！!？?\n]")
_JOIN: Final = re.compile("、|以及|和|及|与")
_BEFORE: Final = 24
_LONGEST: Final = 50_000  # no progress is longer; a hostile one is cut
_REACH: Final = 80
_MARKER: Final = re.compile(
    r"[\d一二三四五六七八九十①-⑳]{1,3}(?:[.．、）)]|是)|[（(][\d一二三四五六七八九十]{1,3}[）)]"
)
_TIME: Final = re.compile(r"(?:\d{2,4}年)?(?:\d{1,2}月(?:\d{1,2}日)?)?")
# 与保洁公司|签订三年管护合同: who works under a contract is hired
_HIRED: Final = re.compile(r"(?:签订|签署|签约|订立)[^。；;，,\n]{0,16}合同")
_FIRM: Final = ("公司", "企业", "厂", "集团")
_TOGETHER: Final = ("共同", "联合", "共建", "合作", "签署", "签订")


def partners(text: Text, context: Context) -> list[Found[Unit]]:
    """The bodies that worked with the agency, role ``with``; those it supported lead.

    Only where the agency is the one who acts (``支持A联合B`` names no partner of ours),
    and only names that end like an organisation's.

    >>> beijing = Context(agency="北京市科委", region="北京市")
    >>> [u.value.unit for u in partners(Text.of("会同市财政局、市医管中心细化方案"), beijing)]
    ['北京市财政局', '北京市医院管理中心']
    >>> partners(Text.of("支持微芯院联合市气象局攻关"), beijing)
    []
    """
    found: list[Found[Unit]] = []
    seen: set[str] = set()
    for cue in _CUE.finditer(text.value, 0, _LONGEST):
        role: Role = "lead" if cue.group() == "配合" else "with"
        for start, end in _names(text.value, cue) if _ours(text.value, cue.start(), context) else ():
            unit = _unit(text.cut(start, end), role, context)
            if unit.value.unit not in seen:
                seen.add(unit.value.unit)
                found.append(unit)
    return sorted(found, key=lambda unit: unit.at.bounds())


def _unit(name: Text, role: Role, context: Context) -> Found[Unit]:
    unit = Unit(unit=canonical(name.value, context), role=role, raw=name.value)
    return Found(unit, name, f"partners.{role}")


def _ours(value: str, at: int, context: Context) -> bool:
    """Whether the clause before the cue has the agency, or nobody, as its subject."""
    clause = re.split(_BREAK, value[max(0, at - _BEFORE) : at])[-1].strip()
    clause = _MARKER.sub("", clause)
    clause = _TIME.sub("", clause)
    for word in _adverbs():
        clause = clause.replace(word, "")
    clause = clause.strip(" \u3000年月日》”")
    return not clause or is_self(clause) or clause in (context.agency or "")


def _names(value: str, cue: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The names behind a cue, as offsets; the list ends at the first part that is no name."""
    stop = _BREAK.search(value, cue.end(), cue.end() + _REACH)
    end = stop.start() if stop else min(len(value), cue.end() + _REACH)
    places = list(_listed(value, cue.end(), end))
    after = value[places[-1][1] : end] if places else ""
    if cue.group() == "与" and not after.startswith(_TOGETHER):
        return
    hired = bool(_HIRED.match(after))
    yield from (place for place in places if not (hired and value[slice(*place)].endswith(_FIRM)))


def _listed(value: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    low = start
    while low < end:
        name = _name(value[low:end])
        if name is None:
            return
        yield low, low + len(name)
        low += len(name)
        join = _JOIN.match(value, low, end)
        if join is None:
            return
        low = join.end()


def _name(rest: str) -> str | None:
    """The name that ``rest`` begins with: up to a separator or verb, then cut to a name's end."""
    first = re.split("、|以及|(?<=[局委部厅办府会院署团心行社关区学])(?:和|及|与)", rest, maxsplit=1)[0]
    verb = _verb().search(first, 1)
    stretch = first[: verb.start()] if verb else first
    body = longest_body(stretch)
    if body is not None and not is_self(body):
        return body
    return stretch if stretch in _districts() else None


@cache
def _verb() -> re.Pattern[str]:
    prose = load_toml("units")["prose"]
    guarded = f"(?:{longest_first(prose['verbs'])})(?!{longest_first(prose['not_before'])})"
    return re.compile(f"{guarded}|{longest_first(prose['always'])}")


@cache
def _adverbs() -> tuple[str, ...]:
    return tuple(sorted(load_toml("units")["prose"]["adverbs"], key=len, reverse=True))


@cache
def _districts() -> frozenset[str]:
    """Places that act like bodies: `会同昌平区编制`."""
    return frozenset(row[0] for row in load_tsv("regions"))
