"""Sites as they are: lists that turn in many ways, pages that send on, frames, names in GBK, scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.fetch import links
from ingest.fetch.naming import path_of
from ingest.fetch.plan import Plan
from ingest.fetch.profile import load
from ingest.fetch.run import Summary, fetch
from ingest.fetch.screen import is_made_later, sent_on
from tests.fetch.site import Page, Site, html, serving
from tests.ingest.formats import made

BASE = "http://www.example.gov.cn/zwgk/index.html"
HOST = "http://www.example.gov.cn"


def next_pages(page: str, base: str = BASE) -> list[str]:
    found = links.listing(page, base, load("generic"))
    assert not found.stuck
    return [url.rpartition("/")[2] for url in found.pages]


@pytest.mark.parametrize(
    ("page", "pages"),
    [
        ('<a href="p2.html"><img src="n.gif" alt="下一页"></a>', ["p2.html"]),
        ('<a class="page-next" href="?page=2"><i></i></a>', ["index.html?page=2"]),
        ('<link rel="next" href="p2.html">', ["p2.html"]),
        ("<a href='#' onclick=\"location.href='p2.html'\">下一页</a>", ["p2.html"]),
        ("<a href=\"javascript:window.open('p2.html')\">下一页</a>", ["p2.html"]),
        ('<div><b>1</b><a href="i_1.html">2</a><a href="i_2.html">3</a></div>', ["i_1.html", "i_2.html"]),
        ('<ul><li><a href="l-2">2</a></li><li><a href="l-3">3</a></li></ul>', ["l-2", "l-3"]),
        ('<select><option value="i.html">1<option value="i2.html">第2页</select>', ["i.html", "i2.html"]),
        ('<a class="next">下一页</a>', []),
        ('<a href="javascript:;">下一页</a><a href="javascript:void(0);">尾页</a>', []),
        # days of a calendar, years of a menu, steps of a form
        ('<table><tr><td><a href="/d/4.html">4</a></td><td><a href="/d/5.html">5</a></td></tr></table>', []),
        ('<p><a href="/y/2023.html">2023</a> <a href="/about.html">2</a></p>', ["2023.html"]),
        ('<p>第<a href="x.html">3</a>条</p>', []),
    ],
)  # fmt: skip
def test_the_pages_after_a_list(page: str, pages: list[str]) -> None:
    assert next_pages(page) == pages


@pytest.mark.parametrize(
    "anchor", ['<a href="javascript:goPage(2)">下一页</a>', '<a href="#" onclick="turn(2)">下一页</a>']
)
def test_a_next_page_without_an_address_is_told(anchor: str) -> None:
    found = links.listing(f'<a href="1.html">市政府重点工作落实情况</a>{anchor}', BASE, load("generic"))
    assert (found.stuck, found.pages, len(found.reports)) == (True, [], 1)


@pytest.mark.parametrize(
    ("anchor", "encoding", "url"),
    [
        ('<a href="/d.jsp?f=附件.docx">附件</a>', "gb18030", f"{HOST}/d.jsp?f=%B8%BD%BC%FE.docx"),
        ('<a href="/d.jsp?f=附件.docx">附件</a>', "utf-8", f"{HOST}/d.jsp?f=附件.docx"),
        ('<a href="/附件.docx">附件</a>', "gb18030", f"{HOST}/附件.docx"),
        ('<a href="../../../x/a.docx">附件</a>', "utf-8", f"{HOST}/x/a.docx"),
        ('<a href="..\\x\\a.docx">附件</a>', "utf-8", f"{HOST}/x/a.docx"),
        ('<a href=" \n/x/a\n.docx">附件</a>', "utf-8", f"{HOST}/x/a.docx"),
        ("<a href='#' onclick=\"window.open('/x/a.docx','_blank')\">附件</a>", "utf-8", f"{HOST}/x/a.docx"),
        ("<a href=\"javascript:down('/x/a.docx')\">附件</a>", "utf-8", f"{HOST}/x/a.docx"),
        ('<iframe src="/js/viewer.html?file=%2Fx%2Fa.pdf"></iframe>', "utf-8", f"{HOST}/x/a.pdf"),
        ('<embed src="a.pdf">', "utf-8", f"{HOST}/zwgk/a.pdf"),
        ('<object data="a.pdf"></object>', "utf-8", f"{HOST}/zwgk/a.pdf"),
    ],
)
def test_an_attachment_however_it_is_linked(anchor: str, encoding: str, url: str) -> None:
    assert links.attachments(f"<p>{anchor}</p>", BASE, load("generic"), encoding) == [url]


@pytest.mark.parametrize(
    "anchor", ["<a href='javascript:share()'>分享</a>", '<iframe src="/ad.html"></iframe>', "<a href>x</a>"]
)
def test_what_is_no_attachment(anchor: str) -> None:
    assert links.attachments(f"<p>{anchor}</p>", BASE, load("generic")) == []


@pytest.mark.parametrize(
    ("script", "to"),
    [
        ("window.location.href='/r.html';", f"{HOST}/r.html"),
        ('location.replace("r.html")', f"{HOST}/zwgk/r.html"),
        ("location = 'r.html' ;", f"{HOST}/zwgk/r.html"),
        ("if(m)location.href='/m.html';else location.href='/r.html';", None),
        ("document.cookie='a=1';location.href='/r.html';", None),
        ("location.href='/r.html?t='+k;", None),
        ("location.href='javascript:x()';", None),
        ("top.location.href=u;", None),
    ],
)
def test_where_a_script_sends_the_browser(script: str, to: str | None) -> None:
    assert sent_on(f"<script>{script}</script>", BASE) == to


def test_a_page_that_a_script_makes() -> None:
    app = '<div id="app"></div><script src="a.js"></script>'
    assert is_made_later(app)
    assert not is_made_later(app + '<iframe src="1.html"></iframe>')
    assert not is_made_later("<p>第1项 老旧小区改造。已完成。</p>" + app)
    assert not is_made_later("")


def test_a_name_in_gbk_and_a_suffix_in_the_query() -> None:
    url = "http://a.cn/down.jsp?file=%B8%BD%BC%FE.xlsx"
    assert str(path_of(url, "application/octet-stream")) == "a.cn/down.jsp-file=附件.xlsx"


def test_a_list_that_was_given_as_a_report_is_known_for_one() -> None:
    menu = '<ul><li><a href="/about.html">关于我们的网站</a></ul>'
    assert links.is_list(html(menu + items(*range(1, 9))).decode(), BASE, load("generic"))
    text = "<p>第1项 老旧小区改造200个，已全部完成，惠及居民3万户。</p>" * 20
    assert not links.is_list(html(text + items(*range(1, 9))).decode(), BASE, load("generic"))
    assert not links.is_list(html(items(1, 2)).decode(), BASE, load("generic"))


def report(number: int) -> Page:
    return Page(html(f"<h1>落实情况</h1><p>第{number}项 老旧小区改造{number}个，已全部完成。</p>"))


def items(*numbers: int) -> str:
    inside = (f'<li><a href="/r/{n}.html">2023年重点工作落实情况（第{n}批）</a></li>' for n in numbers)
    return f"<ul>{''.join(inside)}</ul>"


def run(
    folder: Path, site: Site, *paths: str, **options: Any
) -> tuple[Summary, dict[str, dict[str, Any]], Summary]:
    """The first run, its lines by path, and the run after it."""
    lines: list[dict[str, Any]] = []
    with serving(site):
        urls = tuple(site.url + path for path in paths)
        given = {"delay": 0.01, "allow_private": True, "contact": "a@b.cn"} | options
        summary = fetch(Plan(urls, str(folder), **given), lines.append)
        again = fetch(Plan(urls, str(folder), **given), lambda line: None)
    return summary, {line["url"].removeprefix(site.url): line for line in lines}, again


def test_reports_behind_scripts_and_in_frames(tmp_path: Path) -> None:
    frameset = b'<html><frameset cols="20%,80%"><frame src="m.html"><frame src="/r/3.html"></frameset></html>'
    site = Site(
        {
            "/loc.html": Page(html("<script>window.location.href='/r/1.html';</script>")),
            "/ring.html": Page(html("<script>location.href='/ring2.html'</script>")),
            "/ring2.html": Page(html("<script>location.href='/ring.html'</script>")),
            "/meta.html": Page(html('<meta http-equiv="refresh" content="0;url=/r/2.html">')),
            "/frames.html": Page(frameset),
            "/m.html": Page(html("<a href='/'>首页</a>")),
            "/app.html": Page(html('<div id="app"></div><script src="/app.js"></script>')),
            "/file.html": Page(html('<h1>附件测试的报告</h1><a href="/get?id=7">附件：任务清单</a>')),
            "/get?id=7": Page(made.xlsx([["序号", "任务"], ["1", "修路"]]), "application/octet-stream"),
        }
        | {f"/r/{n}.html": report(n) for n in (1, 2, 3)}
    )
    asked = ("/loc.html", "/ring.html", "/meta.html", "/frames.html", "/app.html", "/file.html")
    _, lines, again = run(tmp_path, site, *asked)
    outcomes = {path: lines[path]["outcome"] for path in asked}
    ended = ["stored", "redirects", "stored", "stored", "error_page", "stored"]
    assert list(outcomes.values()) == ended
    assert "a loop over" in lines["/ring.html"]["message"]
    assert lines["/loc.html"]["final_url"] == f"{site.url}/r/1.html"
    assert lines["/frames.html"]["attachments"] == [f"{site.url}/m.html", f"{site.url}/r/3.html"]
    assert lines["/r/3.html"]["parent"] == f"{site.url}/frames.html"
    assert "script" in lines["/app.html"]["message"]
    assert lines["/get?id=7"]["file"].endswith("/get-id=7.xlsx")
    assert again.of("stored") == 0


def test_lists_that_turn_in_many_ways(tmp_path: Path) -> None:
    endless = items(7) + '<a href="/end/?p={}">下一页</a>'
    site = Site(
        {
            "/num/1.html": Page(
                html(items(1) + '<div>1 <a href="2.html">2</a> <a href="3.html">3</a></div>')
            ),
            "/num/2.html": Page(
                html(items(2) + '<div><a href="1.html">1</a> 2 <a href="3.html">3</a></div>')
            ),
            "/num/3.html": Page(html(items(3))),
            "/in.html": Page(html('<iframe src="/inner.html"></iframe>')),
            "/inner.html": Page(html(items(4))),
            "/js.html": Page(html('<div id="app"></div><script src="/app.js"></script>')),
            "/stuck.html": Page(html(items(5) + '<a href="javascript:go(2)">下一页</a>')),
            "/end/": Page(html(endless.format(1))),
        }
        | {f"/end/?p={n}": Page(html(endless.format(n + 1))) for n in range(1, 50)}
        | {f"/r/{n}.html": report(n) for n in range(1, 9)}
    )
    lists = ("/num/1.html", "/in.html", "/js.html", "/stuck.html", "/end/")
    summary, lines, _ = run(tmp_path, site, *lists, follow=True)
    stored = {
        path for path, line in lines.items() if line["outcome"] == "stored" and line["kind"] == "report"
    }
    assert stored == {f"/r/{n}.html" for n in (1, 2, 3, 4, 5, 7)}
    assert (summary.finished, summary.bad) == (True, 2)
    assert "made by a script" in lines["/js.html"]["message"]
    assert lines["/stuck.html"]["message"].startswith("not all of the list")
    assert "/end/?p=2" not in lines
