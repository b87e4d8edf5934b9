"""Which addresses files were fetched from: what ``fetched.jsonl`` says of the bytes below its folder."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Final

from schema.page import Origin, RawDocument

LEDGER: Final = "fetched.jsonl"
"""The file in which ``ducha fetch`` writes down what it fetched from where."""

# a report's line has 600 bytes, one with a hundred attachments 20,000
_LONGEST: Final = 1 << 20
_WEB: Final = re.compile(r"https?://[^\s\x00-\x20\x7f\ud800-\udfff]{1,8000}", re.IGNORECASE)

# lists, sitemaps and robots.txt are no documents
_KINDS: Final = ("report", "attachment")

Opened = Callable[[str], BinaryIO | None]
"""The file at a path for reading, None when there is none."""


def address(value: object) -> str | None:
    """The value when it is the address of a page of the web, else None.

    >>> address("http://www.example.gov.cn/落实.html"), address("file:///etc"), address(3)
    ('http://www.example.gov.cn/落实.html', None, None)
    """
    return value if isinstance(value, str) and _WEB.fullmatch(value) else None


def moment(value: object) -> dt.datetime | None:
    """The time that an ISO string with a zone says, else None.

    >>> moment("2026-11-22T10:00:00Z")
    datetime.datetime(2026, 11, 22, 10, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        found = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
        return found.astimezone(dt.UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None


class _Ledger:
    """What the lines say: the origins by SHA-256 and file, and the pages that an address is attached to."""

    def __init__(self, lines: Iterable[dict[str, Any]]) -> None:
        self._origins: dict[str, dict[str, tuple[str, Origin]]] = {}
        self._pages: dict[str, tuple[str, list[str]]] = {}
        self._attached: dict[str, set[str]] = {}
        for values in lines:
            self._note(values)
        for url, attachments in self._pages.values():
            for one in attachments:
                self._attached.setdefault(one, set()).add(url)

    def find(self, sha256: str, file: str) -> Origin | None:
        """The origin of these bytes: of the file at this path when several have them, else the first."""
        known = self._origins.get(sha256)
        if not known:
            return None
        asked, origin = known.get(file) or min(known.values(), key=lambda one: one[1].url)
        return replace(origin, attached_to=tuple(sorted(self._attached.get(asked, ()))))

    def _note(self, values: dict[str, Any]) -> None:
        asked, kind = address(values.get("url")), values.get("kind")
        file, sha256 = values.get("file"), values.get("sha256")
        if not asked or kind not in _KINDS or not isinstance(file, str) or not isinstance(sha256, str):
            return
        url, parent = address(values.get("final_url")) or asked, address(values.get("parent"))
        # the first line of these bytes: later ones say that they are still there
        origin = Origin(url, moment(values.get("fetched_at")))
        self._origins.setdefault(sha256, {}).setdefault(file, (asked, origin))
        if kind == "report":
            self._pages[asked] = (url, _addresses(values.get("attachments")))
        elif parent:
            self._attached.setdefault(asked, set()).add(self._pages.get(parent, (parent,))[0])


class Origins:
    """The origins of files; a file is known by its bytes, so a folder may be moved, copied and renamed in."""

    def __init__(self, opened: Opened | None = None) -> None:
        self._opened = opened or _regular
        self._ledgers: dict[str, _Ledger | None] = {}

    def traced(self, raw: RawDocument, path: str) -> RawDocument:
        """The document with its origin when a ledger in a folder above ``path`` has its bytes.

        Raises nothing: lines that are not understood are passed over.
        """
        for folder in _above(path):
            if folder not in self._ledgers:
                self._ledgers[folder] = self._read(os.path.join(folder, LEDGER))
            ledger = self._ledgers[folder]
            file = path[len(folder) :].replace(os.sep, "/").lstrip("/")
            origin = ledger.find(raw.sha256, file) if ledger else None
            if origin:
                return replace(raw, origin=origin)
        return raw

    def _read(self, path: str) -> _Ledger | None:
        try:
            stream = self._opened(path)
            if stream is None:
                return None
            with stream:
                return _Ledger(_values(stream))
        except OSError:
            return None


def _above(path: str) -> Iterator[str]:
    """The folders that the path lies in, the innermost first."""
    folder = os.path.dirname(path)
    while True:
        yield folder
        outer = os.path.dirname(folder)
        if outer == folder:
            return
        folder = outer


def _regular(path: str) -> BinaryIO | None:
    """A file of this machine; a pipe of that name is none."""
    try:
        return Path(path).open("rb") if stat.S_ISREG(os.stat(path).st_mode) else None
    except (OSError, ValueError):
        return None


def _values(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """The lines that are JSON objects."""
    while line := stream.readline(_LONGEST):
        try:
            found = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            yield found


def _addresses(values: object) -> list[str]:
    return [one for one in values if address(one)] if isinstance(values, list) else []
