"""Between the connection and the rest: every exchange goes into the archive as it is."""

from __future__ import annotations

from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from ingest.fetch.archive import Archive


class Capture:
    """Writes what passes; stands below decompression, redirects and retries."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        return cls(spider.archive)

    def process_response(self, request: Request, response: Response) -> Response:
        """The response itself."""
        self._archive.add(request, response)
        return response
