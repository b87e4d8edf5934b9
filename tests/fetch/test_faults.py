"""Robots, redirects, slow, endless, broken and shielded answers: one run over a site for each fault."""

from __future__ import annotations

import gzip
import itertools
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ingest.fetch.plan import Plan
from ingest.fetch.run import fetch
from tests.fetch.site import Handler, Page, Site, html, serving

REPORT = html("<h1>市政府重点工作落实情况</h1><p>第1项 老旧小区改造。已完成。</p>")
TRIES, LIMIT = 4, 1_000_000
# one that no answer of a busy machine reaches, and one for answers that take longer for certain
PATIENCE, DEADLINE = 60.0, 1.5
PATHS = ("/open.html", "/inner/report.html")


def raw(head: str, *parts: bytes, pause: float = 0.0) -> Page:
    """An answer written as it stands, in parts, with a pause before each; then the connection ends."""

    def write(handler: Handler) -> None:
        handler.close_connection = True
        for part in (head.replace("\n", "\r\n").encode(), *parts):
            handler.wfile.write(part)
            time.sleep(pause)

    return Page(raw=write)


def robots(page: Page, **more: Page) -> Site:
    """A site with two reports behind this robots.txt."""
    return Site({"/robots.txt": page} | {path: Page(REPORT) for path in PATHS} | more)


RULES = b"User-agent: *\nDisallow: /inner/\n"
GBK_RULES = "# 禁止\nUser-agent: *\nDisallow: /inner/\nDisallow: /内部/\n".encode("gb18030")
LONG = b"# filler\n" * 120_000
ROBOTS = {
    "disallow": (Page(RULES, "text/plain"), "stored forbidden"),
    "404": (Page(b"", status=404), "stored stored"),
    "403": (Page(b"", status=403), "stored stored"),
    "500": (Page(b"", status=500), "robots_unreachable robots_unreachable"),
    "429": (Page(b"", status=429), "robots_unreachable robots_unreachable"),
    "long": (Page(RULES + b"User-agent: b\n" + LONG + b"User-agent: *\nDisallow: /x\n"), "stored forbidden"),
    "gbk": (Page(GBK_RULES), "stored forbidden"),
    "bom": (Page(b"\xef\xbb\xbf" + RULES.replace(b"\n", b"\r")), "stored forbidden"),
    "redirect": (Page(status=302, headers={"Location": "/rules.txt"}), "stored forbidden"),
    "loop": (Page(status=302, headers={"Location": "/robots.txt"}), "robots_unreachable robots_unreachable"),
    "slow": (Page(RULES, seconds=20), "robots_unreachable robots_unreachable"),
    "named": (Page(b"User-agent: ducha\nDisallow: /\n"), "forbidden forbidden"),
}
OK = "HTTP/1.1 200 OK\nContent-Type: text/html\n"
ANSWERS = {
    "/hops": (Page(status=302, headers={"Location": "/hops/1"}), "redirects"),
    "/to-file": (Page(status=302, headers={"Location": "file:///etc/hostname"}), "redirects"),
    "/to-data": (Page(status=302, headers={"Location": "data:text/html,x"}), "redirects"),
    "/slow-body": (raw(OK + "Content-Length: 900\n\n", *[b"a"] * 80, pause=0.25), "timeout"),
    "/slow-head": (raw("HTTP/1.1 200 OK\n", *[b"X: y\r\n"] * 80, pause=0.25), "timeout"),
    "/silent": (raw("", pause=20), "timeout"),
    "/endless": (raw(OK + "\n", *[b"a" * 100_000] * 40), "too_large"),
    "/announced": (raw(OK + "Content-Length: 99999999\n\n", b"a"), "too_large"),
    "/half": (raw(OK + "Content-Length: 900\n\n", b"<p>half"), "incomplete"),
    "/no-end": (raw(OK + "Transfer-Encoding: chunked\n\n", b"3\r\nabc\r\n"), "incomplete"),
    "/bomb": (Page(gzip.compress(b"a" * 4 * LIMIT), headers={"Content-Encoding": "gzip"}), "too_large"),
    "/412": (Page(b"<script src=/x.js></script>", status=412), "challenge"),
    "/521": (Page(b"<script>document.cookie=('_')+('_')</script>", status=521), "challenge"),
    "/503": (Page(b"busy", status=503), "failed"),
    "/empty": (Page(b""), "unreadable"),
    "/fine.html": (Page(REPORT), "stored"),
    "/zipped.html": (Page(gzip.compress(REPORT), headers={"Content-Encoding": "gzip"}), "stored"),
    "/login.docx": (Page(html("<form><input type='password'></form>")), "error_page"),
}


SLOW = ("slow", "/slow-body", "/slow-head", "/silent")


def plan(folder: Path, urls: list[str], **options: Any) -> Plan:
    given = {"delay": 0.05, "max_bytes": LIMIT * 2, "tries": TRIES, "allow_private": True} | options
    return Plan(tuple(urls), str(folder), contact="a@b.cn", **given)


