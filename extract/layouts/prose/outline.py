"""The heading tree of a narrative: 一、 （一） 1. （1） and the paragraphs under them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from extract.body import Line
from extract.draft import Assigned
from extract.layouts.prose.assignment import apart, ends_in_units
from extract.layouts.prose.chain import nested
from extract.layouts.prose.points import split_title
from extract.lexicon.load import load_toml
from extract.numbering import Marker, Style, head, inline
from schema.text import Text

STRUCTURAL: Final[frozenset[Style]] = frozenset(
    {"part", "item", "named", "cn", "cn_paren", "num", "num_paren"}
)
_INLINE: Final[frozenset[Style]] = frozenset({"cn", "cn_paren", "num"})
_CHAPTERS: Final[frozenset[Style]] = frozenset({"cn", "cn_paren"})
_FLAT: Final = 150
"""A line longer than this may hold a whole document whose line breaks were lost."""
_TITLE: Final = 45
_PLAIN_TITLE: Final = 32
_LONGER: Final = 4
_TOPIC_REST: Final = 20
_TOPIC_TITLE: Final = 24
_BULLET: Final = re.compile(r"^(?:——|[•·●■◆▪★])\s*")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]{2}")
_NO_TITLE_END: Final = re.compile(r"[。；;，,：:！!？?、…）)]$|^[（(]|^[——\-•·]|\d{4}年\d{1,2}月\d{1,2}日")


# 2.情况报送表.doc
_ATTACHED: Final = re.compile(r"\.(?:docx?|xlsx?|pdf|zip|rar|wps|et|ofd)$", re.IGNORECASE)


def is_attachment(line: str) -> bool:
    """Whether a line is the name of an attached file.

    >>> is_attachment("2.进展情况报送表.doc"), is_attachment("2.压实责任。")
    (True, False)
    """
    return bool(_ATTACHED.search(line))


@dataclass(slots=True)
class Node:
    """A heading with its marker, its title, the rest of its line, its paragraphs and what is below it."""

    marker: Marker | None
    line: Text | None
    label: Text | None = None
    title: Text | None = None
    rest: Text | None = None
    paragraphs: list[Text] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    units: list[Assigned] = field(default_factory=list)
    unit_labels: list[Text] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def own(self) -> list[Text]:
        """The rest of the heading's line and the paragraphs directly under it."""
        return ([self.rest] if self.rest else []) + self.paragraphs

    def below(self) -> list[Text]:
        """All text under the heading, the lines of lower headings whole."""
        texts = self.own()
        for child in self.children:
            texts += ([child.line] if child.line else []) + child.below_line()
        return texts

    def below_line(self) -> list[Text]:
        """What ``below`` holds without the rest of the heading's own line."""
        return self.below()[1 if self.rest else 0 :]

    def heading(self) -> Text:
        """The heading as printed, with its number, without the text after it."""
        assert self.line is not None
        assert self.title is not None
        return self.line.cut(0, self.title.bounds()[1] - self.line.bounds()[0])

    def seq(self) -> str | None:
        return str(self.marker.number) if self.marker else None

    def names_last(self) -> bool:
        """Whether the item ends in who is responsible: in a bracket, or behind labels and nothing else."""
        texts = ([self.line] if self.line else []) + self.own()
        return any(ends_in_units(text.value) for text in texts) or bool(self.units and not self.own())

    def is_answered(self) -> bool:
        """Whether its line ends in who is responsible, and paragraphs follow: what became of the task."""
        return self.line is not None and ends_in_units(self.line.value) and bool(self.paragraphs)

    def take_units(self) -> None:
        """Put labelled units (牵头单位：A) of an item apart from its text."""
        if self.line is None or self.children:
            return
        start = self.marker.end if self.marker else 0
        found = apart(self.line.cut(start, len(self.line)))
        if found.units and found.before:
            self.units += found.units
            self.unit_labels += found.labels
            self.line = Text.join((self.line.cut(0, start), found.before))
            self.title, rest = split_title(found.before)
            self.rest = Text.join([part for part in (rest, found.after) if part]) or None
        kept: list[Text] = []
        for paragraph in self.paragraphs:
            found = apart(paragraph)
            self.units += found.units
            self.unit_labels += found.labels
            kept += [part for part in (found.before, found.after) if part]
        self.paragraphs = kept

    def body_line(self) -> Text:
        """The heading's line without its marker."""
        assert self.line is not None
        return self.line.cut(self.marker.end if self.marker else 0, len(self.line)).strip()


def unfold(lines: Iterable[Line]) -> Iterator[Line]:
    """Long lines cut before the numbers that structure them; other lines as they are."""
    lines = list(lines)
    size = sum(len(line.value) for line in lines)
    for line in lines:
        whole = len(line.value) * 2 > size
        cuts = _cuts(line.value, whole=whole) if len(line.value) > _FLAT else []
        for low, high in zip([0, *cuts], [*cuts, len(line.value)], strict=True):
            text = line.text.cut(low, high).strip()
            if text:
                yield Line(text, line.level, line.cell)


