"""The pipeline cut into the stages that are timed, and what others do with the same bytes."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import jieba
import lxml.html

from bench.pages import LAYOUTS, Sheet, page
from ingest.read import read_page
from pipeline import process
from schema.page import RawDocument
from store.batch import prepare
from store.parts import Job
from store.rows import NOTHING_GIVEN

Work = Callable[[Sheet], Any]


def raw(sheet: Sheet) -> RawDocument:
    return RawDocument(sheet.name, sheet.name, sheet.data)


def read(sheet: Sheet) -> Any:
    """Bytes to page."""
    return read_page(raw(sheet))


def records(sheet: Sheet) -> Any:
    """Bytes to validated records with all facts; no search words."""
    return process(raw(sheet))


def prepared(sheet: Sheet) -> Any:
    """All that a worker does: records, rows and search words."""
    return prepare(process, Job(raw(sheet), NOTHING_GIVEN))


def lxml_parse(sheet: Sheet) -> Any:
    """The floor: a tree and its text."""
    return "".join(str(text) for text in lxml.html.fromstring(_decoded(sheet)).itertext())


def trafilatura_text(sheet: Sheet) -> Any:
    """The main text as trafilatura sees it; no records."""
    trafilatura = importlib.import_module("trafilatura")
    return trafilatura.extract(_decoded(sheet), include_tables=True)


def readability_text(sheet: Sheet) -> Any:
    """The main part of the page as readability sees it; no records."""
    return importlib.import_module("readability").Document(_decoded(sheet)).summary()


def jieba_pass(sheet: Sheet) -> Any:
    """One pass of jieba over the text of the page."""
    return list(_segmenter().cut(lxml_parse(sheet), HMM=False))


CONTENDERS: Final[dict[str, tuple[Work, str]]] = {
    "bytes to page": (read, ""),
    "bytes to records": (records, ""),
    "records, rows and search words": (prepared, ""),
    "lxml.html parse": (lxml_parse, "lxml"),
    "jieba over the text": (jieba_pass, "jieba"),
    "readability-lxml": (readability_text, "readability"),
    "trafilatura": (trafilatura_text, "trafilatura"),
}


def contenders() -> dict[str, Work]:
    """Those that are installed."""
    return {
        name: work
        for name, (work, needed) in CONTENDERS.items()
        if not needed or importlib.util.find_spec(needed)
    }


@cache
def warmed() -> None:
    """Dictionaries and imports are paid for before the clock runs."""
    for layout in LAYOUTS:
        prepared(page(0, layout))
    for work in contenders().values():
        work(page(0, "table"))


@cache
def _segmenter() -> jieba.Tokenizer:
    """jieba without the file that it shares with all users of the machine."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def _decoded(sheet: Sheet) -> str:
    return sheet.data.decode("gb18030" if b"charset=gb2312" in sheet.data[:300] else "utf-8")