class Ran:
    """A run over all sites: what it said of each address, and what the sites saw.

    What never comes to its end is asked for in a second run, with a short deadline.
    """

    def __init__(self, folder: Path) -> None:
        self.hosts = {name: robots(page) for name, (page, _) in ROBOTS.items()}
        self.hosts["redirect"].pages["/rules.txt"] = Page(RULES, "text/plain")
        # each fault stands on a host of its own: a host rests after each of its faults
        self.faults = {path: Site({path: page}) for path, (page, _) in ANSWERS.items()}
        self.faults["/hops"].pages |= {
            f"/hops/{one}": Page(status=302, headers={"Location": f"/hops/{one + 1}"}) for one in range(1, 50)
        }
        # its answer takes longer than the delay: the next request is due when it comes
        asks = Page(b"", status=503, headers={"Retry-After": "900"}, seconds=0.4)
        self.patient = Site({"/a": asks, "/b": Page(REPORT)})
        self.lines: list[dict[str, Any]] = []
        with serving(*self.hosts.values(), *self.faults.values(), self.patient):
            urls = [self.patient.url + "/a", self.patient.url + "/b", "https" + self.patient.url[4:] + "/tls"]
            quick = plan(folder / "quick", urls + self._urls(slow=False), deadline=PATIENCE)
            slow = plan(folder / "slow", self._urls(slow=True), deadline=DEADLINE)
            self.summaries = [fetch(one, self.lines.append) for one in (quick, slow)]
        self.outcomes = {line["url"]: line["outcome"] for line in self.lines}

    def _urls(self, slow: bool) -> list[str]:
        urls = [site.url + path for path, site in self.faults.items() if (path in SLOW) is slow]
        hosts = [site for name, site in self.hosts.items() if (name in SLOW) is slow]
        return [site.url + path for site in hosts for path in PATHS] + urls


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return Ran(tmp_path_factory.mktemp("faults"))


@pytest.mark.parametrize("name", ROBOTS)
def test_robots(ran: Ran, name: str) -> None:
    site = ran.hosts[name]
    outcomes = [ran.outcomes[site.url + path] for path in PATHS]
    assert outcomes == ROBOTS[name][1].split()
    asked = {one.path for one in site.log} & set(PATHS)
    assert asked == {path for path, outcome in zip(PATHS, outcomes, strict=True) if outcome == "stored"}


@pytest.mark.parametrize("path", ANSWERS)
def test_answer(ran: Ran, path: str) -> None:
    site = ran.faults[path]
    assert ran.outcomes[site.url + path] == ANSWERS[path][1]
    assert sum(one.path == path for one in site.log) <= TRIES
    assert all(one.host == site.url.removeprefix("http://") for one in site.log)


def test_redirects_end_after_five(ran: Ran) -> None:
    assert len([one for one in ran.faults["/hops"].log if one.path != "/robots.txt"]) == 6


def test_a_shield_is_asked_once(ran: Ran) -> None:
    assert [len([one for one in ran.faults[path].log if one.path == path]) for path in ("/412", "/521")] == [
        1,
        1,
    ]


def test_tries_come_later_each_time(ran: Ran) -> None:
    times = [one.at for one in ran.faults["/503"].log if one.path == "/503"]
    pauses = [after - before for before, after in itertools.pairwise(times)]
    assert len(times) == TRIES
    assert all(pause >= 0.05 * 2**number for number, pause in enumerate(pauses, 1))


def test_a_host_that_asks_for_a_long_wait_is_left_alone(ran: Ran) -> None:
    assert [ran.outcomes[ran.patient.url + path] for path in ("/a", "/b")] == ["failed", "deferred"]
    assert [one.path for one in ran.patient.log] == ["/robots.txt", "/a"]


def test_a_broken_secure_connection_is_no_page(ran: Ran) -> None:
    assert ran.outcomes["https" + ran.patient.url[4:] + "/tls"] == "robots_unreachable"


def test_the_run_comes_to_its_end(ran: Ran) -> None:
    assert all(summary.finished for summary in ran.summaries)
    stored = [line for line in ran.lines if line["outcome"] == "stored" and line["kind"] == "report"]
    assert sum(summary.of("stored") for summary in ran.summaries) == len(stored)


def test_a_host_that_breaks_rests_before_its_next_request(tmp_path: Path) -> None:
    broken = raw("", b"", pause=0.5)
    site = Site({"/a": broken, "/b": Page(REPORT)})
    with serving(site):
        fetch(plan(tmp_path, [site.url + "/a", site.url + "/b"], delay=0.4, tries=2), lambda line: None)
    first, second = [one.at for one in site.log if one.path != "/robots.txt"][:2]
    # the answer breaks off after 1.0 s, and 0.8 s is twice the delay
    assert second - first >= 1.75


def test_a_host_that_dribbles_is_given_up(tmp_path: Path) -> None:
    dribbling = raw(OK + "Content-Length: 900\n\n", *[b"a"] * 900, pause=0.2)
    site = Site({f"/{one}": dribbling for one in range(6)})
    lines: list[dict[str, Any]] = []
    with serving(site):
        urls = [site.url + path for path in site.pages]
        summary = fetch(plan(tmp_path, urls, delay=0.01, deadline=0.8), lines.append)
    outcomes = Counter(line["outcome"] for line in lines if line["kind"] == "report")
    assert summary.finished
    assert (set(outcomes), sum(outcomes.values())) == ({"timeout", "deferred"}, 6)
    assert len([one for one in site.log if one.path != "/robots.txt"]) == 8
    said = {line["message"] for line in lines if line["outcome"] == "deferred"}
    assert said == {"8 requests to the host failed in a row, the last one by DownloadTimeoutError"}


def test_a_run_ends_at_its_time_and_goes_on_from_there(tmp_path: Path) -> None:
    site = Site({path: Page(REPORT) for path in PATHS})
    lines: list[dict[str, Any]] = []
    with serving(site):
        urls = [site.url + path for path in PATHS]
        first = fetch(plan(tmp_path, urls, delay=60.0, max_time=1.5), lines.append)
        second = fetch(plan(tmp_path, urls), lines.append)
    assert (first.finished, first.reason) == (False, "after --max-time 1.5")
    assert (second.finished, second.of("stored")) == (True, 2)
    assert site.served() == dict.fromkeys(PATHS, 1)
