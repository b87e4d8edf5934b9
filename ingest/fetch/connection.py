"""The connection of a download: tells at once when it breaks.

The library sends the next request of the host before it tells anybody else that one failed, so a pause
that begins when ``process_exception`` is called comes too late for it.
"""

from __future__ import annotations

from typing import Final

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

BROKEN: Final = object()
"""The signal of a download that gave no response; receivers take ``request`` and ``error``."""


class Connection(HTTP11DownloadHandler):
    """Downloads as its base does. Sends ``BROKEN`` before anything follows from a failure."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # a kept connection that breaks would be made anew at once, without a pause and uncounted
        self._pool.retryAutomatically = False

    async def download_request(self, request: Request) -> Response:
        """The response. Raises what went wrong with the connection."""
        try:
            return await super().download_request(request)
        except Exception as error:
            self._crawler.signals.send_catch_log(BROKEN, request=request, error=error)
            raise
