"""Words for the search index, cut the same way for tasks and for queries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from store.rows import COLUMNS, DocumentRows, Row
from words.segments import every, finer

INDEXED: Final = ("section", "dimension", "content", "progress", "problems", "next_steps", "source")
"""The columns of tasks that search looks in; the title is part of the content."""

_AT: Final = {name: COLUMNS["tasks"].index(name) for name in (*INDEXED, "ordinal", "title")}
_WORD: Final = re.compile(r"\w")

# Full width Latin and digits (５Ｇ) are the same words as half width ones.
_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def words(text: str) -> Iterator[str]:
    """Every word of the dictionary that stands in a text, also those inside longer ones.

    >>> list(words("创业园区新增5G基站,"))
    ['5g', '创业', '创业园', '园区', '新增', '基站']
    """
    return every(_folded(text))


def asked(query: str) -> list[str]:
    """The words of a query: those of one way to read it; single characters only if there is nothing else.

    >>> asked("创业园区的5G基站")
    ['创业', '创业园', '5g', '基站']
    """
    found = [word for word in finer(_folded(query)) if _WORD.search(word)]
    return [word for word in found if len(word) > 1 or word.isascii()] or found


def _folded(text: str) -> str:
    return text.translate(_HALF_WIDTH).lower()


def index_rows(document: DocumentRows) -> None:
    """Adds the rows of the search index to a document's rows."""
    key = int(document.doc_id, 16)
    lengths: list[Row] = []
    postings: list[Row] = []
    for task in document.tables["tasks"]:
        counts = Counter(words(_searched(task)))
        ordinal = task[_AT["ordinal"]]
        lengths.append((key, ordinal, counts.total()))
        postings.extend((term_of(word), key, ordinal, count) for word, count in counts.items())
    document.tables["search_tasks"] = lengths
    document.tables["postings"] = postings


@lru_cache(maxsize=100_000)
def term_of(word: str) -> int:
    """The number that stands for a word in ``postings``."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


def _searched(task: Row) -> str:
    parts: list[str] = []
    for name in INDEXED:
        value = task[_AT[name]]
        parts.extend(value if isinstance(value, list) else [value or ""])
    title = task[_AT["title"]]
    if title not in "\n".join(parts):
        parts.append(title)
    return "\n".join(parts)
