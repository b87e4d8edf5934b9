"""Who does it, at the end of an item: （责任单位：A、B） （A、B负责） （A牵头，B配合）."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extract.lexicon.load import load_toml

_STOP: Final = r"[。；;\s]*"


@cache
def _pattern() -> re.Pattern[str]:
    labels = load_toml("labels")
    words = "|".join(word for key in ("lead", "support", "responsible") for word in labels[key])
    # （牵头单位：农牧厅、林草局）。 （商务部、海关总署负责） （区发改局牵头，各镇配合）
    inner = r"(?:[^（）()]|[（(][^（）()]{0,20}[）)])"
    return re.compile(
        rf"[（(](?:(?:{words})[：:]{inner}{{1,400}}|{inner}{{1,400}}(?:负责|牵头|落实|承办|配合)(?:[，,；;]{inner}{{1,120}})?)[）)]{_STOP}$"
    )


def ends_in_units(value: str) -> bool:
    """Whether a text ends in such a bracket.

    >>> ends_in_units("拓展市场。（税务总局、海关总署负责，下同）"), ends_in_units("完成建设（二期）。")
    (True, False)
    """
    return bool(_pattern().search(value[-600:]))
