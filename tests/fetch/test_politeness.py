"""One request at a time for each host, a delay between them, and a contact in every one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ingest.fetch.plan import Plan
from ingest.fetch.run import fetch
from tests.fetch.site import Page, Site, html, serving

DELAY = 0.15


def run(folder: Path, *sites: Site, **options: Any) -> list[dict[str, Any]]:
    urls = tuple(site.url + path for site in sites for path in site.pages if path != "/robots.txt")
    lines: list[dict[str, Any]] = []
    given = {"delay": DELAY, "allow_private": True, "contact": "office@example.cn"} | options
    fetch(Plan(urls, str(folder), **given), lines.append)
    return lines


def town(count: int, rules: bytes = b"") -> Site:
    pages = {f"/{one}.html": Page(html(f"<p>第{one}项 已完成</p>")) for one in range(count)}
    return Site({"/robots.txt": Page(rules)} | pages)


def pause(times: list[float]) -> float:
    """The mean seconds between two requests: one that a busy machine notes late comes near to the next."""
    return (times[-1] - times[0]) / (len(times) - 1)


def test_three_hosts(tmp_path: Path) -> None:
    sites = [town(6), town(6), town(6)]
    with serving(*sites):
        run(tmp_path, *sites)
    for site in sites:
        times = [one.at for one in site.log]
        assert len(times) == 7
        assert site.most == 1
        assert pause(times) >= DELAY * 0.8
        assert {one.agent for one in site.log} == {next(iter(site.log)).agent}
        assert "ducha/" in site.log[0].agent
        assert "+office@example.cn" in site.log[0].agent


def test_a_crawl_delay_is_kept(tmp_path: Path) -> None:
    site = town(4, b"User-agent: *\nCrawl-delay: 0.6\n")
    with serving(site):
        run(tmp_path, site, delay=0.01)
    assert len(site.log) == 5
    assert pause([one.at for one in site.log]) >= 0.48


def test_a_page_that_changed_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    site = town(2)
    with serving(site):
        first = run(tmp_path, site, delay=0.01)
        site.pages["/1.html"].body = html("<p>第1项 正在推进</p>")
        second = run(tmp_path, site, delay=0.01)
    assert [line["outcome"] for line in first if line["kind"] == "report"] == ["stored", "stored"]
    assert {line["url"][-6:]: line["outcome"] for line in second} == {
        "0.html": "unchanged",
        "1.html": "stored",
    }
    assert (tmp_path / second[-1]["file"]).read_bytes() == site.pages["/1.html"].body
    assert len([path for path in tmp_path.rglob("*.html") if ".fetch" not in path.parts]) == 2


def test_a_site_that_knows_no_conditions_is_compared_by_bytes(tmp_path: Path) -> None:
    site = town(1)
    site.pages["/0.html"].headers["ETag"] = ""
    site.pages["/0.html"].failures = [(200, {}), (200, {})]
    with serving(site):
        run(tmp_path, site, delay=0.01)
        second = run(tmp_path, site, delay=0.01)
    assert [line["outcome"] for line in second if line["kind"] == "report"] == ["unchanged"]
    assert second[-1]["status"] == 200


def test_a_missing_original_is_fetched_again(tmp_path: Path) -> None:
    site = town(1)
    with serving(site):
        first = run(tmp_path, site, delay=0.01)
        (tmp_path / first[-1]["file"]).unlink()
        second = run(tmp_path, site, delay=0.01)
    assert second[-1]["outcome"] == "stored"
    assert (tmp_path / second[-1]["file"]).read_bytes() == site.pages["/0.html"].body
