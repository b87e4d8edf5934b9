"""Which rule took which line of a report: the page's text beside what became of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Final

from console.coloured import page
from console.pieces import NOTHING, Piece, lines, summary, visible
from console.render import as_json
from schema.records import Extraction

_WIDEST: Final = 40


def explained(
    file: str, as_document: bool, as_page: bool = False, rules: Sequence[str] = ()
) -> Iterator[str]:
    """Lines to print: each line of the text with the fields, labels and rules that took it.

    Raises UsageError for no such file and mistakes in the layout files ``rules``, Rejected for a file
    that can't be read.
    """
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
