"""What one line of page furniture looks like: toolbars, breadcrumbs, footers, injected text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from extract.alternatives import longest_first
from extract.lexicon.load import load_toml
from extract.script import simplify

_BLANKS: Final = re.compile(r"\s+")
# What separates the words of a bar: 首页 > 政务公开, 【打印本页】 【关闭窗口】, • 简体, 分享:
_SEPARATORS: Final = re.compile(r"[\s|｜/•·●【】\[\]［］()（）<>＞〉》«»›→,，.。!！:：;；、-]+")
_ARROW: Final = re.compile(r"[>＞›»→]")
_LETTER: Final = re.compile(r"[\w\u2600-\U0001ffff]")
_TAGS: Final = re.compile(r"(?:<[^<>]{0,200}>|\s)+")
_BORDER: Final = re.compile(r"[|｜][|｜ \u3000]*")
# 本报记者某某 摄: what stands under a photograph.
_CAPTION: Final = re.compile(r"(?:记者|摄影|通讯员|供图).{0,16}摄?$")
_DASH: Final = r"[—\-－─–]{1,2}"
_PAGE_NUMBER: Final = re.compile(
    rf"{_DASH}\s?[0-9]{{1,4}}\s?{_DASH}|第\s?[0-9]{{1,4}}\s?页.{{0,4}}(?:共\s?[0-9]{{1,4}}\s?页)?"
)
# 主办：   邮编:
_IMPRINT_LABEL: Final = re.compile(r"([\u4e00-\u9fff]{2,6})[：:]")
_LONE: Final = 3
_SHORT: Final = 40
_LONG: Final = 160


def _words() -> dict[str, Any]:
    return load_toml("furniture")


def bare(line: str) -> str:
    """A line without its blanks and the marks in front: what the word lists are compared with.

    >>> bare("【 打印 本页 】")
    '打印本页】'
    """
    return _BLANKS.sub("", line).lstrip("【[［(（•·●|｜-—>")


def is_toolbar(line: str) -> bool:
    """Whether a line holds nothing but the words of toolbars and navigation bars.

    >>> is_toolbar("【打印本页】 【关闭窗口】"), is_toolbar("打印设备采购")
    (True, False)
    """
    words = [word for word in _SEPARATORS.split(line) if word]
    return bool(words) and all(word in _toolbar() or _glued().fullmatch(word) for word in words)


def is_breadcrumb(line: str) -> bool:
    """Whether a line is a path of pages: 首页 > 政务公开 > 年度重点任务.

    >>> is_breadcrumb("首页  >  政务公开  >  通知公告 > 正文"), is_breadcrumb("增速>5%")
    (True, False)
    """
    if len(line) > _LONG or "。" in line:
        return False
    steps = [step.strip() for step in _ARROW.split(line)]
    return _ARROW.match(line) is not None or (
        len(steps) > 1 and (len(steps) > 2 or "首页" in line) and all(len(step) <= _SHORT for step in steps)
    )


def is_remains(line: str) -> bool:
    """Whether a line is left of mark-up or typography: a bullet, ``-->``, ``<canvas …></canvas>``.

    >>> is_remains("•"), is_remains("-->"), is_remains('<canvas id="Canvas"></canvas>'), is_remains("42")
    (True, True, True, False)
    """
    return not _LETTER.search(line) or _TAGS.fullmatch(line) is not None


def is_tags(line: str) -> bool:
    """Whether a line holds nothing but tags, the end of one, or the borders of a table.

    >>> is_tags('<canvas id="Canvas"></canvas>'), is_tags("-->"), is_tags("|||"), is_tags("—")
    (True, True, True, False)
    """
    return bool(_TAGS.fullmatch(line) or _BORDER.fullmatch(line)) or line in {"-->", "<!--", "•", "]]>"}


def is_furniture(line: str) -> bool:
    """Whether a line is furniture wherever it stands; a lone short word (中, 保存) is not.

    >>> is_furniture("上一篇:没有了"), is_furniture("Produced By 大汉网络"), is_furniture("已完成投资2.8亿元")
    (True, True, False)
    """
    words = _words()["starts"]
    return (
        (is_toolbar(line) and len(bare(line)) > _LONE)
        or (is_breadcrumb(line) and any(word in line for word in words["paths"]))
        or _begins(line, "anywhere", _LONG if _ARROW.search(line) else 2 * _SHORT)
        or (len(line) <= _LONG and any(word in line for word in words["holds"]))
    )


def is_edge_furniture(line: str) -> bool:
    """Whether a line is furniture when it stands before or behind the text.

    >>> is_edge_furniture("(责任编辑:无名)"), is_edge_furniture("本报记者某某 摄")
    (True, True)
    """
    return (
        is_furniture(line)
        or is_toolbar(line)
        or is_breadcrumb(line)
        or is_imprint(line)
        or _begins(line, "edges", _SHORT)
        or (len(line) <= 2 * _SHORT and _CAPTION.search(line) is not None)
    )


def is_imprint(line: str) -> bool:
    """Whether a line tells who runs the site, and where: two labels at least, one of an address.

    >>> is_imprint("主办：某市政府　邮编：246800"), is_imprint("主办单位：市教育局 协办单位：某区")
    (True, False)
    """
    if len(line) > _LONG or "。" in line:
        return False
    labels = {match[1] for match in _IMPRINT_LABEL.finditer(line)}
    known = _words()["imprint"]
    hosts = labels.intersection(known["hosts"])
    return bool(labels.intersection(known["addresses"])) and (bool(hosts) or len(labels) > 1)


def is_page_number(line: str) -> bool:
    """Whether a line is a printed page's number: — 12 —, -3-, 第3页 共9页.

    >>> is_page_number("— 2 —"), is_page_number("第3页，共9页"), is_page_number("2")
    (True, True, False)
    """
    return _PAGE_NUMBER.fullmatch(line) is not None


def begins_links(line: str) -> bool:
    """Whether a line opens the links behind a text (相关报道：), so that what follows is no report.

    >>> begins_links("相关报道："), begins_links("相关信息公开工作稳步推进")
    (True, False)
    """
    return bare(line).rstrip("：:】]）)…") in _links() or (is_toolbar(line) and bool(_first(line) & _links()))


def is_glossary_heading(line: str) -> bool:
    """Whether a line heads the list of terms that follows a report.

    >>> is_glossary_heading("《政府工作报告》有关内容名词注释"), is_glossary_heading("名词解释已全部完成。")
    (True, False)
    """
    word = bare(line).strip("：:（）() ")
    return len(word) <= _SHORT and word.endswith(tuple(_words()["glossary"]["headings"]))


def is_spam(line: str) -> bool:
    """Whether a line outside the text holds words of injected advertising.

    >>> is_spam("某某棋牌 开户送礼"), is_spam("建成充电桩318个")
    (True, False)
    """
    if len(line) > 2 * _SHORT:
        return False
    plain = simplify(line)  # 某娛樂城 stands on a simplified page too
    return any(word in plain for word in _spam())


def _begins(line: str, group: str, limit: int) -> bool:
    return len(line) <= limit and bare(line).startswith(tuple(_words()["starts"][group]))


def _first(line: str) -> set[str]:
    return {word for word in _SEPARATORS.split(line) if word}


@cache
def _glued() -> re.Pattern[str]:
    """Words without a blank between them, as links beside each other come: 点赞转发我要纠错."""
    return re.compile(f"(?:{longest_first(word for word in _toolbar() if len(word) > 1)}){{2,}}")


@cache
def _toolbar() -> frozenset[str]:
    return frozenset(_words()["tokens"]["toolbar"])


@cache
def _links() -> frozenset[str]:
    return frozenset(_words()["tails"]["begins"])


@cache
def _spam() -> tuple[str, ...]:
    return tuple(word for category in _words()["spam"].values() for word in category)
