"""The text of a report cut into pieces by what took them: fields, labels and rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from schema.records import Extraction

NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, within one line, that the same fields, labels and rules took.

    ``start`` and ``end`` are half-open offsets in ``documents.text``; ``part`` is the page or cell of the
    original, if it has such.
    """

    line: int
    start: int
    end: int
    text: str
    took: tuple[str, ...]
    part: str | None = None


def summary(done: Extraction) -> str:
    """What was read, by which form and rules, and how much of it."""
    document = done.document
    forms = [flag.removeprefix("form:") for flag in document.flags if flag.startswith("form:")]
    form = f", form {forms[0]}" if forms else ""
    counted = f"{len(done.tasks)} tasks, coverage {document.coverage}"
    return f"{document.file_name}: layout {document.layout}{form}, {counted}, rules {document.parser_version}"


def lines(done: Extraction) -> Iterator[tuple[int, Iterator[Piece]]]:
    """The lines that are not blank, by number from 1, with their pieces in order."""
    return groupby(pieces(done), key=lambda piece: piece.line)


def pieces(done: Extraction) -> Iterator[Piece]:
    """The text cut wherever what took it changes; blank pieces left out."""
    text = done.document.text
    opened, closed = _edges(done)
    breaks = [at for at, character in enumerate(text) if character == "\n"]
    cuts = sorted({0, len(text), *opened, *closed, *breaks, *(at + 1 for at in breaks)})
    active: Counter[str] = Counter()
    line = 1
    for start, end in pairwise(cuts):
        for name in closed.get(start, ()):
            active[name] -= 1
            if not active[name]:
                del active[name]
        active.update(opened.get(start, ()))
        if text[start:end].strip():
            took = tuple(active) or _mark(text[start:end])
            yield Piece(line, start, end, text[start:end], took, done.part(start))
        line += text[start] == "\n"


def _mark(text: str) -> tuple[str, ...]:
    """任务一：修路 — the colon between two fields is in neither, and nothing is lost with it."""
    return () if any(character.isalnum() for character in text) else ("label:punctuation",)


def _edges(done: Extraction) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """The names that begin and end at each offset."""
    opened: dict[int, list[str]] = {}
    closed: dict[int, list[str]] = {}
    for start, end, name in sorted(_places(done)):
        if start < end:
            opened.setdefault(start, []).append(name)
            closed.setdefault(end, []).append(name)
    return opened, closed


def _places(done: Extraction) -> Iterator[tuple[int, int, str]]:
    for span in done.document.spans:
        yield span.text_start, span.text_end, f"document.{span.field}"
    for label in done.labels:
        yield label.start, label.end, f"label:{label.kind}"
    for task in done.tasks:
        for span in task.spans:
            yield span.text_start, span.text_end, f"{task.ordinal}.{span.field} ({task.rule})"


def visible(text: str) -> str:
    """Control characters and the like as escapes, so that no page moves the cursor of who reads it."""
    return "".join(c if c.isprintable() or c == "\u3000" else ascii(c)[1:-1] for c in text)
