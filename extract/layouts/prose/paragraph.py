"""Paragraphs from lines: hard-wrapped lines run on, whole ones break."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from schema.text import Text

_ENDS: Final = "。；;：:！!？?…"


def unwrapped(lines: Sequence[Text]) -> Text:
    """The lines as one text: a line that ends in a stop ends its paragraph.

    >>> str(unwrapped([Text.of("有关建议的落"), Text.of("实进度。"), Text.of("另有两项。")]))
    '有关建议的落实进度。\\n另有两项。'
    """
    parts: list[Text] = []
    for line in lines:
        if not line:
            continue
        if parts and parts[-1].value[-1:] in _ENDS:
            parts.append(Text.made("\n", line.bounds()[0]))
        parts.append(line)
    return Text.join(parts)
