"""No connection to an address that is not public, however it is written, resolved or redirected to."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.fetch.address import is_public
from ingest.fetch.plan import Plan
from ingest.fetch.run import fetch
from tests.fetch.site import Page, Site, html, serving

PUBLIC = "93.184.215.14"
HOSTS = (
    *(
        "127.0.0.1",
        "127.1",
        "localhost",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
    ),
    *("100.64.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "[::1]", "[::]"),
    *("[::ffff:127.0.0.1]", "[fe80::1]", "[fc00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1"),
    *("255.255.255.255", "inner.example", "rebinds.example"),
)
NAMES = {
    "inner.example": ["10.1.2.3"],
    "rebinds.example": ["127.0.0.1"],
    "moves.example": [PUBLIC, "192.168.0.9"],
    "www.example.cn": [PUBLIC],
}


def fetched(plan: Plan, site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, list[str]]:
    """What the run says, and the addresses that were really connected to."""
    log = folder / "connections.txt"
    log.touch()
    given = {"names": NAMES, "port": int(site.url.rpartition(":")[2]), "log": str(log)}
    monkeypatch.setenv("DUCHA_DOUBLE", json.dumps(given))
    lines: list[dict[str, Any]] = []
    fetch(plan, lines.append, (sys.executable, "-m", "tests.fetch.double"))
    return lines, log.read_text(encoding="utf-8").split()


def test_no_private_address_is_connected_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    urls = tuple(f"http://{host}:8080/report.html" for host in HOSTS)
    plan = Plan(urls, str(tmp_path / "out"), delay=0.001, tries=1, contact="a@b.cn")
    site = Site()
    with serving(site):
        lines, made = fetched(plan, site, tmp_path, monkeypatch)
    assert made == []
    assert {line["url"]: line["outcome"] for line in lines} == dict.fromkeys(urls, "private_address")
    assert len(urls) == 25


def test_redirects_and_names_that_move_are_checked_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets = ("http://169.254.169.254/latest", "http://2130706433/", "http://inner.example/", "file:///etc")
    site = Site({f"/{one}": Page(status=302, headers={"Location": to}) for one, to in enumerate(targets)})
    site.pages["/robots.txt"] = Page(b"", status=404)
    site.pages["/page.html"] = Page(html("<p>市政府重点工作落实情况的报告</p>"))
    # moves.example names a private address the second time; each answer ends its connection
    site.pages["/first.html"] = Page(html("<p>落实情况</p>"), headers={"Connection": "close"})
    urls = [f"http://www.example.cn/{one}" for one in range(len(targets))]
    urls += ["http://www.example.cn/page.html", "http://moves.example/first.html"]
    plan = Plan(tuple(urls), str(tmp_path / "out"), delay=0.001, tries=1, contact="a@b.cn")
    with serving(site):
        lines, made = fetched(plan, site, tmp_path, monkeypatch)
    outcomes = {line["url"]: line["outcome"] for line in lines if line["kind"] == "report"}
    assert [outcomes[url] for url in urls] == [*["private_address"] * 3, "redirects", "stored", "stored"]
    assert set(made) == {PUBLIC}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "fe80::1%1"]
)
def test_an_address_inside_an_address_counts(host: str) -> None:
    assert not is_public(host)


@pytest.mark.parametrize("host", ["1.2.4.8", "2400:3200::1", "::ffff:1.2.4.8"])
def test_public_addresses_pass(host: str) -> None:
    assert is_public(host)
