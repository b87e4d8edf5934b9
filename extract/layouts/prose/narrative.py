"""The narrative layout: a tree of headings; each lowest heading is a record."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from extract.body import Body, Line
from extract.draft import Reading
from extract.layouts.prose.genre import genre_of
from extract.layouts.prose.outline import Node, is_attachment, outline
from extract.layouts.prose.section import demands, kind_of
from extract.layouts.prose.writer import Writer

_FEW: Final = 0.35
_MANY: Final = 4
_LISTED: Final = 5
_HEADING: Final = 20


def read(body: Body) -> Reading:
    """The heading tree of the body as records; the lowest evidence of all layouts."""
    tree = outline(_prose_lines(body))
    _settle(tree)
    _release(tree)
    for node in tree.walk():
        node.take_units()
    genre = genre_of(body.title, tree)
    writer = Writer(genre, _reported(body), _is_list(tree), body.title)
    writer.node(tree, (), "task")
    writer.beside(body)
    tasks = sum(1 for draft in writer.drafts if draft.kind == "task")
    score = 0.3 if tasks else 0.1 * bool(writer.drafts)
    return Reading("narrative", score, tuple(writer.drafts), tuple(writer.labels))


def _prose_lines(body: Body) -> list[Line]:
    """Lines outside tables, whose numbers head nothing; all lines when there is little else."""
    outside = [line for line in body.lines if not line.cell and not is_attachment(line.value)]
    size = sum(len(line.value) for line in outside)
    return outside if size * 5 >= body.size else list(body.lines)


def _reported(body: Body) -> int | None:
    """The last year that can be reported on: a government work report plans the year of its title."""
    title = "".join((body.title or "").split())
    ahead = "政府工作报告" in title
    return body.report_year - ahead if body.report_year else None


def _settle(tree: Node) -> None:
    """Numbers below only a few of many items of a level belong to those items' text."""
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in tree.walk():
        if node.marker:
            groups[node.marker.style].append(node)
    for group in groups.values():
        nodes = [node for node in group if _is_item(node)]
        parents = [node for node in nodes if node.children]
        below = [child for node in parents for child in node.children]
        in_text = sum(1 for child in below if _is_text(child)) * 2 > len(below)
        if len(nodes) >= _MANY and 0 < len(parents) < len(nodes) * _FEW and in_text:
            for node in parents:
                node.paragraphs = node.below_line()
                node.children = []


def _is_item(node: Node) -> bool:
    """A heading that can be a piece of work: with text, and no section of another kind."""
    named = kind_of(node.title.value) if node.title else "task"
    return named == "task" and bool(node.own() or node.children)


def _is_text(node: Node) -> bool:
    """Whether a numbered line says something and heads nothing: （一）完成排水工程，减少淹水42公顷。"""
    value = node.line.value if node.line else ""
    return node.rest is not None or (len(value) > _HEADING and value[-1] in "。；;")


def _release(tree: Node) -> None:
    """What asks something of everybody closes the report and is none of its last piece of work."""
    node = tree
    while node.children:
        node = node.children[-1]
        if node.title is None or kind_of(node.title.value) != "task":
            return
    while len(node.own()) > 1 and demands(node.paragraphs[-1].value):
        tree.paragraphs.append(node.paragraphs.pop())


def _is_list(tree: Node) -> bool:
    """Many numbered lines and hardly any text: a list of one-line pieces of work."""
    items = [node for node in tree.walk() if node.marker and not node.children]
    bare = [node for node in items if not node.own()]
    return len(bare) >= _LISTED and len(bare) * 5 >= len(items) * 4
