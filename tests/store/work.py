"""What workers are made to do in tests; at the top of a module so that it can be sent to them."""

from __future__ import annotations

import ctypes
import os
import time

from schema.errors import Rejected
from schema.page import RawDocument
from schema.records import Extraction
from store.batch import prepare
from store.parts import Job
from store.rows import NOTHING_GIVEN, DocumentRows, Given
from tests.store.made import extract


def process(raw: RawDocument, given: Given = NOTHING_GIVEN) -> Extraction:
    """Reads hand-made reports; misbehaves where the name asks for it."""
    misbehave(raw.name)
    return extract(raw, year=given.report_year or 2021, version="1", agency=given.agency or "市科委")


def process_newer(raw: RawDocument, given: Given = NOTHING_GIVEN) -> Extraction:
    """Newer rules: another version, another status, and a task less."""
    done = extract(raw, year=given.report_year or 2021, version="2")
    tasks = tuple(task.model_copy(update={"status": "in_progress"}) for task in done.tasks[:-1])
    return done.model_copy(update={"tasks": tasks})


def double(number: int) -> int:
    misbehave({3: "hang", 5: "crash", 7: "eat", 11: "reject", 13: "raise"}.get(number, ""))
    return number * 2


def misbehave(name: str) -> None:
    if name.startswith("hang"):
        time.sleep(600)
    elif name.startswith("crash"):
        ctypes.string_at(0)
    elif name.startswith("exit"):
        os._exit(7)
    elif name.startswith("eat"):
        kept = []
        while True:
            kept.append(bytearray(os.urandom(1 << 20)) * 20)
    elif name.startswith("reject"):
        raise Rejected("decode", "binary", "not text")
    elif name.startswith("raise"):
        raise RuntimeError("ein Fehler\nzweite Zeile")


def prepared(raw: RawDocument) -> DocumentRows:
    return prepare(process, Job(raw, NOTHING_GIVEN))
