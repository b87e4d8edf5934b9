"""Joins ingest and extract for store: bytes to records, as one function that can be sent to workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from extract.run import PARSER_VERSION, extract
from extract.script import fold, simplify
from ingest.read import read_page
from ingest.sources import Skipped, find
from schema.errors import Rejected
from schema.page import Page, RawDocument
from schema.records import Extraction
from store.rows import NOTHING_GIVEN, Given

__all__ = ["PARSER_VERSION", "Found", "documents", "process", "reread", "simplify"]

Found = RawDocument | tuple[str, Rejected]


def process(raw: RawDocument, given: Given = NOTHING_GIVEN) -> Extraction:
    """All records of a document's bytes. Raises Rejected when they can't be read.

    >>> page = "某市2021年重点任务落实情况\\n第1项:新建平台10个\\n进展情况:已建成平台10个,任务完成。"
    >>> process(RawDocument("报告.txt", "报告.txt", page.encode())).document.report_year
    2021
    """
    return extract(read_page(raw), report_year=given.report_year, agency=given.agency)


def reread(raw: RawDocument) -> Page:
    """The page whose text is ``documents.text``, aligned to the decoded original."""
    return fold(read_page(raw))[0]


def documents(paths: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Found]:
    """What there is to read at the paths; what should have been readable and is not, as rejected.

    Raises UsageError for a path that does not exist.
    """
    for found in find(paths, stdin):
        if not isinstance(found, Skipped):
            yield found
        elif found.rejected:
            yield found.uri, Rejected("read", found.code, found.message)
