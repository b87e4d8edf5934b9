"""Tables in HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.variants.facts import Facts

Row = Sequence[str]
OTHER_WORDS = {
    "seq": "编号",
    "content": "工作任务",
    "source": "任务出处",
    "progress": "进展情况",
    "problems": "存在的问题",
}
RARE_WORDS = {
    "seq": "项次",
    "content": "重点事项",
    "source": "依据",
    "progress": "办理情况",
    "problems": "存在困难",
}
SECTIONS = ("一、经济建设", "二、社会事业", "三、城市管理")


def page(title: str, body: str, charset: str = "utf-8") -> str:
    head = f"<meta charset='{charset}'><title>{title}</title>"
    return f"<html><head>{head}</head><body><h1>{title}</h1>\n{body}\n</body></html>"


def row(cells: Row, tag: str = "td") -> str:
    inside = "".join(f"<{tag}>{_paragraphs(cell)}</{tag}>" for cell in cells)
    return f"<tr>{inside}</tr>\n"


def table(header: Row, rows: Sequence[Row], tag: str = "th") -> str:
    return f"<table border='1'>{row(header, tag)}{''.join(map(row, rows))}</table>"


def _paragraphs(cell: str) -> str:
    lines = cell.split("\n")
    return lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)


def plain(facts: Facts) -> str:
    return page(facts.title, table(facts.header(), facts.rows(joint="\n")))


def data_header(facts: Facts) -> str:
    """The header is a row like any other."""
    return page(facts.title, table(facts.header(), facts.rows(joint="\n"), "td"))


def progress_first(facts: Facts) -> str:
    keys = tuple(reversed(facts.keys))
    return page(facts.title, table(facts.header(keys=keys), facts.rows(keys, "\n")))


def content_last(facts: Facts) -> str:
    keys = (*(key for key in facts.keys if key != "content"), "content")
    return page(facts.title, table(facts.header(keys=keys), facts.rows(keys, "\n")))


def other_words(facts: Facts) -> str:
    return page(facts.title, table(facts.header(OTHER_WORDS), facts.rows(joint="\n")))


def rare_words(facts: Facts) -> str:
    return page(facts.title, table(facts.header(RARE_WORDS), facts.rows(joint="\n")))


def spanned_category(facts: Facts) -> str:
    """A first column whose cells hold for four rows each."""
    rows = []
    for at, cells in enumerate(facts.rows(joint="\n")):
        left = min(4, len(facts.tasks) - at)
        first = f"<td rowspan='{left}'>第{at // 4 + 1}类工作</td>" if at % 4 == 0 else ""
        rows.append(row(cells).replace("<tr>", f"<tr>{first}", 1))
    header = row(["类别", *facts.header()], "th")
    return page(facts.title, f"<table border='1'>{header}{''.join(rows)}</table>")


def caption_and_sections(facts: Facts) -> str:
    """A row with the title above the header, and rows that name what follows."""
    width = len(facts.keys)
    parts = [f"<tr><td colspan='{width}'>{facts.title}</td></tr>", row(facts.header())]
    step = -(-len(facts.tasks) // len(SECTIONS))
    for at, cells in enumerate(facts.rows(joint="\n")):
        if at % step == 0:
            parts.append(f"<tr><td colspan='{width}'>{SECTIONS[at // step]}</td></tr>")
        parts.append(row(cells))
    return page(facts.title, f"<table border='1'>{''.join(parts)}</table>")


def table_a_page(facts: Facts) -> str:
    """One table a printed page, the header on each."""
    rows = facts.rows(joint="\n")
    tables = [table(facts.header(), rows[at : at + 9], "td") for at in range(0, len(rows), 9)]
    return page(facts.title, "\n<p>&nbsp;</p>\n".join(tables))


def nested(facts: Facts) -> str:
    """Inside the tables that lay the page out."""
    inner = table(facts.header(), facts.rows(joint="\n"))
    menu = "<td width='180'><a href='/'>首页</a><br><a href='/zw'>政务公开</a></td>"
    layout = f"<table><tr>{menu}<td><table><tr><td>{facts.title}</td></tr><tr><td>{inner}</td></tr></table>"
    return page(facts.title, f"{layout}</td></tr></table>")


def word(facts: Facts) -> str:
    """As Word saves it: classes, empty o:p, no-break spaces, a span a few characters."""
    rows = "".join(_word_row(cells) for cells in [facts.header(), *facts.rows(joint="\n")])
    heading = f"<p class=MsoNormal align=center><b><span lang=ZH-CN>{facts.title}</span></b></p>"
    return page(
        facts.title, f"<div class=WordSection1>{heading}<table class=MsoTableGrid>{rows}</table></div>"
    )


def _word_row(cells: Row) -> str:
    return "<tr style='height:14.2pt'>" + "".join(map(_word_cell, cells)) + "</tr>\n"


def _word_cell(cell: str) -> str:
    paragraphs = [
        "<p class=MsoNormal style='text-indent:24.0pt'>"
        + "".join(
            f"<span style='font-family:仿宋'>{line[at : at + 7]}</span>" for at in range(0, len(line), 7)
        )
        + "<span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
        for line in cell.split("\n")
    ]
    return f"<td width=120 valign=top style='border:solid windowtext 1.0pt'>{''.join(paragraphs)}</td>"


def unclosed(facts: Facts) -> str:
    """No end tags of cells, rows and paragraphs, which HTML allows."""
    return re.sub(r"</(?:td|th|tr|p)>", "", plain(facts))


def damaged(facts: Facts) -> str:
    """Ends of what was not begun, begins that never end, capitals, attributes without quotes."""
    text = plain(facts).replace("<td>", "<TD width=20% nowrap><font size=2>").replace("</tr>", "</div></tr>")
    return text.replace("</table>", "").replace("</body></html>", "</center>")


def wrapped_lines(facts: Facts) -> str:
    """The source is broken every twenty characters inside the cells."""
    cell = "\n      ".join
    rows = [
        [cell(text[at : at + 20] for at in range(0, len(text), 20)) for text in cells]
        for cells in facts.rows()
    ]
    inside = "".join("<tr>" + "".join(f"\n  <td>{text}</td>" for text in cells) + "</tr>" for cells in rows)
    return page(facts.title, f"<table>{row(facts.header())}{inside}</table>")


def units_and_notes(facts: Facts) -> str:
    """Columns for who is in charge and for notes."""
    rows = [[*cells, "市科委", ""] for cells in facts.rows(joint="\n")]
    return page(facts.title, table([*facts.header(), "责任单位", "备注"], rows))


def two_header_rows(facts: Facts) -> str:
    """A header of two rows, the first of which spans."""
    first, *others = facts.header()
    count = len(others)
    top = f"<tr><th rowspan='2'>{first}</th><th colspan='{count}'>任务及落实情况</th></tr>"
    rest = row(others, "th") + "".join(map(row, facts.rows(joint="\n")))
    return page(facts.title, f"<table border='1'>{top}{rest}</table>")


VARIANTS = {
    made.__name__: made
    for made in (
        plain,
        data_header,
        progress_first,
        content_last,
        other_words,
        rare_words,
        spanned_category,
        caption_and_sections,
        table_a_page,
        nested,
        word,
        unclosed,
        damaged,
        wrapped_lines,
        units_and_notes,
        two_header_rows,
    )
}
