"""Responses → files of the folder and lines of the ledger."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final

from scrapy.http import Response

from ingest.decode import Decoded, decode
from ingest.fetch.folder import Folder
from ingest.fetch.ledger import Entry, now
from ingest.fetch.naming import KNOWN, UNKNOWN, digest, marked, path_of
from ingest.fetch.robots import validators
from ingest.fetch.screen import BY_SCRIPT, is_made_later, screened, sent_on
from ingest.formats.kinds import kind_of
from ingest.sources import MAX_BYTES
from schema.errors import Rejected

_GZIP: Final = b"\x1f\x8b"
_MARKUP: Final = ("html", "xml")
# a file that has one of these suffixes and holds a web page is a login or an error
_BINARY: Final = frozenset(
    {".doc", ".docx", ".xls", ".xlsx", ".pdf", ".zip", ".rar", ".7z", ".ofd", ".wps", ".et"}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: the bytes, and their text when it is markup; ``trouble`` is an outcome and a message.

    ``onward`` is the address that a page without text leads to by a script.
    """

    url: str
    data: bytes
    media_type: str
    html: str | None
    disposition: str = ""
    status: int = 200
    marks: tuple[tuple[str, str], ...] = ()
    trouble: tuple[str, str] | None = None
    encoding: str = "utf-8"
    onward: str | None = None


def answer_of(response: Response, kind: str) -> Answer:
    """The answer that a response is."""
    media_type = _header(response, "Content-Type").partition(";")[0].strip().lower()
    disposition = _header(response, "Content-Disposition")
    markup = _markup(response.body, media_type, response.url, _charset(_header(response, "Content-Type")))
    html, encoding = (markup.text, markup.encoding) if markup else (None, "utf-8")
    trouble, onward = _trouble(response, html, kind), None
    if trouble and trouble[1].startswith(BY_SCRIPT):
        onward = sent_on(html or "", response.url)
    return Answer(
        url=response.url,
        data=response.body,
        media_type=media_type,
        html=html,
        disposition=disposition,
        status=response.status,
        marks=tuple(validators(response).items()),
        trouble=trouble,
        encoding=encoding,
        onward=onward,
    )


class Shelf:
    """Puts answers into the folder; an answer with the bytes that are there already changes nothing."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def answer(self, entry: Entry) -> Answer | None:
        """The answer that is stored; None when its file is gone or another."""
        data = self._folder.read(entry.file) if entry.file else None
        if data is None or sha256(data).hexdigest() != entry.sha256:
            return None
        url, media_type = entry.final_url or entry.url, entry.media_type or ""
        markup = _markup(data, media_type, url, None)
        html, encoding = (markup.text, markup.encoding) if markup else (None, "utf-8")
        return Answer(url, data, media_type, html, encoding=encoding)

    def store(
        self, answer: Answer, meta: dict[str, Any], attached: tuple[str, ...], hint: str | None = None
    ) -> Entry:
        """The line of an answer that is a page or a file, which then lies in the folder."""
        entry = Entry(
            url=meta["asked"],
            kind=meta["kind"],
            outcome="stored",
            fetched_at=now(),
            final_url=answer.url,
            status=answer.status,
            sha256=sha256(answer.data).hexdigest(),
            bytes=len(answer.data),
            media_type=answer.media_type or None,
            parent=meta["parent"],
            attachments=attached,
            message=hint,
            **dict(answer.marks),
        )
        before = self._folder.ledger.stored(entry.url)
        if before and before.file and before.sha256 == entry.sha256 and self.answer(before):
            entry = replace(entry, outcome="unchanged", file=before.file)
        else:
            entry = replace(entry, file=self._put(answer, entry, before.file if before else None))
        self._folder.ledger.add(entry)
        return entry

    def keep(self, stored: Entry, meta: dict[str, Any], status: int) -> None:
        """Notes that the stored answer is the current one."""
        parent = meta["parent"] or stored.parent
        again = replace(stored, outcome="unchanged", fetched_at=now(), status=status, parent=parent)
        self._folder.ledger.add(again)

    def _put(self, answer: Answer, entry: Entry, before: str | None) -> str:
        if entry.kind in ("list", "sitemap"):
            path = PurePosixPath(f".fetch/lists/{digest(entry.url)}.html")
        elif before:
            path = PurePosixPath(before)
        else:
            path = self._free(_path(answer), entry.url)
        try:
            self._folder.write(path, answer.data)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            path = marked(path, entry.url)
            self._folder.write(path, answer.data)
        return str(path)

    def _free(self, path: PurePosixPath, url: str) -> PurePosixPath:
        owner = self._folder.ledger.owner(str(path))
        return path if owner in (None, url) else marked(path, url)


def _path(answer: Answer) -> PurePosixPath:
    """Where an answer goes; its bytes say what it is when nothing else does: ``/download?id=7``."""
    path = path_of(answer.url, answer.media_type, answer.disposition)
    kind = kind_of(answer.data, path.name) if path.suffix == UNKNOWN else None
    return path.with_suffix(f".{kind}") if kind and f".{kind}" in KNOWN else path


def _trouble(response: Response, html: str | None, kind: str) -> tuple[str, str] | None:
    """Why a response is no page that can be stored; None when it is one."""
    screen = screened(response.status, html or "") if html is not None or response.status >= 400 else None
    if screen and (kind != "sitemap" or response.status >= 400):
        return screen.outcome, f"{screen.name}, status {response.status}"
    if 300 <= response.status < 400:
        return "redirects", f"status {response.status} to {_header(response, 'Location') or 'nowhere'}"
    if response.status not in (200, 203):
        return "failed", f"status {response.status}"
    if not response.body:
        return "unreadable", "an empty answer"
    suffix = path_of(response.url).suffix
    if html is not None and suffix in _BINARY and _looks_like_page(html):
        return "error_page", f"a web page in the place of a {suffix} file"
    if html is not None and kind == "report" and is_made_later(html):
        return "error_page", "a page without text, which a script makes in the browser"
    return None


def _looks_like_page(html: str) -> bool:
    head = html[:2000].lower()
    return "<html" in head or "<!doctype html" in head


def _markup(data: bytes, media_type: str, url: str, charset: str | None) -> Decoded | None:
    """The text when the bytes are HTML or XML; None for anything else."""
    if data.startswith(_GZIP) and url.partition("?")[0].endswith(".xml.gz"):
        data = _unpacked(data)
    named = any(word in media_type for word in _MARKUP) and "officedocument" not in media_type
    if not named and data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"<":
        return None
    try:
        return decode(data, charset)
    except Rejected:
        return None


def _unpacked(data: bytes) -> bytes:
    """A sitemap out of its gzip, as far as the limit goes."""
    try:
        with gzip.open(BytesIO(data)) as stream:
            return stream.read(MAX_BYTES)
    except (OSError, EOFError, zlib.error):
        return b""


def _charset(content_type: str) -> str | None:
    _, found, label = content_type.lower().partition("charset=")
    return label.strip(" \"';") or None if found else None


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name) or b""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("gb18030", "replace")