def _cuts(value: str, *, whole: bool) -> list[int]:
    """Where chapters begin; when the line is most of the page, a run 1. 2. 3. will do."""
    chosen = nested(list(inline(value, _INLINE, anywhere=True)))
    chapters = [marker for marker in chosen if marker.style in _CHAPTERS]
    if len(chapters) < 2 and not (whole and len(chosen) > 2):
        return []
    return [marker.start for marker in chosen if marker.start]


def outline(lines: Sequence[Line]) -> Node:
    """The tree; the root holds what stands before the first heading."""
    lines = list(unfold(lines))
    levels = _levels(lines)
    root = Node(None, None)
    stack = [root]
    for index, line in enumerate(lines):
        marker = head(line.value)
        if marker and marker.style in levels:
            _push(stack, _node(line.text, marker))
        elif _is_plain_title(lines, index, levels):
            _push_plain(stack, _node(line.text, None), head(lines[index + 1].value))
        else:
            stack[-1].paragraphs.append(line.text)
    return root


def _node(text: Text, marker: Marker | None) -> Node:
    node = Node(marker, text)
    body = node.body_line()
    node.title, rest = split_title(body)
    if rest:
        node.rest = rest
    if marker:
        printed = marker.label(text.value)
        node.label = text.cut(marker.start, marker.start + len(printed))
    return node


def _push(stack: list[Node], node: Node) -> None:
    """Under the last heading of another form; beside the last one of its own."""
    for depth, open_node in enumerate(stack):
        if open_node.marker and node.marker and open_node.marker.style == node.marker.style:
            del stack[depth:]
            break
    stack[-1].children.append(node)
    stack.append(node)


def _push_plain(stack: list[Node], node: Node, follower: Marker | None) -> None:
    """An unnumbered heading over a list that starts again opens a chapter; others divide a section."""
    if follower is not None and follower.number == 1:
        del stack[1:]
    while stack[-1].line is not None and stack[-1].marker is None:
        stack.pop()
    stack[-1].children.append(node)
    stack.append(node)


def _levels(lines: Sequence[Line]) -> frozenset[Style]:
    """The forms whose lines are headings or titled items; others number sentences of a text."""
    found: dict[Style, list[bool]] = {}
    for line in lines:
        marker = head(line.value)
        if marker and marker.style in STRUCTURAL:
            titled = is_titled(line.value[marker.end :]) or ends_in_units(line.value)
            found.setdefault(marker.style, []).append(titled)
    levels: set[Style] = {style for style, each in found.items() if sum(each) * 2 >= len(each)}
    if not levels and found:
        levels = {max(found, key=lambda style: len(found[style]))}
    always: frozenset[Style] = frozenset({"part", "cn"})
    return frozenset(levels) | (always & found.keys())


def is_titled(value: str) -> bool:
    """Whether a numbered line is a heading or opens with a topic phrase.

    >>> is_titled("压实责任。常务会议听取汇报2次。"), is_titled("加强指导，确保准确，提升，做到应公开。")
    (True, False)
    """
    title, _ = split_title(Text.of(value.strip()))
    commas = sum(map(title.value.count, "，,；;"))
    return len(title) <= _TITLE and commas <= 2


def _is_plain_title(lines: Sequence[Line], index: int, levels: frozenset[Style]) -> bool:
    """A short line without stop over a numbered list or over a paragraph."""
    line = lines[index]
    if line.level and index + 1 < len(lines) and len(line.value) <= _TITLE:
        return True
    if index + 1 >= len(lines) or len(line.value) > _PLAIN_TITLE or len(line.value) < 3:
        return False
    if _NO_TITLE_END.search(line.value) or head(line.value) or not _CHINESE.search(line.value):
        return False
    follower = lines[index + 1]
    marker = head(follower.value)
    if marker and marker.style in levels:
        return marker.number == 1 and marker.style in {"num", "cn_paren"}
    return follower.value[-1] in "。；" and len(follower.value) > len(line.value) + _LONGER


def topic_of(text: Text) -> tuple[Text, Text] | None:
    """A paragraph's topic phrase and the text after it: ——就业稳中向好。全年新增… ; None without one.

    >>> [str(part) for part in topic_of(Text.of("——就业向好。全年新增城镇就业三万余人，完成年度目标。"))]
    ['就业向好', '全年新增城镇就业三万余人，完成年度目标。']
    """
    bullet = _BULLET.match(text.value)
    start = bullet.end() if bullet else 0
    title, rest = split_title(text.cut(start, len(text)))
    if title.value in load_toml("sections")["formal"]["words"]:  # 各位代表！
        return None
    if len(rest) < _TOPIC_REST or not is_titled(title.value) or (not bullet and len(title) > _TOPIC_TITLE):
        return None
    return title, rest
