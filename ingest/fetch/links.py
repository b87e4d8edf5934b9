"""What a page links to: the reports and further pages of a list, the attachments of a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from math import ceil
from typing import Any, Final, NamedTuple
from urllib.parse import urldefrag, urlsplit

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from ingest.fetch.address import same_site
from ingest.fetch.anchors import Base, absolute, base_of, framed, target, words
from ingest.fetch.plan import is_web
from ingest.fetch.profile import Profile
from ingest.fetch.turning import following

# what surrounds the page on every page of a site
_AROUND: Final = frozenset({"nav", "header", "footer"})
# 上一页 · 尾页 · 更多>> · [2]
_TURNING: Final = re.compile(r"^\W*(?:[首上下末尾]一?[页頁]|更多|返回.*|\d+)\W*$")
# pictures, styles and programs are no reports
_NO_REPORT: Final = re.compile(r"\.(?:jpe?g|png|gif|svg|ico|css|js|mp[34]|exe|apk)$", re.I)
# 关于…情况的报告 has more; 首页 and 政务公开 in a menu have less
_SHORTEST_TITLE: Final = 6
# a report may link to five others below its text
_MANY: Final = 6
_BLANK: Final = re.compile(r"\s+")
_SITEMAP: Final = re.compile(r"<(?:urlset|sitemapindex)\b")
_LOCATION: Final = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)", re.I)


class Link(NamedTuple):
    """An absolute address without its fragment, and the words of the link."""

    url: str
    text: str


class Listing(NamedTuple):
    """What a list page says: the reports in order, the further pages, and how many links it has.

    ``stuck`` is a link 下一页 that only a browser can follow.
    """

    reports: list[str]
    pages: list[str]
    others: int
    stuck: bool = False


def listing(
    html: str,
    url: str,
    profile: Profile,
    title: re.Pattern[str] | None = None,
    encoding: str = "utf-8",
) -> Listing:
    """The reports that a list page links to, and the addresses of the pages after it.

    ``encoding`` is that of the page: browsers send the words of a query in it.

    >>> from ingest.fetch.profile import load
    >>> page = '<ul><li><a href="t1.html">市政府重点工作落实情况</a></ul><a href="p2.html">下一页</a>'
    >>> listing(page, "http://a.cn/list/", load("generic"))
    Listing(reports=['http://a.cn/list/t1.html'], pages=['http://a.cn/list/p2.html'], others=0, stuck=False)
    """
    found = _reports(html, url, profile, encoding)
    wanted = dict.fromkeys(link.url for link in found if title is None or title.search(link.text))
    all_pages, stuck = _pages(html, url, profile, encoding)
    pages = [page for page in dict.fromkeys(all_pages) if page != urldefrag(url)[0]]
    return Listing(list(wanted), pages, len(found) - len(wanted), stuck)


def attachments(html: str, url: str, profile: Profile, encoding: str = "utf-8") -> list[str]:
    """The attachments that a report page links to, in order, each once, and what it shows in frames.

    >>> from ingest.fetch.profile import load
    >>> attachments('<p>附件：<a href="1.docx">任务清单</a></p>', "http://a.cn/b/c.html", load("generic"))
    ['http://a.cn/b/1.docx']
    """
    tree = _parsed(html)
    base = base_of(tree, url, encoding)
    found = [
        link.url
        for link in _in_areas(tree, profile.attachment_areas, base, bool)
        if _is_attachment(link, profile)
    ]
    found += framed(tree, base, profile.attachment_link)
    return [one for one in dict.fromkeys(found) if one != url]


def frames(html: str, url: str, encoding: str = "utf-8", files: re.Pattern[str] | None = None) -> list[str]:
    """The pages of the same site that a page shows in frames, without those that show ``files``.

    >>> frames('<frameset><frame src="left.html"><frame src="落实.html"></frameset>', "http://a.cn/")
    ['http://a.cn/left.html', 'http://a.cn/落实.html']
    """
    tree = _parsed(html)
    found = framed(tree, base_of(tree, url, encoding), None)
    return [one for one in found if related(one, url) and not (files and _shows(one, files))]


def is_list(html: str, url: str, profile: Profile) -> bool:
    """Whether a page is a list of reports rather than one: most of its words are those of such links."""
    found = {link.url: link.text for link in _reports(html, url, profile, "utf-8")}
    shown = _BLANK.sub("", _parsed(html).text_content())
    return len(found) >= _MANY and 2 * sum(map(len, found.values())) > len(shown)


def locations(xml: str) -> tuple[list[str], bool]:
    """The addresses in a sitemap, and whether they are sitemaps themselves.

    >>> locations("<urlset><url><loc>http://a.cn/落实.html</loc></url></urlset>")
    (['http://a.cn/落实.html'], False)
    """
    found = [match.group(1).replace("&amp;", "&") for match in _LOCATION.finditer(xml)]
    return [one for one in found if is_web(one)], "<sitemapindex" in xml


def is_sitemap(text: str) -> bool:
    """Whether the text is a sitemap, whatever its address was given as."""
    return bool(_SITEMAP.search(text[:2000]))


def related(url: str, other: str) -> bool:
    """Whether two addresses are of one site."""
    return same_site(_host(url), _host(other))


def _is_attachment(link: Link, profile: Profile) -> bool:
    if _shows(link.url, profile.attachment_link):
        return True
    return bool(profile.attachment_text.search(link.text)) and not urlsplit(link.url).path.endswith("/")


def _shows(url: str, files: re.Pattern[str]) -> bool:
    parts = urlsplit(url)
    return bool(files.search(parts.path) or files.search(parts.query))


def _reports(html: str, url: str, profile: Profile, encoding: str) -> list[Link]:
    """The links to reports; by what they look like when the profile's pattern finds none."""
    parts = profile.records.findall(html) if profile.records else []
    tree, areas = _parsed("".join(parts) or html), () if parts else profile.areas
    found = _in_areas(tree, areas, base_of(tree, url, encoding), _looks_like_report)
    own = [link for link in found if related(link.url, url) and link.url != urldefrag(url)[0]]
    if profile.link:
        named = [link for link in own if profile.link.search(link.url)]
        if named:
            return named
    return [link for link in own if _looks_like_report(link)]


