"""Reports of every layout with the records that are in them, for any seed the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from opencc import OpenCC

from bench import phrases
from bench.chrome import framed

NUMERALS: Final = "一二三四五六七八九十"

Gold = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its name, its bytes, and what a person reads in it, in the form that `ducha eval` takes."""

    name: str
    data: bytes
    layout: str
    gold: dict[str, Any]


@dataclass(slots=True)
class Draft:
    """A report before it has a layout."""

    title: str
    agency: str
    year: int
    works: list[Gold] = field(default_factory=list)

    @property
    def published(self) -> str:
        return f"{self.year + 1}-01-1{len(self.title) % 10}"

    def gold(self, *kept: str) -> dict[str, Any]:
        works = [{key: work[key] for key in kept if key in work} for work in self.works]
        return {"meta": {"title": self.title, "report_year": self.year}, "tasks": works}


def draft(random: Random, kind: str, characters: int) -> Draft:
    """A report of about so many characters."""
    place, body = phrases.word(random, "places"), phrases.word(random, "bodies")
    year = random.randint(2016, 2025)
    made = Draft(f"{place}{body}{year}年{kind}", place + body, year)
    while sum(len(text) for work in made.works for text in work.values()) < characters:
        made.works.append(_work(random, len(made.works) + 1))
    return made


def _work(random: Random, number: int) -> Gold:
    wanted = phrases.goal(random)
    tell = phrases.steps if random.random() < 0.25 else phrases.paragraph
    progress = phrases.result(random, wanted) + tell(random, random.choice([80, 160, 300, 600]))
    return {
        "seq": str(number),
        "content": f"{wanted.text}，{phrases.word(random, 'actions')}{phrases.word(random, 'matters')}。",
        "source": phrases.word(random, "sources").format(n=random.randint(1, 90)),
        "progress": progress + phrases.outlook(random),
        "problems": phrases.trouble(random),
    }


def table(random: Random, characters: int) -> tuple[str, bytes, dict[str, Any]]:
    """A page with a table, in GB18030 or UTF-8."""
    made = draft(random, "重点任务落实情况", characters)
    heads = ("序号", "任务内容", "任务来源", "落实情况", "存在问题及原因")
    keys = ("seq", "content", "source", "progress", "problems")
    rows = "".join(_row("th" if not at else "td", row) for at, row in enumerate([heads, *_cells(made, keys)]))
    charset = random.choice(["utf-8", "gb18030"])
    page = framed(made.title, made.published, f"<table border='1'>{rows}</table>", charset)
    return ".html", page, made.gold(*keys)


def cells(random: Random, characters: int) -> tuple[str, bytes, dict[str, Any]]:
    """A table pasted as tabs, with the mark-up of its cells."""
    made = draft(random, "绩效任务完成情况自查表", characters)
    lines = [f"\n{made.title}\n", "考评维度\t自查内容（年度任务）\t落实情况\t存在问题及原因"]
    lines += [
        f"\t<p>{work['content']}</p>\t<p>{work['progress']}</p>\t<p style='x'>{work['problems']}</p>"
        for work in made.works
    ]
    return ".txt", "\n".join(lines).encode(), made.gold("content", "progress", "problems")


def sheet(random: Random, characters: int) -> tuple[str, bytes, dict[str, Any]]:
    """A spreadsheet saved as CSV in GB18030."""
    made = draft(random, "重点工作任务进展情况表", characters)
    keys = ("seq", "content", "source", "progress", "problems")
    rows = [(made.title, "", "", "", ""), ("序号", "任务内容", "任务来源", "进展情况", "存在问题")]
    lines = [",".join(row) for row in [*rows, *_cells(made, keys)]]
    return ".csv", "\r\n".join(lines).encode("gb18030"), made.gold(*keys)


