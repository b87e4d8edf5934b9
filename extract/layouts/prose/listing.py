"""Problems, plans and announced work as a text lists them: points, clauses, a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from extract.draft import Draft, Field
from extract.layouts.label import marks
from extract.layouts.prose.outline import is_titled
from extract.layouts.prose.points import announced, enumerated, split_title
from extract.layouts.prose.points import points as pointed
from extract.layouts.prose.section import orders, turn_of
from schema.records import Kind, Label, LabelKind
from schema.text import Text

VALUE: Final[dict[Kind, Field]] = {
    "task": "progress",
    "problem": "problems",
    "plan": "next_steps",
    "overview": "progress",
}
RULES: Final[dict[Kind, str]] = {
    "task": "narrative.heading",
    "problem": "narrative.problem",
    "plan": "narrative.plan",
    "overview": "narrative.overview",
}
_LINE: Final = re.compile(r"\n")


@dataclass(slots=True)
class Listing:
    """Collects the drafts of what is listed, and the labels of what stands around it."""

    drafts: list[Draft] = field(default_factory=list, kw_only=True)
    labels: list[Label] = field(default_factory=list, kw_only=True)

    def label(self, text: Text, kind: LabelKind) -> None:
        for start, end in text.pieces():
            self.labels.append(Label(kind=kind, start=start, end=end))

    def points(self, text: Text, path: tuple[Text, ...], kind: Kind) -> None:
        """一是 … 二是 … under problems and plans: a record each; without points one record."""
        paragraphs = list(text.split(_LINE))
        turned = next((i for i, part in enumerate(paragraphs) if i and turn_of(part.value) == "plan"), 0)
        if kind == "problem" and turned:
            self.points(Text.join(paragraphs[:turned], "\n"), path, kind)
            self.points(Text.join(paragraphs[turned:], "\n"), path, "plan")
            return
        intro, found, rest = pointed(text)
        if found:
            if announced(intro, len(found)):
                self.announce(found, path)
            else:
                for number, (label, point) in enumerate(found, start=1):
                    draft = draft_of(kind, label, *split_title(point), path, RULES[kind])
                    self.drafts.append(replace(draft, seq=str(number)))
            self.label(intro, "background")
            self._after_points(rest, path, kind)
            return
        if len(paragraphs) == 1 and self._enumerated(text, path, kind):
            return
        paragraphs = [self._unlabelled(part) for part in paragraphs]
        if listed := self._listed(paragraphs):
            self.drafts += [draft_of(kind, None, item, None, path, RULES[kind]) for item in listed]
            return
        titled = [split_title(part) for part in paragraphs]
        if len(titled) < 2 or not all(more and is_titled(str(title)) for title, more in titled):
            titled = [split_title(Text.join(paragraphs, "\n"))]
        for title, more in titled:
            self.drafts.append(draft_of(kind, None, title, more, path, RULES[kind]))

    def announce(self, found: Sequence[tuple[Text, Text]], path: tuple[Text, ...]) -> None:
        """Points that a count announces (办好15件实事) are a task each."""
        for number, (label, point) in enumerate(found, start=1):
            draft = draft_of("task", label, point, None, path, "narrative.announced")
            self.drafts.append(replace(draft, seq=str(number)))

    def _enumerated(self, text: Text, path: tuple[Text, ...], kind: Kind) -> bool:
        """存在的问题：产业规模不大；村级经济薄弱。 — a record each; False when nothing is listed."""
        intro, found, rest = enumerated(text)
        if not found:
            return False
        self.drafts += [draft_of(kind, None, item, None, path, RULES[kind]) for item in found]
        self.label(intro, "background")
        if turn_of(rest.value) == "plan":
            self.points(rest, path, "plan")
        else:
            self.label(rest, "background")
        return True

    def _after_points(self, rest: Text, path: tuple[Text, ...], kind: Kind) -> None:
        """What follows a list of points: another one, whose orders are plans also behind problems."""
        if turn_of(rest.value) == "plan":
            self.points(rest, path, "plan")
            return
        _, again, _ = pointed(rest)
        if not again:
            self.label(rest, "background")
            return
        ordered = sum(1 for _, point in again if orders(point.value))
        self.points(rest, path, "plan" if kind == "problem" and ordered * 2 > len(again) else kind)

    def _listed(self, paragraphs: Sequence[Text]) -> list[Text]:
        """…还存在不少问题： and a line each, ended by semicolons; what stands around them is background."""
        if len(paragraphs) < 3 or paragraphs[0].value[-1:] not in "：:":
            return []
        last = next((i for i, text in enumerate(paragraphs[1:], 1) if text.value[-1:] not in "；;"), 0)
        if last < 2:
            return []
        for text in (paragraphs[0], *paragraphs[last + 1 :]):
            self.label(text, "background")
        return [text.strip("；;。") for text in paragraphs[1 : last + 1]]

    def _unlabelled(self, text: Text) -> Text:
        """存在问题：人手不足。 — without the label that repeats the heading."""
        mark = next(marks(text.value), None)
        if mark is None or mark.start or mark.alone or mark.end >= len(text):
            return text
        self.label(text.cut(0, mark.end), "label")
        return text.cut(mark.end, len(text)).strip()


def draft_of(
    kind: Kind, label: Text | None, content: Text, value: Text | None, path: tuple[Text, ...], rule: str
) -> Draft:
    fields: dict[Field, Text] = {"content": content}
    if label:
        fields["label"] = label
    if value:
        fields[VALUE[kind]] = value
    return Draft(kind, fields, rule, section=path, confidence=0.9)
