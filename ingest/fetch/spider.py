"""The walk: from the addresses given over lists and their pages to reports and attachments."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from ingest.fetch import links
from ingest.fetch.archive import Archive
from ingest.fetch.folder import Folder
from ingest.fetch.ledger import Entry, now
from ingest.fetch.outcome import GOOD
from ingest.fetch.plan import Plan
from ingest.fetch.profile import Profile, load, recognised
from ingest.fetch.refusal import outcome_of
from ingest.fetch.robots import conditions
from ingest.fetch.screen import is_empty
from ingest.fetch.shelf import Answer, Shelf, answer_of

# a page that a script sends on may lead to another such one
_HOPS: Final = 5
_LISTS: Final = "this looks like a list: --follow fetches the reports that it links to"
_BY_SCRIPT: Final = "{} by a script in the browser; --from takes the addresses, --sitemap a sitemap"
# lists first, then what belongs to a report already fetched, then the next report
_PRIORITY: Final = {"sitemap": 0, "list": 0, "report": 10, "attachment": 20}


class ReportSpider(Spider):
    """Visits each address once; ``folder`` takes what comes."""

    name = "ducha"

    def __init__(self, plan: Plan, folder: Folder, archive: Archive, **options: Any) -> None:
        super().__init__(**options)
        self.plan = plan
        self.folder = folder
        self.archive = archive
        self.reason = "interrupted"
        self._shelf = Shelf(folder)
        self._profile = load(plan.profile) if plan.profile else None
        self._title = re.compile(plan.title) if plan.title else None
        self._recognised: dict[str | None, Profile] = {}
        self._lists: dict[str | None, tuple[tuple[str, ...], int]] = {}
        self._seen: set[str] = set()
        self._reports = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **options: Any) -> ReportSpider:
        spider = super().from_crawler(crawler, *args, **options)
        crawler.signals.connect(spider.dropped, signal=signals.request_dropped)
        crawler.signals.connect(spider.stumbled, signal=signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The requests for the addresses given."""
        for url in self.plan.urls:
            for request in self.visit(url, self.plan.first_kind, None):
                yield request

    def closed(self, reason: str) -> None:
        """Scrapy says why it ends; anything but ``finished`` is continued by the next run."""
        self.reason = reason

    def visit(
        self, url: str, kind: str, parent: str | None, ahead: tuple[str, ...] = ()
    ) -> Iterator[Request]:
        """The request for an address not visited yet; what an interrupted run has is taken from there."""
        if url in self._seen or (kind == "report" and self._full()):
            return
        self._seen.add(url)
        self._reports += kind == "report"
        meta = {"kind": kind, "parent": parent, "ahead": ahead, "asked": url}
        done = self.folder.ledger.done(url)
        answer = self._shelf.answer(done) if done else None
        if answer is not None:
            yield from self._onward(answer, meta)
        elif done is None or done.file:
            yield self._request(url, meta, conditions(self.folder.ledger.stored(url)))

    def parse(self, response: Response, **_: Any) -> Iterator[Request]:
        """Stores what came, or says what came instead; then the requests that it leads to."""
        meta = response.meta
        stored = self.folder.ledger.stored(meta["asked"])
        if response.status == HTTPStatus.NOT_MODIFIED:
            yield from self._unchanged(response, stored)
            return
        answer = answer_of(response, str(meta["kind"]))
        if answer.onward and self._goes_on(answer, meta):
            yield self._sent_on(answer, meta, stored)
            return
        if answer.trouble:
            self._note(meta, *answer.trouble, response=response)
            return
        with _writing():
            hint = _LISTS if self._is_taken_for_report(answer, meta) else None
            entry = self._shelf.store(answer, meta, self._attached(answer, meta["kind"]), hint)
        if entry.outcome in GOOD:
            yield from self._onward(answer, meta)

    def failed(self, failure: Any) -> None:
        """Says why nothing came."""
        self._note(failure.request.meta, *outcome_of(failure.value))

    def dropped(self, request: Request) -> None:
        """The address, or the one that a redirect led to, was asked for already."""
        if request.url in (*request.meta.get("redirect_urls", ()), *request.meta.get("trail", ())):
            self._note(request.meta, "redirects", f"a loop over {request.url}")
        else:
            self._note(request.meta, "duplicate", f"fetched already: {request.url}")

    def stumbled(self, failure: Any, response: Response) -> None:
        """What came could not be read: a fault of this program, which is no reason to lose the rest."""
        message = f"{failure.type.__name__}: {failure.getErrorMessage()}"
        self._note(response.meta, "unreadable", message, response)

    def _goes_on(self, answer: Answer, meta: dict[str, Any]) -> bool:
        """Whether a page leads on within its site, and not for the sixth time."""
        onward = answer.onward or ""
        short = len(meta.get("trail", ())) < _HOPS
        return onward != answer.url and short and links.related(onward, answer.url)

    def _sent_on(self, answer: Answer, meta: dict[str, Any], stored: Entry | None) -> Request:
        url = answer.onward or ""
        headers = conditions(stored) if stored and stored.final_url == url else {}
        request = self._request(url, meta, headers)
        request.meta["trail"] = (*meta.get("trail", ()), answer.url)
        return request

    def _is_taken_for_report(self, answer: Answer, meta: dict[str, Any]) -> bool:
        """Whether an address that was given as a report is that of a list."""
        if meta["kind"] != "report" or meta["parent"] or answer.html is None or self.plan.sitemap:
            return False
        return links.is_list(answer.html, answer.url, self._profile or recognised(answer.html))

    def _request(self, url: str, meta: dict[str, Any], headers: dict[str, str]) -> Request:
        meta = {key: meta[key] for key in ("kind", "parent", "ahead", "asked")}
        priority = _PRIORITY[meta["kind"]]
        return Request(
            url, callback=self.parse, errback=self.failed, meta=meta, headers=headers, priority=priority
        )

    def _unchanged(self, response: Response, stored: Entry | None) -> Iterator[Request]:
        """The stored copy is current; when it is gone, or of another page, the page is asked for in full."""
        meta = response.meta
        answer = self._shelf.answer(stored) if stored and stored.final_url == response.url else None
        if answer is None or stored is None:
            yield self._request(meta["asked"], meta, {}).replace(dont_filter=True)
            return
        with _writing():
            self._shelf.keep(stored, meta, response.status)
        yield from self._onward(answer, meta)

    def _attached(self, answer: Answer, kind: str) -> tuple[str, ...]:
        if kind != "report" or answer.html is None:
            return ()
        profile = self._profile or recognised(answer.html)
        found = links.attachments(answer.html, answer.url, profile, answer.encoding)
        if is_empty(answer.html):
            found += links.frames(answer.html, answer.url, answer.encoding, profile.attachment_link)
        return tuple(dict.fromkeys(one for one in found if one != answer.url))

    def _onward(self, answer: Answer, meta: dict[str, Any]) -> Iterator[Request]:
        """The requests that a page leads to."""
        kind, asked = meta["kind"], meta["asked"]
        if answer.html is None:
            return
        if links.is_sitemap(answer.html) and kind in ("sitemap", "list"):
            yield from self._mapped(answer, asked)
        elif kind == "list":
            yield from self._listed(answer, meta)
        elif kind == "report":
            for url in self._attached(answer, kind):
                yield from self.visit(url, "attachment", asked)

    def _mapped(self, answer: Answer, asked: str) -> Iterator[Request]:
        urls, nested = links.locations(answer.html or "")
        wanted = self._profile.link if self._profile else None
        for url in urls:
            if links.related(url, answer.url) and (nested or not wanted or wanted.search(url)):
                yield from self.visit(url, "sitemap" if nested else "report", asked)

    def _listed(self, answer: Answer, meta: dict[str, Any]) -> Iterator[Request]:
        html = answer.html or ""
        profile = self._profile or self._profile_of(html, meta)
        found = links.listing(html, answer.url, profile, self._title, answer.encoding)
        if not found.reports and not found.others:
            yield from self._framed(answer, meta)
            return
        for url in found.reports:
            yield from self.visit(url, "report", meta["asked"])
        if self._turns_in_circles(found, meta, profile.limit):
            return
        if found.stuck and not self._full():
            self._note(
                meta, "unreadable", "not all of the list: " + _BY_SCRIPT.format("its next page is opened")
            )
        pages = [page for page in (*found.pages, *meta["ahead"]) if page not in self._seen]
        if pages and not self._full() and links.related(pages[0], answer.url):
            yield from self.visit(pages[0], "list", meta["asked"], tuple(dict.fromkeys(pages[1:])))

    def _framed(self, answer: Answer, meta: dict[str, Any]) -> Iterator[Request]:
        """The lists in the frames of a page that has none itself."""
        html = answer.html or ""
        frames = [url for url in links.frames(html, answer.url, answer.encoding) if url not in self._seen]
        for url in frames:
            yield from self.visit(url, "list", meta["asked"])
        if not frames:
            made = "<script" in html.lower()
            hint = ": " + _BY_SCRIPT.format("the list may be made") if made else ""
            self._note(meta, "unreadable", f"no links to reports on this list page{hint}")

    def _turns_in_circles(self, found: links.Listing, meta: dict[str, Any], limit: int) -> bool:
        """Whether a list goes on without end: the page before had the same reports, or ``limit`` came."""
        before, number = self._lists.get(meta["parent"], ((), 0))
        reports = tuple(found.reports)
        self._lists[meta["asked"]] = (reports, number + 1)
        return (bool(reports) and reports == before) or number + 1 >= limit

    def _profile_of(self, html: str, meta: dict[str, Any]) -> Profile:
        """The profile that a list page shows; the pages after it keep it."""
        found = recognised(html)
        known = self._recognised.get(meta["parent"], found) if found.recognise is None else found
        self._recognised[meta["asked"]] = known
        return known

    def _full(self) -> bool:
        return self.plan.limit is not None and self._reports >= self.plan.limit

    def _note(
        self, meta: dict[str, Any], outcome: str, message: str, response: Response | None = None
    ) -> None:
        entry = Entry(
            url=meta["asked"],
            kind=meta["kind"],
            outcome=outcome,
            fetched_at=now(),
            final_url=response.url if response else None,
            status=response.status if response else None,
            parent=meta["parent"],
            message=message,
        )
        with _writing():
            self.folder.ledger.add(entry)


@contextmanager
def _writing() -> Iterator[None]:
    """Ends the run when the folder can't be written: a full disk stays full for the next page."""
    try:
        yield
    except OSError as error:
        raise CloseSpider(f"{error.strerror}: {error.filename or 'the folder'}") from error
