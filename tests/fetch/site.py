"""A web site on this machine's loopback interface, for the tests: pages as data, every request kept."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

Handler = BaseHTTPRequestHandler


@dataclass
class Page:
    """What an address answers; ``raw`` writes the answer itself, ``failures`` come before it."""

    body: bytes = b""
    kind: str = "text/html"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    failures: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    raw: Callable[[Handler], None] | None = None


@dataclass(frozen=True)
class Asked:
    """One request as the site saw it."""

    at: float
    path: str
    status: int
    agent: str
    host: str


@dataclass
class Site:
    """Pages by path with query; ``log`` has what was asked for, ``most`` how many were under way at once.

    With a ``gate`` the site answers no more requests than that until ``opened`` is set.
    """

    pages: dict[str, Page] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    url: str = ""
    most: int = 0
    gate: int | None = None
    opened: threading.Event = field(default_factory=threading.Event)
    _now: int = 0
    _lock: Any = field(default_factory=threading.Lock)

    def served(self, status: int = 200) -> Counter[str]:
        """How often each path was answered with the status, robots.txt left out."""
        return Counter(one.path for one in self.log if one.status == status and one.path != "/robots.txt")

    def answer(self, handler: Handler) -> None:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            self._answer(handler)
        finally:
            with self._lock:
                self._now -= 1

    def _answer(self, handler: Handler) -> None:
        page = self.pages.get(unquote(handler.path), Page(b"gone", status=404))
        status, headers, body = page.status, dict(page.headers), page.body
        if page.failures:
            status, extra = page.failures.pop(0)
            headers |= extra
        elif page.status == 200 and not page.raw:
            headers.setdefault("ETag", f'"{hashlib.sha256(body).hexdigest()[:12]}"')
            if handler.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
        agent, host = handler.headers.get("User-Agent", ""), handler.headers.get("Host", "")
        if self.gate is not None and len(self.log) >= self.gate:
            self.opened.wait()
            raise ConnectionAbortedError("asked for by a process that is killed")
        self.log.append(Asked(time.monotonic(), unquote(handler.path), status, agent, host))
        time.sleep(page.seconds if status == page.status else 0)
        if page.raw:
            page.raw(handler)
            return
        handler.send_response(status)
        for name, value in (headers | {"Content-Type": page.kind, "Content-Length": str(len(body))}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


@contextmanager
def serving(*sites: Site) -> Iterator[None]:
    """Serves the sites, each on a loopback address of its own, until the end of the block."""
    servers = [_server(site, f"127.0.0.{number}") for number, site in enumerate(sites, 1)]
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _server(site: Site, host: str) -> ThreadingHTTPServer:
    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with suppress(ConnectionError):
                site.answer(self)

        def log_message(self, *args: Any) -> None:
            """Nothing: the site keeps its own log."""

    server = _Quiet((host, 0), Answering)
    server.daemon_threads = True
    site.url = f"http://{host}:{server.server_port}"
    return server


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: clients that are killed are part of the tests."""


def html(body: str, encoding: str = "utf-8") -> bytes:
    """A whole page around a body."""
    head = f'<meta charset="{encoding}"><title>督查</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding)
