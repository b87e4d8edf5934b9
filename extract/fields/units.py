"""Units: who is responsible, from a cell, a label's value, a trailing parenthesis or prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from extract.alternatives import longest_first
from extract.context import Context
from extract.directory import canonical, is_body, is_counted
from extract.fields.partners import partners
from extract.found import Found
from extract.lexicon.load import load_toml
from extract.organisation import is_organisation
from schema.records import Role, Unit
from schema.text import Text

__all__ = ["assigned", "first_leads", "partners", "units"]

_LONGEST_NAME: Final = 40
_LONGEST_LIST: Final = 10_000  # no list of units is longer; a hostile one is cut
_BLANKS: Final = re.compile(r"\s+")
# Where a name ends and a joining word may follow: `教育部和科技部`, not `文化和旅游部`
_ENDED: Final = "(?<=[局委部厅办府会院署团心行社关盟联位门校站组队区市省县])"
_JOIN: Final = re.compile(rf"等(?:和|及|与)|{_ENDED}(?:以及|和|及|与)(?=[^、，,；;]{{2}})")
_OPEN: Final = "（(〔［[【"
_CLOSE: Final = "）)〕］]】"
_SEPARATOR: Final = re.compile(r"[、，,；;／/。（(）)]|\s+")
_LEVEL: Final = "(?:省|自治区|直辖市|设区市|地级市|市|州|盟|区|县|旗|乡镇|乡|镇|街道)"
# `各市、县人民政府` `各县（市、区）、乡镇`: one phrase for many, and a list inside it
_EACH: Final = re.compile(
    rf"各(?:有关|相关)?{_LEVEL}(?:[、及和]{_LEVEL}){{1,3}}(?:人民政府|政府|党委)?(?=[、，,；;。（(）)\s]|等|和|及|与|负责|牵头|配合|落实|$)"
)
_TAIL: Final = re.compile(r"等?(?:(?:各|其他)?(?:有关|相关)?(?:部门|单位))?$")
# `（牵头）` behind a name
_ROLE_MARK: Final = re.compile(r"[（(]([\u4e00-\u9fff]{2,6})[）)]$")
_GROUP: Final = re.compile("(?:部门|单位|各.{0,8}(?:政府|[区县市镇乡]|街道))$")
_NOTHING: Final = re.compile(r"[\W\d_]*")
# `（A局牵头，B局配合，2025年10月底前完成）` `（…负责，持续推进）`: when, not who
_WHEN: Final = re.compile(
    r"(?:(?:每|[12]\d{3}|今|明|全)年|\d{1,2}月|年[底内]|[上下]半年|第?[一二三四]季度|近期|长期|持续|立即|常态化|力争|争取)"
    r".{0,12}(?:[前底末内年月度]|完成|实施|推进|进行|坚持|办结|启动|开展|见效|进展|整改|报送)|长期|持续"
)


def units(text: Text, context: Context, role: Role = "responsible") -> list[Found[Unit]]:
    """The units that a cell or a label's value names, in order, each once a role.

    ``role`` is what the column or label says; labels and verbs inside the text
    (``牵头单位：`` ``…配合``) overrule it. ``raw`` is the name as printed.

    >>> found = units(Text.of("牵头单位：市科委，配合单位：各区政府"), Context(region="北京市"))
    >>> [(unit.value.role, unit.value.unit) for unit in found]
    [('lead', '北京市科学技术委员会'), ('support', '各区政府')]
    """
    found: list[Found[Unit]] = []
    for start, end, said in _segments(text.value[:_LONGEST_LIST], role):
        if said is not None:
            found.extend(_listed(text, start, end, said, context))
    return distinct(sorted(found, key=lambda unit: unit.at.bounds()))


def distinct(found: Iterable[Found[Unit]]) -> list[Found[Unit]]:
    """Each unit once a role, where it is named first."""
    once: dict[tuple[str, Role], Found[Unit]] = {}
    for unit in found:
        once.setdefault((unit.value.unit, unit.value.role), unit)
    return list(once.values())


def assigned(text: Text, context: Context) -> tuple[Text, list[Found[Unit]]]:
    """The text without the parenthesis at its end that assigns it, and the units named there.

    The full stop may stand inside or outside; several parentheses in a row are taken.
    A parenthesis that assigns nothing (``（试行）``) stays.

    >>> rest, found = assigned(Text.of("加快建设（A局牵头，省发展改革委配合）。"), Context())
    >>> str(rest), [(u.value.role, u.value.raw) for u in found]
    ('加快建设。', [('lead', 'A局'), ('support', '省发展改革委')])
    """
    found: list[Found[Unit]] = []
    while True:
        place = _trailing(text.value)
        named = [] if place is None else _in_parenthesis(text.cut(place[0] + 1, place[1] - 1), context)
        if place is None or not named:
            return text, found
        found = named + found
        text = _without(text, *place)


def first_leads(text: str) -> bool:
    """Whether the words say that the first unit of a list leads it.

    >>> first_leads("列第一位者为牵头单位，下同")
    True
    """
    return any(phrase in text for phrase in load_toml("units")["first_leads"]["phrases"])


def _without(text: Text, start: int, end: int) -> Text:
    before, after = text.cut(0, start), text.cut(end, len(text))
    if before.value.rstrip().endswith(("。", "；", ";", "！")):
        return before.strip()
    return Text.join((before.strip(), after.strip()))


def _trailing(value: str) -> tuple[int, int] | None:
    """The last parenthesis with everything nested in it, when only a stop may follow."""
    end = len(value.rstrip(" \t\n\u3000。.；;"))
    if not end or value[end - 1] not in _CLOSE:
        return None
    depth = 0
    for at in range(end - 1, -1, -1):
        depth += (value[at] in _CLOSE) - (value[at] in _OPEN)
        if depth == 0:
            return at, end
    return None


def _in_parenthesis(inner: Text, context: Context) -> list[Found[Unit]]:
    """The units of a parenthesis that assigns; without a label most of them must be bodies.

    Without a verb all must be, in a document that says who leads a list: （区发改局、各责任单位）.
    """
    labelled = _label().search(inner.value) is not None
    stated = labelled or _assigning().search(inner.value) is not None
    if not stated and not context.first_leads:
        return []
    found = units(inner, context)
    bodies = sum(is_body(unit.value.raw) or _is_group(unit.value.raw) for unit in found)
    named = bodies * 2 > len(found) if stated else is_organisation(inner.value)
    if not labelled and not named:
        return []
    if found and first_leads(inner.value) and not any(f.value.role == "lead" for f in found):
        found[0] = replace(found[0], value=replace(found[0].value, role="lead"), rule="units.first_leads")
    return found


def _is_group(name: str) -> bool:
    """`各有关省级人民政府` `区直各相关单位`: several bodies under one name."""
    return _GROUP.search(name) is not None


def _segments(value: str, role: Role) -> Iterator[tuple[int, int, Role | None]]:
    """Stretches under one label: half-open offsets and the role, None for no units."""
    start, said = 0, role
    current: Role | None = said
    for match in _label().finditer(value):
        yield start, match.start(), current
        current = _label_role(match["label"], role)
        start = match.end()
    yield start, len(value), current


@cache
def _label() -> re.Pattern[str]:
    """A label and its colon: `牵头单位：` `配合部门:` `责任领导：`."""
    lexicon = load_toml("units")
    stems = longest_first(stem for stems in lexicon["roles"].values() for stem in stems)
    skips = longest_first(lexicon["skip"]["labels"])
    kinds = "单位|部门|处室|科室|机构|机关|主体|方|区县|司局"
    label = rf"(?:{skips}|(?:{stems})\s?(?:{kinds})?(?:[（(][^（）()]{{1,8}}[）)])?)"
    return re.compile(rf"(?P<label>{label})\s?[：:]\s*")


def _label_role(label: str, role: Role) -> Role | None:
    lexicon = load_toml("units")
    if label in lexicon["skip"]["labels"]:
        return None
    stems = ((stem, said) for said, stems in lexicon["roles"].items() for stem in stems)
    named: Role = max((pair for pair in stems if label.startswith(pair[0])), key=lambda pair: len(pair[0]))[1]
    return role if named == "responsible" else named


@cache
def _verbs() -> dict[str, Role]:
    """The verbs behind a list and the role they give: `负责` `牵头负责` `配合`."""
    return {word: role for role, words in load_toml("units")["verbs"].items() for word in words}


@cache
def _assigning() -> re.Pattern[str]:
    return re.compile(longest_first(_verbs()))


def _listed(text: Text, start: int, end: int, role: Role, context: Context) -> Iterator[Found[Unit]]:
    """The units between two offsets; a verb gives its role to the names before it."""
    waiting: list[tuple[int, int]] = []
    beside: list[tuple[int, int]] = []  # `A局会同B局、C局负责`: B and C
    for place in _items(text.value, start, end):
        low, high, said, partner = _verb(text.value, *place)
        (beside if beside else waiting).append((low, high))
        if partner is not None:
            beside.append(partner)
        if said is not None:
            # `A局牵头，B局配合`: what waited shares the verb; nobody is left for the default
            yield from _named(text, waiting, role if said == "responsible" else said, context)
            yield from _named(text, beside, "with", context)
            waiting, beside = [], []
    yield from _named(text, waiting, role, context)
    yield from _named(text, beside, "with", context)


def _named(text: Text, places: list[tuple[int, int]], role: Role, context: Context) -> Iterator[Found[Unit]]:
    for low, high in places:
        found = _unit(text.cut(low, high).strip(), role, context)
        if found is not None:
            yield found


def _items(value: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list: split at separators outside parentheses, at blanks behind a name."""
    low = start
    whole = [match.span() for match in _EACH.finditer(value, start, end)]
    for at in _separators(value, start, end):
        while whole and whole[0][1] <= at:
            whole.pop(0)
        if whole and whole[0][0] < at:  # `各市、县人民政府` is one
            continue
        if not value[at].isspace() or _ends_name(value[max(low, at - _LONGEST_NAME) : at]):
            yield from _joined(value, low, at)
            low = at + 1
    yield from _joined(value, low, end)


