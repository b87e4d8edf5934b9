"""From characters of the source to readable ones: entities decoded, white space folded."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from schema.text import Text

_BLANK: Final = r"[\t\n\r\f\v \x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
# `刘　　佳` → `刘 佳`; a single plain blank stays as it is
_BLANKS: Final = re.compile(rf"{_BLANK}++")
_ENTITY: Final = re.compile(
    r"&(?:#[xX][0-9a-fA-F]{1,8}|#[0-9]{1,10}|[a-zA-Z][a-zA-Z0-9]{1,31}+)(?:;|(?![a-zA-Z0-9=;]))"
)
_WIDE: Final = (
    "[\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff“”‘’—…]"
)
# Hard-wrapped markup breaks Chinese words: `科技委员\r\n  会`; nothing stands between wide characters
_WRAP: Final = re.compile(rf"(?<={_WIDE})[ \t]*+\r?+\n[ \t\r\n]*+(?={_WIDE})")


def decoded(text: Text) -> Text:
    """Character references decoded; the character owns the whole reference.

    Numbers 128–159 are read as windows-1252, as browsers do; what is no reference stays.

    >>> decoded(Text.of("&ldquo;放管服&#148;&nbsp;R&D")).value
    '“放管服”\\xa0R&D'
    """
    return text.sub(_ENTITY, lambda found: _character(found[0])) if "&" in text.value else text


def _character(reference: str) -> str:
    closed = reference if reference.endswith(";") else reference + ";"
    value = html.unescape(closed)
    return reference if value == closed else value


def joined_wraps(text: Text) -> Text:
    """Line ends of the source between two wide characters removed.

    >>> joined_wraps(Text.of("科技委员\\n  会 of\\nthe")).value
    '科技委员会 of\\nthe'
    """
    return text.sub(_WRAP, "") if "\n" in text.value else text


def folded(text: Text) -> Text:
    """Runs of white space folded to one blank, none at the ends.

    >>> folded(Text.of("　　局长  刘　佳\\t ")).value
    '局长 刘 佳'
    """
    return text.sub(_BLANKS, " ").strip(" ")


_LINE_END: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def lines(text: Text) -> Iterator[Text]:
    """The lines of a text, blank ones included, without their ends."""
    return text.split(_LINE_END)