def flattened(random: Random, characters: int) -> tuple[str, bytes, dict[str, Any]]:
    """A table whose borders are lost, in traditional characters."""
    made = draft(random, "市政府重点任务全年落实情况", characters)
    keys = ("seq", "content", "source", "progress")
    head = f"    您当前所在位置:\n    首页\n    >政务公开>重点任务\n    {made.title}\n\n"
    head += f"    发布日期: {made.published}\n\n"
    rows = "\n".join("    " + "".join(row) for row in _cells(made, keys))
    text: str = OpenCC("s2t").convert(f"{head}    序号任务内容任务来源全年落实情况\n{rows}\n")
    return ".txt", text.encode(), made.gold(*keys)


def labelled(random: Random, characters: int) -> tuple[str, bytes, dict[str, Any]]:
    """第N项 and 进展情况, a paragraph each."""
    made = draft(random, "重点任务完成情况", characters)
    paragraphs = [
        f"<p>　　<strong>第{work['seq']}项：</strong>{work['content']}</p>"
        f"<p>　　进展情况：{work['progress']}</p>"
        for work in made.works
    ]
    page = framed(made.title, made.published, "\n".join(paragraphs))
    return ".html", page, made.gold("seq", "content", "progress")


def narrative(random: Random, characters: int) -> tuple[str, bytes, dict[str, Any]]:
    """Chapters, sections and numbered headings with paragraphs under them."""
    made = draft(random, "绩效管理工作情况的报告", characters)
    for work in made.works:
        work["content"] = work["content"].split("，")[0]
    parts = [f"<p>{made.year}年，全局上下围绕中心工作真抓实干，现将有关情况报告如下。</p>"]
    parts += ["<p>一、主要工作</p>"]
    for at, work in enumerate(made.works):
        if at % 4 == 0 and at // 4 < len(NUMERALS):
            parts.append(f"<p>（{NUMERALS[at // 4]}）{phrases.word(random, 'sections')}</p>")
        number = at % 4 + 1 if at // 4 < len(NUMERALS) else at - 4 * len(NUMERALS) + 5
        parts.append(f"<p>{number}.{work['content']}</p><p>&emsp;&emsp;{work['progress']}</p>")
    return ".html", framed(made.title, made.published, "\n".join(parts)), made.gold("content", "progress")


def assignments(random: Random, characters: int) -> tuple[str, bytes, dict[str, Any]]:
    """Work to be done, each with the bodies in charge behind it."""
    made = draft(random, "重点工作任务分工方案", characters)
    made.works = [_assigned(random, work) for work in made.works]
    body = "\n".join(f"<p>　　{work['seq']}.{work['content']}{work['bodies']}</p>" for work in made.works)
    return ".html", framed(made.title, made.published, body), made.gold("seq", "content")


def _assigned(random: Random, work: Gold) -> Gold:
    told = phrases.paragraph(random, max(60, len(work["progress"]) - 60))
    lead, support = phrases.word(random, "bodies"), phrases.word(random, "bodies")
    return {
        "seq": work["seq"],
        "content": f"{work['content'].split('，')[0]}。{told}",
        "bodies": f"（牵头单位：市{lead}，配合单位：市{support}）",
    }


Layout = Callable[[Random, int], tuple[str, bytes, dict[str, Any]]]
LAYOUTS: Final[dict[str, Layout]] = {
    made.__name__: made for made in (table, cells, sheet, flattened, labelled, narrative, assignments)
}
SIZES: Final = (2_000, 4_000, 6_000, 8_000, 12_000, 20_000)


def page(seed: int, layout: str | None = None, characters: int | None = None) -> Sheet:
    """The page of a seed; layouts take turns and sizes vary unless they are given."""
    chosen = layout or list(LAYOUTS)[seed % len(LAYOUTS)]
    random = Random(f"{chosen}/{seed}")
    size = random.choice(SIZES)
    ending, data, gold = LAYOUTS[chosen](random, characters or size)
    return Sheet(f"{chosen}-{seed:06}{ending}", data, chosen, gold)


def _cells(made: Draft, keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(work[key] for key in keys) for work in made.works]


def _row(tag: str, values: tuple[str, ...]) -> str:
    inside = "".join(f"<{tag} style='width:20%'><p>{value}</p></{tag}>" for value in values)
    return f"<tr>{inside}</tr>\n"
