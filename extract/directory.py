"""Names of public bodies: their shape, their canonical form, what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from extract.alternatives import Endings
from extract.context import Context
from extract.lexicon.load import load_toml

_LEVELS: Final = ("自治区", "省", "市", "区", "县", "州", "旗")
_BLANK: Final = re.compile(r"\s+")
# `北京市` of `北京市科委`; two characters at least, so that `城市管理局` has no place
_PLACED: Final = re.compile(r"[\u4e00-\u9fff]{2,7}?(?:自治区|省|市|区|县|州|旗)")
# `5家银行` `三所高校`: how many, not which
_COUNTED: Final = re.compile(r"(?:\d{1,4}|[一两二三四五六七八九十几多数]{1,3})余?[家所个名支批]")
_NAME: Final = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·（）()“”]{2,32}")
_SHORTEST, _LONGEST = 3, 32


def canonical(name: str, context: Context) -> str:
    """The full name of a body, as far as the document settles it; else the name as printed.

    Short forms of a place's bureaux need ``context.region`` (or an agency that begins with
    its place); former names become today's from the year of the change on, by
    ``context.report_year``. Blanks inside the name are left out.

    >>> beijing = Context(agency="北京市科委", report_year=2022, region="北京市")
    >>> canonical("市科委", beijing), canonical("科技部", beijing)
    ('北京市科学技术委员会', '科学技术部')
    >>> canonical("市科委", Context()), canonical("我委", beijing)
    ('市科委', '北京市科学技术委员会')
    >>> canonical("国土资源部", Context(report_year=2017)), canonical("国土资源部", Context(report_year=2019))
    ('国土资源部', '自然资源部')
    """
    plain = _BLANK.sub("", name)
    own = _reporting(plain, context)
    if own is not None:
        return own
    return successor(_full(plain, context), context.report_year)


def successor(name: str, year: int | None) -> str:
    """What a body of this full name is called in ``year``; the name itself when nothing changed.

    >>> successor("国家旅游局", 2018), successor("国家旅游局", None)
    ('文化和旅游部', '国家旅游局')
    """
    former = load_toml("organisations")["former"]
    seen = {name}
    while year is not None and name in former and former[name]["since"] <= year:
        name = former[name]["now"]
        if name in seen:
            break
        seen.add(name)
    return name


def merged(name: str, year: int | None) -> str:
    """The body into which one of this full name was merged by ``year``; else its successor.

    Links across years compare these.

    >>> merged("中关村科技园区管理委员会", 2021)
    '北京市科学技术委员会、中关村科技园区管理委员会'
    >>> merged("中关村科技园区管理委员会", 2019)
    '中关村科技园区管理委员会'
    """
    entry = load_toml("organisations")["merged"].get(name)
    if entry and year is not None and entry["since"] <= year:
        return str(entry["now"])
    return successor(name, year)


def is_body(name: str) -> bool:
    """Whether a string has the shape of an organisation's name in running text.

    >>> [is_body(name) for name in ("市财政局", "中国农业大学", "座谈会", "全局", "有关部门", "5家银行")]
    [True, True, False, False, False, False]
    """
    return (
        _suffixes().before(name, len(name)) > 0
        and not is_assembly(name)
        and not is_counted(name)
        and _NAME.fullmatch(name) is not None
        and name not in _not_names()
    )


def is_assembly(name: str) -> bool:
    """Whether a name is one of a meeting (`座谈会` `推进会`), which ends as bodies do."""
    return _assemblies().before(name, len(name)) > 0


def is_counted(name: str) -> bool:
    """Whether a name only says how many of a kind there are (`5家银行` `三所高校`)."""
    return _COUNTED.match(name) is not None


def longest_body(text: str) -> str | None:
    """The longest beginning of ``text`` that is an organisation's name, or None.

    >>> longest_body("市卫生健康委细化方案")
    '市卫生健康委'
    """
    for match in reversed([*body_end().finditer(text, 1, min(len(text), _LONGEST))]):
        end = match.end()
        if is_body(text[:end]) and not text.startswith(_going_on(), end - 1):
            return text[:end]
    return None


def is_self(name: str) -> bool:
    """Whether the word is what the reporting agency calls itself (``我委``)."""
    words = load_toml("organisations")["self"]
    return name in words["words"] or name in words["places"]


def region_of(context: Context) -> str | None:
    """The place of the reporting agency: as given, else what its name begins with.

    >>> region_of(Context(agency="南港市住房和城乡建设局"))
    '南港市'
    """
    if context.region:
        return context.region
    match = _PLACED.match(context.agency or "")
    return match.group() if match else None


def _reporting(name: str, context: Context) -> str | None:
    """The agency's own name for `我委`; for `我区` only when it is the region's government."""
    words = load_toml("organisations")["self"]
    if not context.agency or not is_self(name):
        return None
    if name in words["places"] and not context.agency.endswith((name[-1], "政府")):
        return None
    return "、".join(_full(part, context) for part in context.agency.split("、"))


def _full(name: str, context: Context) -> str:
    lexicon = load_toml("organisations")
    for table in (lexicon["central"], lexicon["named"]):
        if name in table:
            return str(table[name])
    if len(name) < 3 or name[1] == "直" or name[0] == "各" or _is_branch(name):  # `市直有关部门` `各县政府`
        return name
    place = _place(name[0], region_of(context))
    if place:
        return place + _bureau(name[1:])
    return _expanded(name)


def _is_branch(name: str) -> bool:
    """A central body's branch: `市证监局` is 北京证监局, not the city's."""
    branches = load_toml("organisations")["branches"]
    return name[1:] in branches["names"] or any(word in name for word in branches["holds"])


def _bureau(name: str) -> str:
    return str(load_toml("organisations")["bureaux"].get(name, name))


def _place(level: str, region: str | None) -> str | None:
    """The document's place of a level: `市` in 北京市朝阳区 is 北京市, `区` all of it."""
    if region is None or level not in _LEVELS or level not in region[2:]:
        return None
    return region[: region.index(level, 2) + 1]


