"""The run stream: markup cut into tags and text, each with its place, in linear time.

No parser in use tells where a text node stood, so this stream does: lxml and Beautiful
Soup give a tree without offsets. It reads hostile input in linear time: a search that
found nothing once is not made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from ingest.elements import KNOWN, RAW

TokenKind = Literal["text", "cdata", "open", "close", "raw"]

_NAME: Final = r"[A-Za-z][A-Za-z0-9:_.-]*+"
# A quote counts only behind "=": <td title="a>b">, but not in <p class=it's>
_VALUE: Final = r"""=\s*+(?:"[^"]*+"|'[^']*+')?+"""
_TAG: Final = re.compile(rf"""<(/?)({_NAME})(?=[\s/>])((?:[^>"'=]++|{_VALUE}|["'])*+)>""")
# No attribute has a Chinese name: `x<y 且 5>2` compares
_COMPARED: Final = re.compile("[ ]*+[\u3000-\uffef]")
_START: Final = re.compile(rf"</?{_NAME}(?=[\s/>])")
# The same without quotes, for what an unclosed quote would swallow
_RAGGED_TAG: Final = re.compile(rf"<(/?)({_NAME})(?=[\s/>])([^>]*+)>")
# <!DOCTYPE …>, <![if !supportLists]>, <?xml …?>: no text
_DECLARATION: Final = re.compile(r"<[!?][^>]*+>")
# The page ends inside a tag: <td width="7
_CUT_TAG: Final = re.compile(rf"<(?:!--|/?(?P<name>{_NAME}))[^<>\u3000-\uffef]{{0,4000}}+\Z")
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?+""")


class Token(NamedTuple):
    """A piece of markup: its interval, and for tags the lower-case name and where the attributes stand.

    ``raw`` is a whole element without text of the page (``<script>…</script>``).
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    inner: int = 0


@dataclass(slots=True)
class _Memory:
    """What a search has not found from some place on, so that it isn't made again."""

    lost: set[str]
    ragged: bool = False

    def find(self, source: str, mark: str, at: int) -> int:
        if mark in self.lost:
            return -1
        found = source.find(mark, at)
        if found < 0:
            self.lost.add(mark)
        return found


def tokens(source: str, known_only: bool = False) -> Iterator[Token]:
    """The tags and texts of ``source`` in order; comments and declarations are left out.

    With ``known_only`` just the tags of HTML are tags and the rest is text, as suits text
    files that hold stray tags.

    >>> source = "<p>已完成<br>5<10项</p>"
    >>> [source[t.start : t.end] for t in tokens(source)]
    ['<p>', '已完成', '<br>', '5<10项', '</p>']
    """
    memory = _Memory(set())
    done, at = 0, source.find("<")
    while at >= 0:
        token = _read(source, at, memory, known_only)
        if token is None:
            at = source.find("<", at + 1)
            continue
        if at > done:
            yield Token("text", done, at)
        if token.kind != "text":
            yield token
        done = token.end + 3 if token.kind == "cdata" else token.end
        at = source.find("<", done)
    if done < len(source):
        yield Token("text", done, len(source))


def _read(source: str, at: int, memory: _Memory, known_only: bool) -> Token | None:
    """The piece of markup at ``at``; of kind text when it stands for nothing; None: it is text."""
    if source[at + 1 : at + 2] in ("!", "?"):
        return _declaration(source, at, memory)
    found = None if memory.ragged else _TAG.match(source, at)
    if found is None:
        if not _START.match(source, at):
            return None
        found = _ragged(source, at, memory)
    if found is None:
        return _cut(source, at, memory)
    name = found[2].lower()
    if (found[3] and _COMPARED.match(found[3])) or (known_only and name not in KNOWN and ":" not in name):
        return None
    if found[1]:
        return Token("close", at, found.end(), name)
    if name in RAW and not found[3].endswith("/"):
        return _raw(source, at, found, name, memory)
    return Token("open", at, found.end(), name, found.start(3))


def _ragged(source: str, at: int, memory: _Memory) -> re.Match[str] | None:
    """The tag at ``at`` up to the next ``>``, in quotes or not; None when none follows."""
    memory.ragged = True
    found = None if ">" in memory.lost else _RAGGED_TAG.match(source, at)
    if found is None:
        memory.lost.add(">")
    return found


def _cut(source: str, at: int, memory: _Memory) -> Token | None:
    """A tag that the end of the page cut through (no ``>`` follows) stands for nothing."""
    if ">" not in memory.lost or len(source) - at > 4000:
        return None
    found = _CUT_TAG.match(source, at)
    if found is None or (found["name"] and found["name"].lower() not in KNOWN):
        return None
    return Token("text", at, len(source))


def _declaration(source: str, at: int, memory: _Memory) -> Token | None:
    if source.startswith("<!--", at):
        end = memory.find(source, "-->", at + 2)
        if end >= 0:
            return Token("text", at, end + 3)
    if source.startswith("<![CDATA[", at):
        end = memory.find(source, "]]>", at)
        if end >= 0:
            return Token("cdata", at + 9, end)
    found = _DECLARATION.match(source, at) if ">" not in memory.lost else None
    if found is None:
        memory.find(source, ">", at)
        return _cut(source, at, memory)
    if "[" in found[0] and source.startswith("<!DOCTYPE", at):
        end = memory.find(source, "]>", at)
        return Token("text", at, max(found.end(), end + 2))
    return Token("text", at, found.end())


def _raw(source: str, at: int, found: re.Match[str], name: str, memory: _Memory) -> Token:
    """The whole element; when it is never closed, its start tag alone, so that no text is lost."""
    mark = f"</{name}"
    if mark not in memory.lost:
        close = re.compile(mark + r"\b[^>]*+>?", re.IGNORECASE).search(source, found.end())
        if close is not None:
            return Token("raw", at, close.end(), name, found.end())
        memory.lost.add(mark)
    return Token("open", at, found.end(), name, found.start(3))


def attributes(source: str, token: Token) -> dict[str, str]:
    """The attributes of a start tag as written (entities unread), the first of each name.

    >>> source = '<td colspan="2" class=任务>'
    >>> attributes(source, next(tokens(source)))
    {'colspan': '2', 'class': '任务'}
    """
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source, token.inner, token.end - 1):
        value = next((part for part in match.groups()[1:] if part is not None), "")
        found.setdefault(match[1].lower(), value)
    return found
