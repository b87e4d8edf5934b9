"""The process that fetches: a plan on standard input, a line on standard output for each address.

A process of its own, since the event loop of the library runs once in a process; it ends
when the one that started it does, and what it has written by then is whole.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from scrapy.crawler import CrawlerProcess

from ingest.fetch.archive import Archive
from ingest.fetch.folder import Folder
from ingest.fetch.plan import AGENT, Plan
from ingest.fetch.reactor import GuardedReactor
from ingest.fetch.spider import ReportSpider
from schema.errors import DuchaError


def main() -> int:
    """The exit status: 0 when the walk came to its end, 1 when it was stopped, 2 for wrong usage."""
    with open(0, "rb", buffering=0, closefd=False) as stream:
        plan = Plan.from_json(stream.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        reason = crawl(plan)
    except DuchaError as error:
        _say(json.dumps({"error": str(error)}))
        return 2
    if reason == "finished":
        return 0
    _say(json.dumps({"stopped": reason}))
    return 1


def crawl(plan: Plan) -> str:
    """Fetches; why the walk ended, ``finished`` when there was no more to do.

    Raises UsageError for a folder that is in use.
    """
    folder = Folder(Path(plan.out), lambda entry: _say(entry.line()))
    archive = Archive(folder.new_capture(), agent(plan))
    GuardedReactor.allow_private = plan.allow_private
    process = CrawlerProcess(settings(plan, folder))
    crawler = process.create_crawler(ReportSpider)
    process.crawl(crawler, plan=plan, folder=folder, archive=archive)
    if plan.max_time is not None:
        _end_after(plan.max_time)
    process.start()
    spider: Any = crawler.spider
    archive.close()
    reason = spider.reason if spider else "the spider did not start"
    folder.close(finished=reason == "finished")
    return str(reason)


def agent(plan: Plan) -> str:
    """The User-Agent: what this is, and whom a site's operator may write to."""
    try:
        number = version("ducha")
    except PackageNotFoundError:
        number = "0"
    return f"{AGENT}/{number} (+{plan.contact})"


def settings(plan: Plan, folder: Folder) -> dict[str, Any]:
    """What Scrapy is told: one request at a time for each host, nothing that was not asked for."""
    return {
        **_politeness(plan),
        **_limits(plan),
        **_quiet(folder),
        "TWISTED_REACTOR": "ingest.fetch.reactor.GuardedReactor",
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("http", "https"), "ingest.fetch.connection.Connection"),
            **dict.fromkeys(("data", "file", "ftp", "s3")),
        },
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "ingest.fetch.robots.Robots": 100,
            "ingest.fetch.backoff.Backoff": 550,
            "ingest.fetch.capture.Capture": 610,
        },
    }


def _politeness(plan: Plan) -> dict[str, Any]:
    return {
        "USER_AGENT": agent(plan),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "*/*",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
            # captures keep bodies as sent, and other archive tools know no newer ones
            "Accept-Encoding": "gzip, deflate",
        },
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
        "CONCURRENT_REQUESTS": 32,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": max(plan.delay, 0.001),
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": max(plan.delay, 0.001),
        "COOKIES_ENABLED": False,
    }


def _limits(plan: Plan) -> dict[str, Any]:
    """A proxy would connect in our place, past the check of addresses: none is used."""
    return {
        "DUCHA_TRIES": plan.tries,
        "DOWNLOAD_TIMEOUT": plan.deadline,
        "DOWNLOAD_MAXSIZE": plan.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_MAXDELAY": 5,
        "HTTPPROXY_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
    }


def _quiet(folder: Folder) -> dict[str, Any]:
    return {
        "LOG_FILE": str(folder.hidden / "log.txt"),
        "LOG_FILE_APPEND": False,
        "LOG_LEVEL": "INFO",
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
    }


def _say(line: str) -> None:
    """A line for the parent; without one there is nobody to fetch for."""
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except OSError:
        os._exit(1)


def _end_after(seconds: float) -> None:
    """Ends the process then; what it has written is whole, and the next run goes on from there.

    A walk that is asked to end waits for all that is under way, which a slow site can make minutes.
    """
    from twisted.internet import reactor  # noqa: PLC0415 - which one it is has just been chosen

    clock: Any = reactor

    def end() -> None:
        _say(json.dumps({"stopped": f"after --max-time {seconds:g}"}))
        os._exit(1)

    clock.callLater(seconds, end)


def _end_with_parent() -> None:
    """Ends the process when standard input does: the parent holds its other end."""
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