def _separators(value: str, start: int, end: int) -> Iterator[int]:
    """Separators outside parentheses, and the first of the blanks behind a character."""
    depth = 0
    for match in _SEPARATOR.finditer(value, start, end):
        char = match.group()[0]
        depth = max(0, depth + (char in _OPEN) - (char in _CLOSE))
        if depth == 0 and char not in _OPEN + _CLOSE:
            yield match.start()


def _ends_name(left: str) -> bool:
    """`市交通局\n市发改委` are two names, `市消防救援\n支队` is one."""
    name = _BLANKS.sub("", left)
    return is_body(name) or _is_group(name) or name.endswith(("区", "县", "镇", "街道", "处", "科", "股"))


def _joined(value: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`商务部等和各有关省级人民政府`: the sides of a joining word."""
    low = start
    for match in _JOIN.finditer(value, start, end):
        yield low, match.start()
        low = match.end()
    if low < end:
        yield low, end


def _verb(value: str, low: int, high: int) -> tuple[int, int, Role | None, tuple[int, int] | None]:
    """An item without its verb: offsets of the name, the verb's role, the partner behind 会同."""
    said: Role | None = None
    item = value[low:high]
    blank = len(item) - len(item.lstrip())
    low += blank + (1 if item[blank : blank + 1] == "由" else 0)
    spoken = value[low:high].rstrip()
    word = max((word for word in _verbs() if spoken.endswith(word)), key=len, default=None)
    if word is not None:
        high, said = low + len(spoken) - len(word), _verbs()[word]
    for word in load_toml("units")["roles"]["with"]:
        at = value.find(word, low + 1, high)
        if at > 0:
            return low, at, said, (at + len(word), high)
    return low, high, said, None


def _unit(item: Text, role: Role, context: Context) -> Found[Unit] | None:
    mark = _ROLE_MARK.search(item.value)
    if mark is not None:
        named = _mark_role(mark[1])
        if named is None:
            return _made(item, role, context)
        item, role = item.cut(0, mark.start()).strip(), named
    tail = _TAIL.search(item.value)
    if tail is not None and tail.group().startswith("等"):
        item = item.cut(0, tail.start()).strip()
    return _made(item, role, context)


def _made(item: Text, role: Role, context: Context) -> Found[Unit] | None:
    name = _BLANKS.sub("", item.value)
    lexicon = load_toml("units")["not_units"]
    if len(name) > _LONGEST_NAME or _NOTHING.fullmatch(name) or name in lexicon["names"]:
        return None
    if is_counted(name) or _WHEN.fullmatch(name) or any(word in name for word in lexicon["holds"]):
        return None
    return Found(Unit(unit=canonical(name, context), role=role, raw=item.value), item, f"units.{role}")


def _mark_role(word: str) -> Role | None:
    for role, stems in load_toml("units")["roles"].items():
        if any(word.startswith(stem) for stem in stems):
            named: Role = role
            return named
    return None
