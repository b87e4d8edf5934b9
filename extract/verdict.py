"""Whether a page is a report at all; what it is when it is not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from extract.body import Body
from extract.draft import Draft, Reading
from extract.genres import other_genre
from extract.lexicon.load import load_toml
from schema.issues import Issue, issue

_SHORT: Final = 400
_NEWS: Final = 1500
_LINK: Final = 60
_OPENING: Final = 30
_LEAD: Final = 120
_HEAD: Final = 12
_TITLE: Final = 90
_MIN_LINKS: Final = 6
_MIN_REPORTED: Final = 3
_SENTENCE: Final = re.compile(r"[。；;！!？?]")
# 《…分工方案》政策解读, 【政策解读】关于…, 某某同志解读2020年…方案
_EXPLAINED: Final = re.compile(r"解读$|^【政策解读】|同志解读")
# 12月13日，某市召开…调度会   5月18日，县长某某率队调研…: how news of a meeting or a visit opens
_DAY: Final = (
    r"^(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日(?:(?:至|-|—)(?:[0-9]{1,2}月)?[0-9]{1,2}日|[上下]午|晚)?[，,]"
)
_MEETING: Final = re.compile(rf"{_DAY}[^。；;]{{2,40}}?(?:召开|举行)")
_LEADER: Final = r"(?:书记|[市县区镇乡省州]长|主席|主任|局长|厅长|部长|领导|专员)"
_VISIT: Final = re.compile(
    rf"{_DAY}[^。；;]{{0,30}}?{_LEADER}[^。；;]{{0,30}}?"
    r"(?:调研|督导|督查|督办|检查|视察|考察|暗访|走访|慰问|会见|出席|主持|率队|带队|赴|深入|来到)"
)
# 某某强调，要…
_STRESSED: Final = re.compile(r"^[^，,。；;]{2,12}(?:强调|要求|指出)[，,：:]")
# 记者：黄某 通讯员：赵某: the line of those who wrote the news
_BYLINE: Final = re.compile(r"(?:记者|通讯员|摄影|图/文|文/图)[：:/ ]")
# 1.某市关于2022年第三季度…的通报: a list of what was published
_PUBLISHED: Final = re.compile(
    r"关于.{4,60}(?:报告|通报|通知|公告|意见|方案|函)$|[0-9]{4}年.{4,40}(?:报告|通报)$"
)
_STOP: Final = re.compile(r"[。；;！!？?：:]")
_DATE: Final = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_ATTACHED: Final = re.compile(r"\.(?:docx?|xlsx?|pdf|zip|rar|wps|et)\b", re.IGNORECASE)


def verdict(body: Body, reading: Reading) -> Issue | None:
    """The reason why the page is no report, as an issue; None for a report.

    Errors, challenges and logins are short pages with their words; link lists have short
    lines without stops; explanations say what is explained; news open like news and have no
    numbered work; notices send the reader to an attachment.
    """
    value = "\n".join(line.value for line in body.lines)
    for word in ("error", "challenge", "login"):
        found = _found(word, value if len(value) <= _SHORT else "")
        if found:
            return issue("not_a_report", f"{word} page ({found})")
    sent = _found("sent", value)
    reported = sum("progress" in draft.fields for draft in reading.drafts if draft.kind == "task")
    if sent and reported < _MIN_REPORTED:
        return issue("table_in_attachment", sent)
    another = _another(body)
    if another:
        return issue("not_a_report", another)
    strong = [draft for draft in reading.drafts if _strong(draft)]
    if _lists_titles(reading):
        return issue("not_a_report", "list of titles")
    if len(strong) > 1 or (strong and reading.score > 0.5):
        return None
    if _is_link_list(body):
        return issue("not_a_report", "list of links")
    attached = _found("attachment", value) or _matched(_ATTACHED, value)
    if attached and len(value) <= _NEWS and not strong and reported < _MIN_REPORTED:
        return issue("table_in_attachment", attached)
    opening = _opening(body)
    news = _found("news", opening) or _matched(_MEETING, opening) or _visited(body, opening)
    if news and len(value) <= _NEWS * 2 and not strong:
        return issue("not_a_report", f"news ({news.strip()})")
    return None


def _visited(body: Body, opening: str) -> str | None:
    """What tells news of a visit: how it opens, and who wrote it or what the leader stressed."""
    visit = _matched(_VISIT, opening)
    lines = [line.value for line in body.lines]
    signed = any(_BYLINE.search(value) for value in lines[:_HEAD] if not _SENTENCE.search(value))
    return visit if visit and (signed or any(_STRESSED.search(value) for value in lines)) else None


def _another(body: Body) -> str | None:
    """What the page is by its title or by what it explains; None for what may be a report."""
    other = other_genre(body.title or "")
    if other:
        return f"page of another kind ({other})"
    explained = _explains(body)
    return f"explanation of a report or plan ({explained})" if explained else None


def _opening(body: Body) -> str:
    """The beginning of the text: a headline and a date line may be long too, but end in no stop."""
    long = [line.value for line in body.lines if len(line.value) > _OPENING]
    return next((value for value in long if _SENTENCE.search(value)), long[0] if long else "")[:_LEAD]


def _explains(body: Body) -> str | None:
    """What says that the page explains a document (起草背景, 主要内容) and reports nothing itself."""
    head = [body.title or "", *(line.value for line in body.lines if not line.cell)][:_HEAD]
    titled = next((value for value in head if len(value) <= _TITLE and _EXPLAINED.search(value)), None)
    return titled or _found("explained", "".join(head))


def _strong(draft: Draft) -> bool:
    """A task with a number or a label of its own."""
    return draft.kind == "task" and ("label" in draft.fields or not draft.rule.startswith("narrative"))


@cache
def _words(kind: str) -> Sequence[str]:
    return tuple(load_toml("verdict")[kind])


def _found(kind: str, value: str) -> str | None:
    return next((word for word in _words(kind) if word in value), None)


def _matched(pattern: re.Pattern[str], value: str) -> str | None:
    match = pattern.search(value)
    return match.group() if match else None


def _lists_titles(reading: Reading) -> bool:
    """Whether the tasks are nothing but names of publications."""
    tasks = [draft for draft in reading.drafts if draft.kind == "task"]
    bare = [draft for draft in tasks if "progress" not in draft.fields and not draft.units]
    named = sum(1 for draft in bare if _PUBLISHED.search(draft.fields["content"].value))
    return named >= _MIN_LINKS and named * 5 >= len(tasks) * 4


def _is_link_list(body: Body) -> bool:
    """Most lines are short, without a stop, many with a date."""
    lines = [line.value for line in body.lines]
    links = [value for value in lines if len(value) <= _LINK and not _STOP.search(_DATE.sub("", value))]
    dated = [value for value in links if _DATE.search(value)]
    return len(links) >= _MIN_LINKS and len(links) * 5 >= len(lines) * 4 and len(dated) * 2 >= len(links)