def _looks_like_report(link: Link) -> bool:
    path = urlsplit(link.url).path
    is_page = not path.endswith("/") or bool(urlsplit(link.url).query)
    is_title = len(link.text) >= _SHORTEST_TITLE and not _TURNING.match(link.text)
    return is_page and is_title and not _NO_REPORT.search(path)


def _pages(html: str, url: str, profile: Profile, encoding: str) -> tuple[list[str], bool]:
    """The pages after this one: all of them when a script tells their number, else the next, else by
    their numbers; and whether the next one is there but has no address.
    """
    tree = _parsed(html)
    base = base_of(tree, url, encoding)
    told = list(_told(html, profile)) if profile.script else []
    source = profile.next_source.search(html) if profile.next_source and not told else None
    if source:
        told = [source.group(1).replace("&amp;", "&")]
    if told:
        return [page for page in (absolute(base, one) for one in told) if page], False
    found = following(tree, base, profile.next_text)
    return found.pages, found.stuck


def _told(html: str, profile: Profile) -> Iterator[str]:
    """The addresses that the values in a script make; none unless every pattern matches."""
    found = [pattern.search(html) for pattern in profile.script]
    if not all(found):
        return
    values = {key: value for one in found if one for key, value in one.groupdict().items()}
    per = max(int(values.get("per", 1)), 1)
    total = int(values.get("total", 0))
    count = int(values["count"]) if "count" in values else ceil(total / per)
    for number in range(int(values.get("index", 0)) + 1, min(count, profile.limit)):
        place = {"number": number, "first": number * per + 1, "last": min((number + 1) * per, total)}
        yield profile.address.format(**(values | place))


def _parsed(html: str) -> Any:
    parser = HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True)
    try:
        return document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return document_fromstring("<html></html>")


def _in_areas(tree: Any, areas: Iterable[str], base: Base, fits: Callable[[Link], bool]) -> list[Link]:
    """The links of the first area that has one that fits; of the whole page when there is none."""
    for selector in areas:
        found = [link for area in tree.cssselect(selector) for link in _links(area, base)]
        if any(map(fits, found)):
            return found
    return list(_links(tree, base))


def _links(area: Any, base: Base) -> Iterator[Link]:
    for anchor in area.iter("a", "area"):
        url = target(base, anchor)
        if url and not any(parent.tag in _AROUND for parent in anchor.iterancestors()):
            yield Link(url, words(anchor))


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
