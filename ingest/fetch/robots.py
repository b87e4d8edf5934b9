"""robots.txt is obeyed: also when it is GBK, and when it can't be read nothing is asked for."""

from __future__ import annotations

import asyncio
import re
from pathlib import PurePosixPath
from typing import Any, Final, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from ingest.fetch.address import is_literal, is_public
from ingest.fetch.folder import Folder
from ingest.fetch.ledger import Entry, now
from ingest.fetch.naming import digest
from ingest.fetch.plan import AGENT
from ingest.fetch.refusal import Refused, outcome_of

_PRIORITY: Final = 1000
_LONGEST_DELAY: Final = 60.0
_LINE_END: Final = re.compile(r"\r\n?")


class Robots:
    """Lets a request pass when the rules of its host allow it; reads them before the first."""

    def __init__(self, crawler: Crawler, folder: Folder, allow_private: bool) -> None:
        self._crawler = crawler
        self._folder = folder
        self._allow_private = allow_private
        self._rules: dict[str, asyncio.Task[Any]] = {}
        self._delays: dict[str, float] = {}
        crawler.signals.connect(self._pace, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        return cls(crawler, spider.folder, spider.plan.allow_private)

    async def process_request(self, request: Request) -> None:
        """Raises Refused for what is forbidden, and for all of a host whose rules can't be read.

        A private address that is written as such has its name here; the reactor refuses all of them.
        """
        if request.meta["kind"] == "robots":
            return
        host = urlsplit(request.url).hostname or ""
        if not self._allow_private and is_literal(host) and not is_public(host):
            raise Refused("private_address", f"{host} is not a public address")
        place = "://".join(urlsplit(request.url)[:2])
        if place not in self._rules:
            self._rules[place] = asyncio.ensure_future(self._read(place))
        rules = await asyncio.shield(self._rules[place])
        if isinstance(rules, Refused):
            raise Refused(rules.outcome, str(rules))
        if not rules.can_fetch(request.url, AGENT):
            raise Refused("forbidden", "robots.txt forbids it")

    async def _read(self, place: str) -> Any:
        """The rules of a host, or why there are none."""
        url = f"{place}/robots.txt"
        stored = self._folder.ledger.stored(url)
        headers = conditions(stored)
        meta = {"kind": "robots"}
        request = Request(url, headers=headers, priority=_PRIORITY, meta=meta, callback=NO_CALLBACK)
        assert self._crawler.engine is not None
        try:
            response = await self._crawler.engine.download_async(request)
            rules = parsed(self._body(url, response, stored))
        except Exception as error:  # whatever went wrong: not to know the rules is not to be allowed
            outcome, message = outcome_of(error)
            kept = outcome if outcome == "private_address" else "robots_unreachable"
            return Refused(kept, message if kept == outcome else f"{url}: {message}")
        self._slow_down(urlsplit(url).hostname or "", rules.crawl_delay(AGENT))
        return rules

    def _slow_down(self, host: str, delay: float | None) -> None:
        """The delay that the rules ask for holds from the next request on."""
        engine = self._crawler.engine
        slot = engine.downloader.slots.get(host) if engine else None
        if delay and slot:
            self._delays[host] = min(float(delay), _LONGEST_DELAY)
            slot.delay = max(slot.delay, self._delays[host])

    def _body(self, url: str, response: Response, stored: Entry | None) -> bytes:
        """The rules as bytes; empty when the site has none (RFC 9309: status 4xx but 429)."""
        if response.status == 304 and stored and stored.file:
            return self._folder.read(stored.file) or b""
        if response.status == 429 or not 200 <= response.status < 500:
            raise Refused("robots_unreachable", f"status {response.status}")
        body = response.body if response.status < 300 else b""
        file = PurePosixPath(f".fetch/lists/{digest(url)}.txt")
        self._folder.write(file, body)
        came: dict[str, Any] = {"final_url": response.url, "status": response.status, "file": str(file)}
        self._folder.ledger.add(Entry(url, "robots", "stored", now(), **came, **validators(response)))
        return body

    def _pace(self, response: Response, request: Request) -> None:
        """After the throttle: an answer 304 brings the delay down as a page does, to the site's own least."""
        engine = self._crawler.engine
        slot = engine.downloader.slots.get(str(request.meta.get("download_slot"))) if engine else None
        if slot is None:
            return
        least = self._delays.get(urlsplit(request.url).hostname or "", 0.0)
        if response.status == 304:
            latency = float(request.meta.get("download_latency", slot.delay))
            least = max(least, self._crawler.settings.getfloat("DOWNLOAD_DELAY"))
            slot.delay = min(slot.delay, max(least, (slot.delay + latency) / 2))
        slot.delay = max(slot.delay, least)


def parsed(body: bytes) -> Any:
    """The rules in a robots.txt of any usual encoding.

    >>> rules = parsed("User-agent: *\\nDisallow: /内部/".encode("gb18030"))
    >>> rules.can_fetch("http://a.cn/内部/1.html", "ducha")
    False
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("gb18030", "replace")
    return Protego.parse(_LINE_END.sub("\n", text))


def conditions(stored: Entry | None) -> dict[str, str]:
    """The headers that ask for a page only if it is not the stored one.

    A site that names no time of change is asked by the time of the fetch (RFC 9110, 13.1.3).
    """
    if stored is None or not stored.file:
        return {}
    headers = {"If-None-Match": stored.etag} if stored.etag else {}
    since = stored.last_modified or stored.date
    return headers | ({"If-Modified-Since": since} if since else {})


def validators(response: Response) -> dict[str, Any]:
    """The fields of an entry that the next conditional request needs."""
    names = {"etag": "ETag", "last_modified": "Last-Modified", "date": "Date"}
    found = {field: response.headers.get(name) for field, name in names.items()}
    return {field: value.decode("latin-1") for field, value in found.items() if value}
