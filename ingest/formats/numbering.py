"""What numbers a row, a point or a page and says nothing else."""

from __future__ import annotations

import re
from typing import Final

# `12`, `3.`, `（一）`, `②`, `第3项`, a bullet
_MARKER: Final = re.compile(
    r"\s*(?:第?[（(]?(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,4}|[①-⑳])[)）.．、项]?|[●•·■◆▪○\-—–*])\s*"
)
# `— 3 —`, `第3页 共5页`, `3/5`
_PAGE_NUMBER: Final = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?[-—–－·\s/,，]*(?:共?\s*\d{1,4}\s*页?)?[-—–－·\s]*"
)
_LONGEST: Final = 20


def is_marker(text: str) -> bool:
    """Whether the text is a number or a bullet.

    >>> is_marker("（十二）"), is_marker("12."), is_marker("一期工程")
    (True, True, False)
    """
    return _MARKER.fullmatch(text) is not None


def is_page_number(text: str) -> bool:
    """Whether the text is the number of a page.

    >>> is_page_number("— 3 —"), is_page_number("第3页 共5页"), is_page_number("第3项")
    (True, True, False)
    """
    return len(text) <= _LONGEST and _PAGE_NUMBER.fullmatch(text) is not None
