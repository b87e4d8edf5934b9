"""What stands around a report on a government site: navigation, path, sharing, footer."""

from __future__ import annotations

from typing import Final

_TOP: Final = ("首页", "新闻中心", "政务公开", "办事服务", "互动交流", "数据开放", "专题专栏", "走进我们")
_SIDE: Final = (
    "机构职能",
    "领导之窗",
    "政策文件",
    "规划计划",
    "统计信息",
    "人事信息",
    "财政预决算",
    "重点领域",
    "建议提案",
    "年度报告",
)

_PAGE: Final = """<!DOCTYPE html>
<html lang="zh-CN"><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{published}">
<style>.nav li {{ float: left; }} .side {{ width: 200px; }} table {{ border-collapse: collapse; }}</style>
<script>var hits = 0; function zoom(size) {{ document.body.style.fontSize = size + "px"; }}</script>
</head><body>
<div class="head"><ul class="nav">{top}</ul></div>
<div class="crumb">当前位置：<a href="/">首页</a>&nbsp;&gt;&nbsp;
<a href="/zwgk/">政务公开</a>&nbsp;&gt;&nbsp;工作动态</div>
<div class="side"><ul>{side}</ul></div>
<div class="article"><h1>{title}</h1>
<p class="info">发布日期：{published}&emsp;信息来源：办公室&emsp;字体：[大 中 小]</p>
<div class="content">
{body}
</div>
<p class="share">分享到：微信 微博</p></div>
<div class="foot"><p>主办单位：市人民政府办公室　网站标识码：3700000001</p><p>京ICP备00000001号</p></div>
</body></html>
"""


def framed(title: str, published: str, body: str, charset: str = "utf-8") -> bytes:
    """A whole page around the body, encoded; GB18030 declares itself as gb2312, as such pages do."""
    declared = "gb2312" if charset == "gb18030" else charset
    top, side = _links(_TOP), _links(_SIDE)
    text = _PAGE.format(charset=declared, title=title, published=published, top=top, side=side, body=body)
    return text.encode(charset)


def _links(names: tuple[str, ...]) -> str:
    return "".join(f'<li><a href="/c{at}/" target="_blank">{name}</a></li>' for at, name in enumerate(names))
