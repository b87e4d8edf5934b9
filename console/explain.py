"""Which rule took which line of a report: the page's text beside what became of it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from console.render import as_json
from schema.records import Extraction

NOTHING: Final = "nothing"
_WIDEST: Final = 40


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


def explained(
    file: str, as_document: bool, as_page: bool = False, rules: Sequence[str] = ()
) -> Iterator[str]:
    """Lines to print: each line of the text with the fields, labels and rules that took it.

    Raises UsageError for no such file and mistakes in the layout files ``rules``, Rejected for a file
    that can't be read.
    """
    from console.coloured import page

    done = _read(file, rules)
    if as_page:
        yield page(list(done))
        return
    for document in done:
        if as_document:
            yield as_json([_record(number, list(found)) for number, found in lines(document)])
        else:
            yield from _told(document)


def _read(file: str, rules: Sequence[str]) -> Iterator[Extraction]:
    import pipeline
    from store.batch import peeked

    forms = pipeline.forms(rules)
    for found in peeked(pipeline.documents([file], sys.stdin.buffer), file):
        if isinstance(found, tuple):
            raise found[1]
        yield pipeline.process(found, forms=forms)


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


def _told(done: Extraction) -> Iterator[str]:
    yield summary(done)
    for found in done.issues:
        yield f"! {found.severity} {found.code}: {found.message}"
    for number, group in lines(done):
        found_pieces = list(group)
        where = f"{visible(part)} │ " if (part := found_pieces[0].part) else ""
        yield f"{number:>5} │ {where}{visible(''.join(piece.text for piece in found_pieces))}"
        took = dict.fromkeys(name for piece in found_pieces for name in piece.took)
        if took:
            yield f"      ← {', '.join(took)}"
        for piece in found_pieces:
            if not piece.took:
                yield f"      · {NOTHING}: {_short(piece.text)}"


def _short(text: str) -> str:
    shown = visible(text.strip())
    return shown if len(shown) <= _WIDEST else shown[: _WIDEST - 1] + "…"


def visible(text: str) -> str:
    """Control characters and the like as escapes, so that no page moves the cursor of who reads it."""
    return "".join(c if c.isprintable() or c == "\u3000" else ascii(c)[1:-1] for c in text)


def _record(number: int, found: Sequence[Piece]) -> dict[str, object]:
    """``line`` and ``took`` as a whole, then piece by piece with offsets; ``nothing`` is what is left."""
    took = dict.fromkeys(name for piece in found for name in piece.took)
    return {
        "number": number,
        "line": "".join(piece.text for piece in found),
        "took": list(took),
        "nothing": [piece.text for piece in found if not piece.took],
        "pieces": [
            {"start": piece.start, "end": piece.end, "text": piece.text, "took": piece.took}
            | ({"part": piece.part} if piece.part else {})
            for piece in found
        ],
    }
