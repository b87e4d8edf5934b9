"""Which rule took which line of a report: the page's text beside what became of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from console.render import as_json
from schema.records import Extraction

_NOTHING = "·"


def explained(file: str, as_document: bool) -> Iterator[str]:
    """Lines to print: each line of the text with the fields, labels and rules that took it.

    Raises UsageError for no such file, Rejected for one that can't be read.
    """
    import pipeline
    from store.batch import peeked

    for found in peeked(pipeline.documents([file], sys.stdin.buffer), file):
        if isinstance(found, tuple):
            raise found[1]
        done = pipeline.process(found)
        if as_document:
            yield as_json([{"line": line, "took": took} for line, took in taken(done)])
        else:
            yield from _told(done)


def taken(done: Extraction) -> Iterator[tuple[str, list[str]]]:
    """Every line of the text that is not blank, with the names of what took a part of it."""
    places = sorted(_places(done))
    at = 0
    for line in done.document.text.split("\n"):
        end = at + len(line)
        took = [name for start, stop, name in places if start < end and stop > at]
        if line.strip():
            yield line, list(dict.fromkeys(took))
        at = end + 1


def _places(done: Extraction) -> Iterator[tuple[int, int, str]]:
    for span in done.document.spans:
        yield span.text_start, span.text_end, f"document.{span.field}"
    for label in done.labels:
        yield label.start, label.end, f"label:{label.kind}"
    for task in done.tasks:
        for span in task.spans:
            yield span.text_start, span.text_end, f"{task.ordinal}.{span.field} ({task.rule})"


def _told(done: Extraction) -> Iterator[str]:
    document = done.document
    counted = f"{len(done.tasks)} tasks, coverage {document.coverage}"
    yield f"{document.file_name}: layout {document.layout}, {counted}"
    for found in done.issues:
        yield f"! {found.severity} {found.code}: {found.message}"
    for line, took in taken(done):
        yield line
        yield f"    ← {', '.join(took) or _NOTHING + ' nothing'}"
