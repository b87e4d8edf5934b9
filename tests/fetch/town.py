"""A town's site with 60 reports behind three kinds of lists, and everything that goes wrong on the way."""

from __future__ import annotations

import io
from urllib.parse import quote

import xlsxwriter

from tests.fetch.site import Page, Site, html

PER_LIST, PER_PAGE = 20, 7
UNITS = ("市发展改革委", "市财政局", "市住房城乡建设局")


def tasks(number: int) -> list[tuple[str, str, str]]:
    """Content, unit and progress of the tasks in the report of this number."""
    return [
        (
            f"推进第{number}批老旧小区改造{number * 10 + one}个。",
            UNITS[(number + one) % len(UNITS)],
            f"已完成。全年改造老旧小区{number * 10 + one}个，惠及居民{number + one}万户。",
        )
        for one in range(1, 4)
    ]


def report(number: int, attached: str = "") -> bytes:
    """A report page; every third one is in GBK."""
    head = "<tr><th>序号</th><th>任务内容</th><th>责任单位</th><th>落实情况</th></tr>"
    rows = "".join(
        f"<tr><td>{one}</td>" + "".join(f"<td>{cell}</td>" for cell in task) + "</tr>"
        for one, task in enumerate(tasks(number), 1)
    )
    title = f"<h1>2023年市政府重点工作落实情况表（第{number}批）</h1>"
    link = f'<p>附件：<a href="{attached}">任务清单</a></p>' if attached else ""
    return html(f"{title}<table>{head}{rows}</table>{link}", "utf-8" if number % 3 else "gbk")


def workbook(number: int) -> bytes:
    """A workbook that a report links to."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, f"附件 {number}")
    return stream.getvalue()


def town() -> Site:
    """The site. Reports 1–20 are listed as TRS WCM does, 21–40 as JCMS does, 41–60 by links 下一页."""
    site = Site()
    rules = "User-agent: *\nDisallow: /secret/\nDisallow: /内部/\n# 内部资料\n".encode("gb18030")
    site.pages["/robots.txt"] = Page(rules, "text/plain")
    for number in range(1, 61):
        attached = f"/files/{number}.xlsx" if number % 10 == 0 else ""
        site.pages[path_of(number)] = Page(report(number, attached))
        if attached:
            site.pages[attached] = Page(workbook(number), "application/octet-stream")
    _trs(site)
    _jcms(site)
    _generic(site)
    _obstacles(site)
    return site


def path_of(number: int) -> str:
    """Where the report of this number is."""
    if number <= 20:
        return f"/zwgk/202401/t20240115_{1000 + number}.html"
    return f"/art/2024/1/15/art_12_{number}.html" if number <= 40 else f"/list/news-{number}.html"


LISTS = ("/zwgk/index.html", "/col/col12/index.html", "/list/page.html")
FORBIDDEN = ("/secret/t20240115_1.html", "/内部/t20240115_2.html")
BROKEN = ("/list/error-500.html", "/list/gone-404.html", "/list/shield-412.html", "/list/soft-404.html")
LOOP = "/list/loop.html"


def _items(numbers: range) -> list[str]:
    return [
        f'<li><a href="{path_of(one)}">2023年重点工作落实情况（第{one}批）</a><span>2024-01-15</span></li>'
        for one in numbers
    ]


def _list(items: list[str], rest: str = "") -> Page:
    menu = '<nav><ul><li><a href="/about-the-town.html">政府信息公开工作指南</a></li></ul></nav>'
    return Page(html(f'{menu}<ul class="list">{"".join(items)}</ul>{rest}'))


def _trs(site: Site) -> None:
    items = [f'<li><a href="{quote(path)}">不予公开的落实情况</a></li>' for path in FORBIDDEN]
    items += _items(range(1, 21))
    pages = [items[start : start + PER_PAGE] for start in range(0, len(items), PER_PAGE)]
    for index, part in enumerate(pages):
        name = f"index_{index}" if index else "index"
        script = f'<script>createPageHTML({len(pages)}, {index}, "index", "html");</script>'
        site.pages[f"/zwgk/{name}.html"] = _list(part, script)


def _jcms(site: Site) -> None:
    items, proxy = _items(range(21, 41)), "/module/web/jpage/dataproxy.jsp"
    site.pages["/col/col12/index.html"] = Page(
        html(
            f'<div id="34"></div><script type="text/xml">{_records(items[:PER_PAGE])}</script>'
            f"<script>var ajaxParam={{webid:1,columnid:12,unitid:'34'}};$('#34').jpage({{"
            f"proxyUrl:'{proxy}',totalRecord:20,perPage:{PER_PAGE}}});</script>"
        )
    )
    for first in range(PER_PAGE + 1, 21, PER_PAGE):
        last = min(first + PER_PAGE - 1, 20)
        query = f"startrecord={first}&endrecord={last}&perpage={PER_PAGE}&col=1&appid=1&webid=1"
        address = f"{proxy}?{query}&path=/&columnid=12&unitid=34&permissiontype=0"
        site.pages[address] = Page(_records(items[first - 1 : last]).encode(), "text/xml")


def _records(items: list[str]) -> str:
    inside = "".join(f"<record><![CDATA[{item}]]></record>" for item in items)
    return f"<datastore><recordset>{inside}</recordset></datastore>"


def _generic(site: Site) -> None:
    extra = [f'<li><a href="{path}">一篇打不开的落实情况报告</a></li>' for path in (*BROKEN, LOOP)]
    items = _items(range(41, 61)) + extra
    pages = [items[start : start + PER_PAGE] for start in range(0, len(items), PER_PAGE)]
    for index, part in enumerate(pages):
        following = f'<a href="page.html?p={index + 1}">下一页</a>' if index + 1 < len(pages) else ""
        site.pages["/list/page.html" + (f"?p={index}" if index else "")] = _list(part, following)


def _obstacles(site: Site) -> None:
    site.pages["/list/error-500.html"] = Page(b"oops", status=500)
    site.pages["/list/shield-412.html"] = Page(b"<script>$_ts=window['$_ts'];</script>", status=412)
    site.pages["/list/soft-404.html"] = Page(html("<p>您访问的页面不存在</p>"))
    site.pages[LOOP] = Page(status=302, headers={"Location": LOOP})
    site.pages[path_of(45)].seconds = 0.15
    site.pages[path_of(46)].failures = [(503, {"Retry-After": "1"}), (500, {})]
    site.pages["/list/moved.html"] = site.pages[path_of(47)]
    site.pages[path_of(47)] = Page(status=301, headers={"Location": "/list/moved.html"})
