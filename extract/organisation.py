"""The shape of organisation names: a whole cell that lists who is responsible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from extract.alternatives import longest_first
from extract.lexicon.load import load_toml

_SEPARATOR: Final = re.compile(r"[、，,；;/\s]+|(?<=[局委办厅部])和|及")
_BRACKET: Final = re.compile(r"[（(][^（）()]*[）)]")
_MAX_NAME: Final = 28


@cache
def _name() -> re.Pattern[str]:
    ends = longest_first(load_toml("organisation_shape")["suffixes"])
    return re.compile(rf"[\u4e00-\u9fff·“”0-9A-Za-z（）()]{{0,24}}(?:{ends})(?:等(?:部门|单位)?)?")


def is_organisation(value: str) -> bool:
    """Whether a string is an organisation's name or a list of them and nothing else.

    >>> is_organisation("市科委、中关村管委会"), is_organisation("各区政府，市直有关部门")
    (True, True)
    >>> is_organisation("推动建设完成"), is_organisation("加强部门协作，完成全部任务。")
    (False, False)
    """
    stripped = value.strip().rstrip("。")
    if not stripped or "。" in stripped:
        return False
    names = [part for part in _SEPARATOR.split(_BRACKET.sub("", stripped)) if part]
    return bool(names) and all(1 < len(n) <= _MAX_NAME and _name().fullmatch(n) for n in names)


_LEVEL: Final = re.compile(
    # 市住建局 各区政府, but not the end of a wrapped word before a name: 区市住建局
    r"各?[省市区县州盟旗镇乡](?![省区县]|市(?![场政]))|国家|中央|全国|各|自治|教育|公安|财政|发展改革|发改|住建|住房和|住房城乡|交通|水利|民政"
)


def begins_as_organisation(value: str) -> bool:
    """Whether a name opens with a level of government or a common first word of offices."""
    return bool(_LEVEL.match(value.strip()))


def organisations_in(value: str) -> Iterator[tuple[int, int]]:
    """Lists of organisations inside run-together text, told by their first and last characters.

    >>> list(organisations_in("建设共享平台市住建局、市财政局已完成"))
    [(6, 15)]
    """
    for match in _inside().finditer(value):
        yield match.span()


@cache
def _inside() -> re.Pattern[str]:
    ends = "局|委员会|委|厅|办公室|办|管委会|政府|支队|集团|公司|中心"
    # 市住建局 区发改委 各区政府: a level of government, a short name, a last character of names
    level = "各?[省市区县州]|市直|区直|县直|省直"
    name = rf"(?:{level})[\u4e00-\u9fff]{{1,10}}?(?:{ends})(?![\u4e00-\u9fff]{{0,2}}(?:{ends}))"
    # 经济技术开发区管委会 has no level in front, but stands right behind the stop of the task
    behind = r"(?<=[。；])[\u4e00-\u9fff]{2,14}?(?:委员会|管委会|办公室|局|集团|公司|中心)"
    name = rf"(?:{name}|{behind})"
    return re.compile(rf"{name}(?:[、，,]\s*(?:{name}|[\u4e00-\u9fff]{{2,10}}?(?:{ends})))*")
