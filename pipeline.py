"""Joins ingest and extract for store: bytes to records, as one function that can be sent to workers.

The rules load with the first document that is read: a batch whose documents are all stored needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extract.version import PARSER_VERSION, version
from ingest.remote import is_remote, remote
from ingest.sources import Skipped, find
from schema.errors import Rejected, UsageError
from schema.page import Page, RawDocument
from store.rows import NOTHING_GIVEN, Given

if TYPE_CHECKING:
    from extract.layouts.form import Form
    from schema.records import Extraction

__all__ = ["PARSER_VERSION", "Found", "documents", "forms", "process", "reader", "reread", "version"]

Found = RawDocument | tuple[str, Rejected]


def process(raw: RawDocument, given: Given = NOTHING_GIVEN, forms: Sequence[Form] = ()) -> Extraction:
    """All records of a document's bytes, read by the rules and ``forms``. Raises Rejected when they can't be.

    >>> page = "某市2021年重点任务落实情况\\n第1项:新建平台10个\\n进展情况:已建成平台10个,任务完成。"
    >>> process(RawDocument("报告.txt", "报告.txt", page.encode())).document.report_year
    2021
    """
    from extract.run import extract
    from ingest.read import read_page

    return extract(read_page(raw), report_year=given.report_year, agency=given.agency, forms=forms)


def reader(forms: Sequence[Form]) -> Callable[[RawDocument, Given], Extraction]:
    """``process`` under these layout files too, as one function that can be sent to workers."""
    return partial(process, forms=tuple(forms)) if forms else process


def forms(paths: Sequence[str]) -> tuple[Form, ...]:
    """The layout files at the paths, in order. Raises UsageError with the place of every mistake."""
    if not paths:
        return ()
    from extract.layouts.form import parse

    return tuple(parse(_text_of(path), path) for path in paths)


def _text_of(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "not UTF-8"
        raise UsageError(f"{path} can't be read: {said}") from error


def reread(raw: RawDocument) -> Page:
    """The page whose text is ``documents.text``, aligned to the decoded original."""
    from extract.script import fold
    from ingest.read import read_page

    return fold(read_page(raw))[0]


def documents(paths: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Found]:
    """What there is to read at the paths; what should have been readable and is not, as rejected.

    A path is one of this machine or, as ``s3://…``, one of fsspec. Raises UsageError for a path that
    does not exist.
    """
    groups = [(far, [*group]) for far, group in groupby(paths, is_remote)]
    opened = [remote(group) if far else find(group, stdin) for far, group in groups]
    for found in chain.from_iterable(opened):
        if not isinstance(found, Skipped):
            yield found
        elif found.rejected:
            yield found.uri, Rejected("read", found.code, found.message)
