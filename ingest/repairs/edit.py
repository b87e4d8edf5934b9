"""One replacement that a repair proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schema.text import Text

Certainty = Literal["exact", "chosen", "damaged"]
"""``exact``: the bytes say so. ``chosen``: a lost byte was chosen. ``damaged``: could not be repaired."""


@dataclass(frozen=True, slots=True)
class Edit:
    """``after`` for the characters ``start`` … ``end`` (half-open code points of the string read)."""

    rule: str
    start: int
    end: int
    after: str
    certainty: Certainty = "exact"


def applied(text: Text, edits: Sequence[Edit]) -> Text:
    """The text after edits that are in order and don't overlap; new characters own what they replace.

    >>> applied(Text.of("任务(wu)"), [Edit("gloss", 2, 6, "")]).value
    '任务'
    """
    parts: list[Text] = []
    done = 0
    for edit in edits:
        if edit.after == text.value[edit.start : edit.end]:
            continue
        parts.append(text.cut(done, edit.start))
        parts.append(text.stand_in(edit.start, edit.end, edit.after))
        done = edit.end
    if not parts:
        return text
    parts.append(text.cut(done, len(text)))
    return Text.join(parts)