def _expanded(name: str) -> str:
    """A bureau's short name behind a place's full name: `天津市科技局`."""
    for match in re.finditer("自治区|[省市区县州旗]", name):
        rest = name[match.end() :]
        if match.start() >= 2 and rest in load_toml("organisations")["bureaux"]:
            return name[: match.end()] + _bureau(rest)
    return name


@cache
def body_end() -> re.Pattern[str]:
    """The last character of what may be the name of a body: 心 of 数据中心, no 心 alone, no 局 of 布局.

    Where none stands, there is no name of three characters or more.
    """
    never: dict[str, str] = {}
    for word in load_toml("organisations")["assemblies"]:
        if len(word) <= _SHORTEST:  # a longer one may begin in front of the name
            never[word[-1]] = never.get(word[-1], "") + f"(?<!{word})"
    last: dict[str, set[str]] = {}
    for suffix in load_toml("organisations")["suffixes"]:
        last.setdefault(suffix[-1], set()).add(suffix)
    bare = {char: "" if char in ends else f"(?:{_behind(ends)})" for char, ends in last.items()}
    return re.compile("|".join(char + ends + never.get(char, "") for char, ends in bare.items()))


def _behind(words: Iterable[str]) -> str:
    return "|".join(f"(?<={word})" for word in sorted(words))


@cache
def _suffixes() -> Endings:
    return Endings(load_toml("organisations")["suffixes"])


@cache
def _not_names() -> frozenset[str]:
    return frozenset(load_toml("organisations")["not_names"])


@cache
def _assemblies() -> Endings:
    return Endings(load_toml("organisations")["assemblies"])


@cache
def _going_on() -> tuple[str, ...]:
    """`相关部门` holds no 部, `管理办法` no 办."""
    return tuple(load_toml("organisations")["not_before"])
