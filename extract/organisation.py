"""The shape of organisation names: a whole cell that lists who is responsible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from extract.alternatives import Endings
from extract.lexicon.load import load_toml

_SEPARATOR: Final = re.compile(r"[、，,；;/\s]+|(?<=[局委办厅部])和|及")
_BRACKET: Final = re.compile(r"[（(][^（）()]*[）)]")
_MAX_NAME: Final = 28
_BEGUN: Final = re.compile(r"[\u4e00-\u9fff·“”0-9A-Za-z（）()]{0,24}")
_OTHERS: Final = ("", "等", "等部门", "等单位")
_CLOSES: Final = frozenset("、，,；;/和及）)")  # what may stand behind the last name of a list


@cache
def _endings() -> Endings:
    return Endings(
        word + others for word in load_toml("organisation_shape")["suffixes"] for others in _OTHERS
    )


@cache
def _last() -> frozenset[str]:
    """The last characters of lists of organisations: most strings end in others."""
    return _endings().last | _CLOSES


def _is_name(part: str) -> bool:
    end = len(part)
    size = _endings().before(part, end) if 1 < end <= _MAX_NAME else 0
    return size > 0 and _BEGUN.fullmatch(part, 0, end - size) is not None


def is_organisation(value: str) -> bool:
    """Whether a string is an organisation's name or a list of them and nothing else.

    >>> is_organisation("市科委、中关村管委会"), is_organisation("各区政府，市直有关部门")
    (True, True)
    >>> is_organisation("推动建设完成"), is_organisation("加强部门协作，完成全部任务。")
    (False, False)
    """
    stripped = value.strip().rstrip("。").rstrip()
    if stripped[-1:] not in _last() or "。" in stripped:
        return False
    names = [part for part in _SEPARATOR.split(_BRACKET.sub("", stripped)) if part]
    return bool(names) and all(map(_is_name, names))


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
