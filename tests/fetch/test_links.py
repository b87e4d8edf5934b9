"""What list pages, sitemaps and reports link to, by the built-in profiles and by one of a user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.fetch import links
from ingest.fetch.profile import BUILT_IN, load, recognised
from schema.errors import UsageError

BASE = "http://www.example.gov.cn/zwgk/index.html"


@pytest.mark.parametrize(
    ("script", "pages"),
    [
        ('createPageHTML(3, 0, "index", "html");', ["index_1.html", "index_2.html"]),
        ("createPageHTML('page_div',3,1,'index','shtml',37);", ["index_2.shtml"]),
        ('createPageHTML(1, 0, "index", "html");', []),
    ],
)
def test_trs_pages(script: str, pages: list[str]) -> None:
    found = links.listing(f"<script>{script}</script>", BASE, load("trs"))
    assert [page.rpartition("/")[2] for page in found.pages] == pages


def test_trs_takes_articles_only() -> None:
    items = '<li><a href="./202401/t20240115_1.html">甲</a><li><a href="../about/">政府信息公开工作指南</a>'
    found = links.listing(f"<ul>{items}</ul>", BASE, load("trs"))
    assert found.reports == ["http://www.example.gov.cn/zwgk/202401/t20240115_1.html"]


JCMS = (
    '<datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&amp;unitid=5"></a>]]>'
    "</nextgroup><recordset><record><![CDATA[<a href='/art/2024/1/5/art_12_3.html'>落实</a>]]></record>"
    "</recordset></datastore>"
)


def test_jcms_records_and_next_group() -> None:
    assert recognised(JCMS).name == "jcms"
    found = links.listing(JCMS, BASE, load("jcms"))
    assert found.reports == ["http://www.example.gov.cn/art/2024/1/5/art_12_3.html"]
    assert found.pages == ["http://www.example.gov.cn/module/web/jpage/dataproxy.jsp?page=1&unitid=5"]


@pytest.mark.parametrize("words", ["下一页", "下一页 ›", "[下一页]", "下页", "Next", "下一頁>>"])
def test_the_link_to_the_next_page(words: str) -> None:
    page = f'<a href="p0.html">上一页</a><a href="p2.html">{words}</a><a href="p9.html">尾页</a>'
    assert links.listing(page, BASE, load("generic")).pages == ["http://www.example.gov.cn/zwgk/p2.html"]


@pytest.mark.parametrize(
    "anchor",
    [
        '<a href="javascript:void(0)">市政府重点工作落实情况</a>',
        '<a href="http://other.com/1.html">市政府重点工作落实情况</a>',
        '<a href="1.html">首页</a>',
        '<a href="photo.jpg">市政府重点工作落实情况图</a>',
        '<a href="/zwgk/">市政府重点工作落实情况栏目</a>',
        '<a href="http://[broken">市政府重点工作落实情况</a>',
        '<a href="http://u:p@www.example.gov.cn/1.html">市政府重点工作落实情况</a>',
    ],
)
def test_what_is_no_report(anchor: str) -> None:
    assert links.listing(f"<ul><li>{anchor}</ul>", BASE, load("generic")).reports == []


@pytest.mark.parametrize(
    ("anchor", "count"),
    [
        ('<a href="1.DOCX">清单</a>', 1),
        ('<a href="/download?id=7">附件：任务清单</a>', 1),
        ('<a href="/down.jsp?file=a.xlsx">清单</a>', 1),
        ('<a href="2.html">相关阅读</a>', 0),
        ('<footer><a href="app.pdf">使用说明</a></footer>', 0),
        ('<a href="#附件1">附件1</a>', 0),
    ],
)
def test_attachments(anchor: str, count: int) -> None:
    assert len(links.attachments(f"<p>{anchor}</p>", BASE, load("generic"))) == count


def test_a_profile_of_ones_own_needs_no_code(tmp_path: Path) -> None:
    path = tmp_path / "town.toml"
    path.write_text(
        "[list]\narea = ['#reports']\nlink = '/r/\\d+$'\n[pages]\nscript = ['pages=(?P<count>\\d+)']\n"
        "address = '?p={number}'\nlimit = 3\n[attachments]\nlink = '/dl/'\n",
        encoding="utf-8",
    )
    page = '<a href="/r/1">甲</a><div id="reports"><a href="/r/22">一份完整的报告</a></div><i>pages=9</i>'
    found = links.listing(page, BASE, load(str(path)))
    assert found.reports == ["http://www.example.gov.cn/r/22"]
    assert found.pages == [f"{BASE}?p=1", f"{BASE}?p=2"]
    assert links.attachments('<a href="/dl/5">x</a>', BASE, load(str(path)))


@pytest.mark.parametrize("text", ["[list]\nlnk = 'x'", "[list]\nlink = '('", "[list", "other = 1"])
def test_a_profile_that_is_not_understood_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="bad"):
        load(str(path))


def test_every_profile_on_disk_is_built_in() -> None:
    folder = Path(links.__file__).parent / "profiles"
    assert {path.stem for path in folder.glob("*.toml")} == set(BUILT_IN)


def test_sitemaps() -> None:
    index = "<sitemapindex><sitemap><loc><![CDATA[http://a.cn/s1.xml]]></loc></sitemap></sitemapindex>"
    assert links.is_sitemap(index)
    assert links.locations(index) == (["http://a.cn/s1.xml"], True)
    assert links.locations("<urlset><url><loc>file:///etc</loc></url></urlset>") == ([], False)
