"""Challenge and error pages are told from reports."""

from __future__ import annotations

import pytest

from ingest.fetch.screen import screened

REPORT = "<h1>督查结果</h1>" + "<p>完善网络安全验证机制，系统异常及时处置，页面不存在等问题已整改。</p>" * 20


@pytest.mark.parametrize(
    ("status", "html", "outcome"),
    [
        (202, "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script>", "challenge"),
        (521, "<script>document.cookie=('_')+('_')</script>", "challenge"),
        (200, "<script>var arg1='A';setCookie('acw_sc__v2',x)</script>", "challenge"),
        (403, "<title>提示</title><p>您的访问被拦截，网站防火墙</p>", "challenge"),
        (200, "<p>请开启JavaScript并刷新该页</p>", "challenge"),
        (200, "<p>访问过于频繁，请稍后再试</p>", "challenge"),
        (200, "<title>404</title><p>抱歉，找不到您要访问的页面</p>", "error_page"),
        (200, "<p>该信息已被删除</p>", "error_page"),
        (200, "<form><input type=password name=p></form>", "error_page"),
        (200, "<script>window.location.href='/new/1.html'</script>", "error_page"),
    ],
)
def test_a_screen_is_named(status: int, html: str, outcome: str) -> None:
    found = screened(status, html)
    assert found is not None
    assert found.outcome == outcome


@pytest.mark.parametrize(
    "html", [REPORT, "<p>第1项 老旧小区改造。已完成。</p>", f"<script>location='/m'</script>{REPORT}"]
)
def test_a_report_is_none(html: str) -> None:
    assert screened(200, html) is None
