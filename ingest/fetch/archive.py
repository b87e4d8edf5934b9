"""The captures: every response as it came, with its request, in a WARC file that other tools read."""

from __future__ import annotations

import zlib
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final

from scrapy.http import Headers, Request, Response
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

_BLOCK: Final = 1 << 20
_GZIP: Final = 31


class Archive:
    """A ``.warc.gz`` of one run, made with its first exchange; bodies are kept as sent, also compressed."""

    def __init__(self, path: Path, agent: str) -> None:
        self._path = path
        self._agent = agent
        self._stream: BinaryIO | None = None
        self._writer: Any = None

    def add(self, request: Request, response: Response) -> None:
        """Writes one exchange; an answer that the stored copy is current has no body to keep."""
        if response.status == HTTPStatus.NOT_MODIFIED:
            return
        stream = self._stream or self._begun()
        self._writer.write_request_response_pair(self._asked(request), self._answered(response))
        stream.flush()

    def close(self) -> None:
        if self._stream:
            self._stream.close()

    def _begun(self) -> BinaryIO:
        self._stream = self._path.open("ab")
        self._writer = WARCWriter(self._stream, gzip=True, warc_version="1.1")
        about = {"software": self._agent, "format": "WARC File Format 1.1", "robots": "obey"}
        self._writer.write_record(self._writer.create_warcinfo_record(self._path.name, about))
        return self._stream

    def _asked(self, request: Request) -> Any:
        target = request.url.split("/", 3)
        headers = [("Host", target[2]), *_pairs(request.headers)]
        line = f"{request.method} /{target[3] if len(target) > 3 else ''} HTTP/1.1"
        return self._writer.create_warc_record(
            request.url, "request", http_headers=StatusAndHeaders(line, headers, is_http_request=True)
        )

    def _answered(self, response: Response) -> Any:
        protocol = response.protocol or "HTTP/1.1"
        line = f"{response.status} {_phrase(response.status)}"
        extra = {"WARC-IP-Address": str(response.ip_address)} if response.ip_address else {}
        return self._writer.create_warc_record(
            response.url,
            "response",
            payload=BytesIO(response.body),
            http_headers=StatusAndHeaders(line, _pairs(response.headers), protocol=protocol),
            warc_headers_dict=extra,
        )


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [(_text(name), _text(value)) for name in headers for value in headers.getlist(name)]


def _text(value: bytes) -> str:
    """A header as text; some servers send file names in UTF-8 or GBK as they are."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def mend(path: Path) -> None:
    """Cuts off the record that a killed process left half: what ends no gzip member."""
    with path.open("rb+") as stream:
        stream.truncate(_whole(stream))


def _whole(stream: BinaryIO) -> int:
    """The length of the file's leading complete gzip members, in bytes."""
    end = 0
    while True:
        stream.seek(end)
        size = _member(stream)
        if not size:
            return end
        end += size


def _member(stream: BinaryIO) -> int:
    """The length of the gzip member that begins here; 0 when it is not complete."""
    reader, read = zlib.decompressobj(_GZIP), 0
    while block := stream.read(_BLOCK):
        read += len(block)
        try:
            while block:
                reader.decompress(block, _BLOCK)
                block = reader.unconsumed_tail
        except zlib.error:
            return 0
        if reader.eof:
            return read - len(reader.unused_data)
    return 0
