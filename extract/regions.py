"""The region whose agency reports: the one it names, else the one the whole text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.lexicon.load import load_toml, load_tsv

_PROVINCE: Final = "0000"  # the last digits of a province's code
_MUNICIPALITIES: Final = {"11": "北京市", "12": "天津市", "31": "上海市", "50": "重庆市"}
_ENOUGH: Final = 3
_SHARE: Final = 0.6
# 2026年上海市政府工作报告: a title that begins with its place, perhaps behind a year.
_LEAD: Final = re.compile(r"(?:关于)?(?:[0-9]{4}年度?)?")


@dataclass(frozen=True, slots=True)
class Region:
    """A region of GB/T 2260: its full name and six digits."""

    name: str
    code: str

    @property
    def place(self) -> str:
        """What a 市 in names means here: the municipality for its districts, else the region itself.

        >>> Region("朝阳区", "110105").place, Region("南京市", "320100").place
        ('北京市', '南京市')
        """
        return _MUNICIPALITIES.get(self.code[:2], self.name)


def region_of(agency: str | None, title: str | None, text: str) -> Region | None:
    """The agency's region, None for a national agency and where nothing settles it.

    A name that several places bear (朝阳区) counts only in a text that names its city.

    >>> region_of("市科委", None, "北京科技创新中心建设，北京、北京及天津")
    Region(name='北京市', code='110000')
    >>> region_of("国务院办公厅", "关于辽宁省…办理情况的函", "辽宁、辽宁、辽宁") is None
    True
    """
    if agency and agency.startswith(tuple(load_toml("metadata")["places"]["national"])):
        return None
    return _named(agency or "", text) or _leading(title or "", text) or _spoken(text)


def _named(name: str, text: str) -> Region | None:
    found = [region for region, needs in _regions() if region.name in name and needs in text]
    return max(found, key=lambda region: len(region.name), default=None)


def _leading(title: str, text: str) -> Region | None:
    lead = _LEAD.match(title)
    start = lead.end() if lead else 0
    found = [region for region, needs in _regions() if title.startswith(region.name, start) and needs in text]
    return max(found, key=lambda region: len(region.name), default=None)


def _spoken(text: str) -> Region | None:
    """The province that most of the text's mentions of provinces are of."""
    counts = {region: text.count(short) for region, short in _provinces()}
    top = max(counts, key=lambda region: counts[region])
    return top if counts[top] >= max(_ENOUGH, _SHARE * sum(counts.values())) else None


@cache
def _regions() -> tuple[tuple[Region, str], ...]:
    return tuple((Region(row[0], row[1]), row[3] if len(row) > 3 else "") for row in load_tsv("regions.tsv"))


def _provinces() -> Iterator[tuple[Region, str]]:
    for region, _ in _regions():
        if region.code.endswith(_PROVINCE):
            yield region, region.name[:3] if region.name.startswith(("内蒙古", "黑龙江")) else region.name[:2]
