"""Records from a tree of headings: each lowest heading one, its text the progress."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extract.body import Body
from extract.draft import Assigned, Draft, Field
from extract.layouts.prose.assignment import ends_in_units, without_units
from extract.layouts.prose.genre import Genre, reports
from extract.layouts.prose.listing import RULES, VALUE, Listing, draft_of
from extract.layouts.prose.outline import Node, is_attachment, is_titled, topic_of
from extract.layouts.prose.points import announced, points, split_title
from extract.layouts.prose.reply import Disposition, disposed
from extract.layouts.prose.section import asks, closes_review, frames, kind_of, turn_of
from extract.layouts.remainder import remainder
from extract.numbering import Marker, head
from schema.records import Kind
from schema.text import Text

_SHORT_INTRO: Final = 60
# 3000公里农村公路护栏。上半年已完成610公里。: short, and a sentence that tells a number
_FACT: Final = re.compile(
    r"(?:已|完成|达|共|累计|新增|建成|增长|占)[^。；;：:\n]{0,30}?\d[\d.,]*\s?(?:[%％]|[万亿]|[项个件家处座公平户人套台名])[^：:\n]{0,60}。$"
)
# 会议要求： 薄弱环节： what points behind these tell is no work done
_ASKS: Final = re.compile(
    r"(?:(?:要求|强调|指出|建议|问题|不足|环节|提出|意见|打算|计划|目标)[^。；;]{0,12}|(?:下一?步|下阶段|接下来|今后)[^。；;]{0,30})[：:。]?$"
)
_ANNEX: Final = 10
_TOPICS: Final = 3


def _point(line: str) -> Marker | None:
    """The 一是 that opens a paragraph."""
    marker = head(line)
    return marker if marker and marker.style == "point" else None


@dataclass(slots=True)
class Writer(Listing):
    """Collects drafts and labels while walking the tree."""

    genre: Genre
    year: int | None
    listed: bool = False
    name: str | None = None

    def beside(self, body: Body) -> None:
        """What the tree leaves out, tables of statistics and names of attached files, is background."""
        for line in remainder(body, self.drafts, self.labels):
            if line.cell or is_attachment(line.value):
                self.label(line.text, "background")

    def node(self, node: Node, path: tuple[Text, ...], kind: Kind) -> None:
        """A heading: itself a record when nothing is below it, else its text and its children."""
        if not node.children:
            self._leaf(node, path, kind)
            return
        if node.line is not None and node.title is not None:
            self.label(node.line.cut(0, len(node.line) - len(node.rest or "")).strip(), "heading")
            path = (*path, node.heading())
        below = self._own_text(node, path, kind)
        for child in node.children:
            self.node(child, path, self._kind(child, below, path))

    def _kind(self, child: Node, above: Kind, path: tuple[Text, ...]) -> Kind:
        title = child.title.value if child.title else ""
        own = kind_of(title, self.year) if not path or len(title) <= _SHORT_INTRO else "task"
        own = "overview" if own == "plan" and self.genre.assigns and asks(title) else own
        named = any(node.names_last() for node in child.walk())
        if (named and above == "overview") or (self.genre.names_units and above == "plan"):
            above = "task"
        return own if above == "task" or own != "task" else above

    def _own_text(self, node: Node, path: tuple[Text, ...], kind: Kind) -> Kind:
        """The text directly under a heading that has others below; returns the kind of those."""
        stretch: list[Text] = []
        if node.line is None and not node.children and not path and self._pointed(node.own()):
            return kind
        for text in node.own():
            turn = turn_of(text.value) if kind in {"task", "overview", "problem"} else None
            if turn and turn != kind:
                self._stretch(stretch, path, kind)
                stretch, kind = [], turn
            stretch.append(text)
        self._stretch(stretch, path, kind)
        heading = node.title.value if node.title else ""
        if kind == "problem" and stretch and "步" in heading:
            return "plan"
        return kind if node.line is not None and (kind != "overview" or frames(heading)) else "task"

    def _pointed(self, texts: Sequence[Text]) -> bool:
        """A page whose only items are paragraphs 一是… 二是… 三是…, each with its topic: a task each."""
        marks = [(index, mark) for index, text in enumerate(texts) if (mark := _point(text.value))]
        numbers = [mark.number for _, mark in marks]
        items = [texts[index].cut(mark.end, len(texts[index])).strip() for index, mark in marks]
        first = marks[0][0] if marks else 0
        asked = any(turn_of(text.value) or _ASKS.search(text.value) for text in texts[:first])
        topical = all(all(split_title(item)) and is_titled(item.value) for item in items)
        if len(marks) < _TOPICS or numbers != list(range(1, len(marks) + 1)) or asked or not topical:
            return False
        for text in texts[:first]:
            self._prose(text, ())
        for (index, mark), item in zip(marks, items, strict=True):
            label = texts[index].cut(mark.start, mark.end).strip()
            draft = draft_of("task", label, *split_title(item), (), "narrative.point")
            self.drafts.append(replace(draft, seq=str(mark.number)))
        listed = {index for index, _ in marks}
        for index, text in enumerate(texts[first:], first):
            if index not in listed:
                self._stretch([text], (), turn_of(text.value) or "task")
        return True

    def _stretch(self, texts: Sequence[Text], path: tuple[Text, ...], kind: Kind) -> None:
        if not texts:
            return
        if kind in {"problem", "plan"}:
            self.points(Text.join(texts, "\n"), path, kind)
            return
        for text in texts:
            self._prose(text, path)

    def _prose(self, text: Text, path: tuple[Text, ...]) -> None:
        """Text between headings: announced pieces of work, an overview, or a line that leads on."""
        for intro in self._without_announced([text], path):
            self._plain_prose(intro, path)

    def _without_announced(self, texts: Sequence[Text], path: tuple[Text, ...]) -> Iterator[Text]:
        """今年再办好15件民生实事。一是…十五是…: fifteen tasks; what stands around them goes on."""
        for text in texts:
            intro, found, rest = points(text)
            if not found or not announced(intro, len(found)):
                yield text
                continue
            self.announce(found, path)
            yield from (part for part in (intro, rest) if part)

    def _plain_prose(self, intro: Text, path: tuple[Text, ...]) -> None:
        if len(intro) > _SHORT_INTRO or _FACT.search(intro.value):
            self.drafts.append(Draft("overview", {"content": intro}, RULES["overview"], section=path))
        elif intro:
            self.label(intro, "background")

    def _leaf(self, node: Node, path: tuple[Text, ...], kind: Kind) -> None:
        if node.line is None and self._is_told_by_topics(node):
            self._topics(node.own(), path)
            return
        if node.line is None or not node.title:  # 第一部分, with the heading's words on the next line
            self.label(node.line or Text("", ()), "heading")
            self._own_text(node, path, kind)
            return
        top = not path
        for text in node.unit_labels:
            self.label(text, "label")
        if self._is_frame(node, path):
            self.label(node.heading(), "heading")
            self._stretch(node.own(), (*path, node.heading()), "overview")
            return
        kind = "overview" if kind == "task" and self.genre.demands else kind
        answered = node.is_answered() and not self.genre.assigns
        assigned = node.names_last() and not self.genre.told and not answered
        if assigned or (self.genre.assigns and kind in {"task", "overview"}):
            self._assignment(node, path, kind, titled=bool(assigned) or not self.genre.names_units)
            return
        if kind in {"problem", "plan"} and (top or points(Text.join(node.own(), "\n"))[1]):
            self.label(node.heading(), "heading")
            self._own_text(node, (*path, node.heading()), kind)
            return
        if top and kind == "task" and not node.own() and not self.listed:
            self.label(node.line, "heading")
            return
        topics = [text for text in node.own() if topic_of(text)] if top and kind == "task" else []
        if len(topics) >= _TOPICS:
            self._chapter(node, (*path, node.heading()))
            return
        self._record(node, path, kind)

    def _is_frame(self, node: Node, path: tuple[Text, ...]) -> bool:
        """The title of what a notice sends along, and the paragraphs that introduce it."""
        title = node.title.value if node.title else ""
        bare = not path and node.marker is None and bool(node.own()) and len(title) > _ANNEX
        return bare and title in (self.name or "")

    def _chapter(self, node: Node, path: tuple[Text, ...]) -> None:
        """A chapter without lower headings: each paragraph that opens with its topic is a record."""
        self.label(node.heading(), "heading")
        self._topics(node.own(), path)

    def _is_told_by_topics(self, node: Node) -> bool:
        """Whether a report without any heading tells its work in paragraphs that open with their topics."""
        texts = node.own()
        topics = sum(1 for text in texts if topic_of(text) and not turn_of(text.value))
        return reports(self.name) and topics >= _TOPICS and topics * 2 > len(texts)

    def _topics(self, texts: Sequence[Text], path: tuple[Text, ...]) -> None:
        for text in texts:
            topic = topic_of(text)
            turn = turn_of(text.value)
            if turn:
                self.points(text, path, turn)
            elif topic:
                self.drafts.append(draft_of("task", None, *topic, path, "narrative.topic"))
            else:
                self._prose(text, path)

    def _record(self, node: Node, path: tuple[Text, ...], kind: Kind) -> None:
        """The heading as content, what follows as progress; 下一步 and 存在问题 paragraphs apart."""
        assert node.title is not None
        if kind == "task" and (reply := disposed(node.own())):
            self._reply(node, path, reply)
            return
        groups: dict[Field, list[Text]] = defaultdict(list)
        value = VALUE[kind]
        before = len(self.drafts)
        left = list(self._without_announced(node.own(), (*path, node.heading())))
        if len(self.drafts) > before:
            self.label(node.heading(), "heading")
            for text in left:
                self._plain_prose(text, (*path, node.heading()))
            return
        for index, text in enumerate(left):
            turn = turn_of(text.value) if kind == "task" and text is not node.rest else None
            if turn == "problem" and closes_review(text.value):
                self.points(Text.join(left[index:], "\n"), path, "problem")
                break
            if turn:
                value = VALUE[turn]
            groups[value].append(text)
        fields: dict[Field, Text] = {"content": node.title}
        fields |= {name: Text.join(texts, "\n") for name, texts in groups.items()}
        if node.label is not None:
            fields["label"] = node.label
        units = tuple(node.units)
        if self.genre.told and value in fields:
            fields[value], inner = without_units(fields[value])
            units += (Assigned(inner, "responsible"),) if inner else ()
        self.drafts.append(Draft(kind, fields, RULES[kind], node.seq(), path, units, confidence=0.9))

    def _reply(self, node: Node, path: tuple[Text, ...], reply: Disposition) -> None:
        """A request under a heading and what was decided on it."""
        assert node.title is not None
        asked, who, answer = reply
        fields: dict[Field, Text] = {
            "content": Text.join([node.title, *asked], "\n"),
            "progress": Text.join(answer, "\n"),
            "title": node.title,
        }
        if node.label is not None:
            fields["label"] = node.label
        units = (Assigned(who, "responsible"),)
        self.drafts.append(Draft("task", fields, "narrative.reply", node.seq(), path, units, confidence=0.9))

    def _assignment(self, node: Node, path: tuple[Text, ...], kind: Kind, *, titled: bool) -> None:
        """Assigned work without progress: the whole text is the task; without units, a condition."""
        texts = [node.body_line(), *node.paragraphs]
        last = max((i for i, text in enumerate(texts) if ends_in_units(text.value)), default=len(texts) - 1)
        for text in texts[last + 1 :]:
            self.label(text, "background")
        fields: dict[Field, Text] = {"content": Text.join(texts[: last + 1], "\n")}
        if node.label is not None:
            fields["label"] = node.label
        kind = kind if titled or kind != "task" else "overview"
        rule = "narrative.assignment" if kind == "task" else RULES[kind]
        self.drafts.append(Draft(kind, fields, rule, node.seq(), path, tuple(node.units), confidence=0.9))
