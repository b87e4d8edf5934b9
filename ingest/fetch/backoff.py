"""Another try after a pause: at most four, later each time, and when the site says.

A pause has to begin before the library chooses the host's next request, which it does when the signals
``response_downloaded`` and ``BROKEN`` end; ``process_response`` and ``process_exception`` come later.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from email.utils import parsedate_to_datetime
from typing import Any, Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response

from ingest.fetch.connection import BROKEN
from ingest.fetch.refusal import Refused, is_tls

# busy or broken for now; 412 and 521 are shields, which are named and left alone
_PASSING: Final = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
_BROKEN: Final = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    OSError,
)
# a deadline that has passed costs a minute each time
_TRIES_AFTER_TIMEOUT: Final = 2
_LONGEST_WAIT: Final = 120.0
# four pages that each time out twice: eight minutes, and the next thousand would be no better
_BROKEN_IN_A_ROW: Final = 8


class Backoff:
    """Sends a request again that failed for now; the whole host rests until then."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._tries = crawler.settings.getint("DUCHA_TRIES")
        self._closed: dict[str, str] = {}
        self._broken: Counter[str] = Counter()
        crawler.signals.connect(self._broke, signal=BROKEN)
        crawler.signals.connect(self._heed, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises Refused for a host that is left alone: it asks to, or does not answer."""
        reason = self._closed.get(_host(request))
        if reason:
            raise Refused("deferred", reason)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The same request again after a status that passes, else the response."""
        if response.status not in _PASSING or _host(request) in self._closed:
            return response
        asked = retry_after(response, time.time())
        return self._again(request, f"status {response.status}", self._tries, asked) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The same request again after a connection that broke; None leaves the exception as it is."""
        if not _may_pass(exception) or _host(request) in self._closed:
            return None
        slow = isinstance(exception, DownloadTimeoutError)
        tries = min(self._tries, _TRIES_AFTER_TIMEOUT) if slow else self._tries
        return self._again(request, type(exception).__name__, tries, 0.0)

    def _again(self, request: Request, reason: str, tries: int, asked: float) -> Request | None:
        spider = self._crawler.spider
        assert spider is not None
        again = get_retry_request(
            request, spider=spider, reason=reason, max_retry_times=tries - 1, give_up_log_level="INFO"
        )
        if again:
            self._rest(request, max(asked, self._pause(request)))
        return again

    def _pause(self, request: Request) -> float:
        """The seconds before the next try of a request."""
        return float(self._delay * 2.0 ** (request.meta.get("retry_times", 0) + 1))

    def _broke(self, request: Request, error: Exception) -> None:
        """What failed rests the host; after so many failures in a row no more is asked of it."""
        if not _may_pass(error):
            return
        host = _host(request)
        self._broken[host] += 1
        if self._broken[host] < _BROKEN_IN_A_ROW:
            self._rest(request, self._pause(request))
        elif host not in self._closed:
            what = f"{_BROKEN_IN_A_ROW} requests to the host failed in a row"
            self._close(request, f"{what}, the last one by {type(error).__name__}")

    def _heed(self, response: Response, request: Request) -> None:
        """What a busy site asks for holds from its next request on."""
        self._broken.pop(_host(request), None)
        if response.status not in _PASSING:
            return
        asked = retry_after(response, time.time())
        if asked > _LONGEST_WAIT:
            self._close(request, f"status {response.status}: the site asks to wait {asked:.0f} s")
        else:
            self._rest(request, max(asked, self._delay))

    def _close(self, request: Request, reason: str) -> None:
        """No more requests to the host, those included that wait for their turn already."""
        self._closed[_host(request)] = reason
        slot = self._slot(request)
        if slot is None:
            return
        waiting, slot.queue = slot.queue, deque()
        for other, answer in waiting:
            if _host(other) == _host(request):
                answer.errback(Refused("deferred", reason))
            else:
                slot.queue.append((other, answer))

    def _slot(self, request: Request) -> Any:
        """The queue of the host; None when the library has thrown it away as unused."""
        engine = self._crawler.engine
        assert engine is not None
        return engine.downloader.slots.get(str(request.meta.get("download_slot")))

    def _rest(self, request: Request, seconds: float) -> None:
        """No request to the host for so long: its last one counts as sent in the future."""
        slot = self._slot(request)
        if slot is not None:
            until = time.monotonic() + min(seconds, _LONGEST_WAIT)
            slot.lastseen = max(slot.lastseen, until - slot.delay)


def retry_after(response: Response, at: float) -> float:
    """The seconds that a response asks to wait, 0.0 when it does not ask.

    >>> retry_after(Response("http://a.cn/落实", status=503, headers={"Retry-After": "30"}), 0.0)
    30.0
    """
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - at, 0.0)
    except ValueError:
        return 0.0


def _may_pass(error: BaseException) -> bool:
    """Whether another try may do better."""
    return isinstance(error, _BROKEN) and not is_tls(error)


def _host(request: Request) -> str:
    return request.url.split("/", 3)[2]
