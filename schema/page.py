"""What ingest hands to extract: bytes with an address, and a page of blocks.

Two offset spaces, both in code points and half-open. *Source*: the decoded original.
*Text*: ``Page.text``, the page's readable text, aligned to the source. Blocks, tables
and cells are intervals of ``Page.text``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from schema.text import Interval, Text

if TYPE_CHECKING:  # a document is told from others by its bytes: no model of a record is needed for that
    from schema.issues import Issue
    from schema.records import Part

BlockKind = Literal["heading", "paragraph", "table", "furniture"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the web a document was fetched, and when (with its time zone), as its fetcher wrote down.

    ``attached_to`` has the addresses of the pages that link to it as their attachment.
    """

    url: str
    fetched_at: dt.datetime | None = None
    attached_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawDocument:
    """One document as found: its bytes and where they came from.

    ``uri`` is a path or URL (a member of a container as ``outer!inner``), ``name`` the file
    name; ``media_type``, ``charset`` and ``origin`` only when something outside the bytes declared them.
    """

    uri: str
    name: str
    data: bytes = field(repr=False)
    media_type: str | None = None
    charset: str | None = None
    origin: Origin | None = None

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the original bytes: the document's identity."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: its text interval (paragraphs separated by newlines) and its place.

    ``filled`` marks a grid position that repeats a cell spanning rows or columns.
    """

    start: int
    end: int
    header: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: every row has the same number of cells, spans resolved."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """An interval of the page's text that belongs together: a line, a paragraph, a table.

    ``level`` is 1–6 for headings that the markup declares, else 0. ``furniture`` is text
    that the markup itself places outside the content (``<nav>``, ``<footer>``, scripts).
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class MetaTag:
    """A declaration of the page about itself: ``<meta name=PubDate content=…>``, ``<title>``.

    ``source`` is the interval of the value in the decoded original.
    """

    name: str
    value: str
    source: Interval


@dataclass(frozen=True)
class Page:
    """A decoded, repaired, parsed document before any meaning is read from it.

    ``parts`` say where in the original a stretch of the text stands (a page, a cell of a sheet), without
    gaps, for originals in which offsets say nothing; others have none.
    """

    raw: RawDocument
    media_type: str
    encoding: str
    text: Text
    blocks: tuple[Block, ...]
    meta: tuple[MetaTag, ...] = ()
    issues: tuple[Issue, ...] = ()
    parts: tuple[Part, ...] = ()

    def cut(self, start: int, end: int) -> Text:
        """The characters start … end as a Text whose source is the page's text."""
        return Text.of(self.text.value[start:end], start)
