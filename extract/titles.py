"""The title of a report: what its page declares, or the line that reads like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from extract.body import Line
from extract.chrome import is_breadcrumb, is_edge_furniture, is_spam
from extract.dates import leading_date
from extract.found import Found
from extract.layouts.grid.header import words_in
from extract.lexicon.load import load_toml
from extract.pairs import pairs
from extract.zones import zones
from schema.text import Text

_SHORTEST: Final = 4
_LONGEST: Final = 90
_HEAD: Final = 60  # a title stands among the first lines, however long the navigation above it
_BELOW: Final = 4  # lines under a title in which its date is looked for
# …情况(107年2月) …情况表（截至9月30日） …情况,。 (marks left by a mirror): what may follow the last word.
_BEHIND: Final = r"(?:[（(【〔\[][^（）()]{0,40}[)）】〕\]]|[0-9]{1,2})?[”》〉]?"
# A bar is left of a table's border: …的通知 |
_MARKS: Final = re.compile(r"[,，。.、：:]+$|[ \u3000]*[|｜][|｜ \u3000]*$")
# A line of a border: its neighbours are cells, no titles.
_BORDER: Final = re.compile(r"[|｜]+")
# 国发〔2019〕3号, 岚综管办〔2015〕160号, with any bracket a copy may have.
DOC_NO: Final = re.compile(
    r"[\u4e00-\u9fff]{1,12}\s?[〔\[（(【﹝［][0-9]{4}(?:年)?[〕\])）】﹞］]\s?(?:第\s?)?[0-9]{1,5}\s?号"
)
# 《某市办公室关于…的通知》: a title set in the marks that quote it.
_QUOTED: Final = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
# Commas and stops are of sentences, but 《…》 and brackets may hold any: （共3项，含附件）.
_BRACKETS: Final = re.compile(r"《[^《》]*》|[（(][^（）()]*[)）]|“[^“”]*”")
_SENTENCE: Final = re.compile(r"[。；;！!？?：:<>]|，.*，|,.*,")
_ABOUT: Final = re.compile(r"关于.{2,70}的")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2} ?年|二[〇○Ｏ零][〇○一二三四五六七八九零]{2}年|1[0-9]{2}年")
# ——2022年12月22日在…会议上, （2026年1月27日在…会议上）: the line under a delivered report's title.
DELIVERED: Final = re.compile(r"^[—\-－(（ ]{0,4}.{0,4}[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日.{0,4}在.{2,60}上")
# 政 府 工 作 报 告: blanks between all characters
_SPACED: Final = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]{1,3}[\u4e00-\u9fff]){3,}")
_BLANK: Final = re.compile(r"[ \u3000]+")


def title_of(lines: Sequence[Line]) -> Found[str] | None:
    """The title that a line of the page is, in the page's own characters; None without one.

    Never a sentence: a page that begins with its first task has no title.

    >>> lines = [Line(Text.of("首页>政务公开")), Line(Text.of("某市2021年重点任务落实情况", 9))]
    >>> title_of(lines).value
    '某市2021年重点任务落实情况'
    """
    head = lines[: min(zones(lines).start, _HEAD)]
    best: Found[str] | None = None
    highest = 0
    for index, text in _candidates(head):
        score = _score(lines, index, text)
        if score > highest:
            best, highest = Found(text.value, text, "title_line"), score
    return best


def flattened_title(line: Text, begin: int) -> Found[str] | None:
    """The title in the flattened page that fills a line up to ``begin``, where the text begins.

    >>> line = Text.of("当前位置： 首页 某局2021年任务落实情况 时间：2021-12-26 某局2021年任务落实情况 序号")
    >>> flattened_title(line, 39).value
    '某局2021年任务落实情况'
    """
    for match in re.finditer(r"\S+", line.value[:begin]):
        if could_be(match.group()) and _ends_well(match.group()):
            return Found(match.group(), line.cut(*match.span()), "flattened")
    return None


def repeated(lines: Sequence[Line], title: str) -> Iterator[Line]:
    """The lines that print the title (again): a table's pages repeat it above each part.

    >>> lines = [Line(Text.of("某市2021年任务 落实情况")), Line(Text.of("落实情况"))]
    >>> [line.value for line in repeated(lines, "某市2021年任务落实情况")]
    ['某市2021年任务 落实情况']
    """
    wanted = _plain(title)
    if not wanted:
        return
    first, last = wanted[0], wanted[-1]
    for line in lines:
        if len(line.value) < len(wanted) or first not in line.value or last not in line.value:
            continue  # most lines
        if wanted in (_plain(line.value), _plain(_bare(line.text).value)):
            yield line


def pieces(lines: Sequence[Line], title: str) -> list[Line]:
    """The neighbouring lines that together print a title broken over two or three lines.

    >>> lines = [Line(Text.of("某市关于2021年")), Line(Text.of("工作情况的报告"))]
    >>> len(pieces(lines, "某市关于2021年工作情况的报告"))
    2
    """
    wanted = _plain(title)
    plain = [_plain(line.value) for line in lines]
    for index in range(len(lines)):
        for size in (2, 3):
            if "".join(plain[index : index + size]) == wanted and index + size <= len(lines):
                return list(lines[index : index + size])
    return []


def is_title(value: str) -> bool:
    """Whether a value that a label or a declaration gives can be a title at all.

    >>> is_title("关于2014年工作要点落实情况的函"), is_title(""), is_title("2022-01-14")
    (True, False, False)
    """
    return _SHORTEST <= len(value) <= 2 * _LONGEST and re.search(r"[\u4e00-\u9fffA-Za-z]", value) is not None


def is_report_title(title: str) -> bool:
    """Whether a title is that of a report on work done, not of an assignment or an answer.

    >>> is_report_title("关于夏季检查情况的通报"), is_report_title("关于促进发展的若干意见")
    (True, False)
    """
    return bool(_ending("report").search(_MARKS.sub("", title)))


def is_other_title(title: str) -> bool:
    """Whether a title is that of an assignment, an answer or a plan, which report on no year.

    >>> is_other_title("关于促进发展的若干意见"), is_other_title("前三季度实事项目加快推进")
    (True, False)
    """
    return bool(_ending("other").search(_MARKS.sub("", title)))


def _candidates(head: Sequence[Line]) -> Iterator[tuple[int, Text]]:
    in_path = False
    for index, line in enumerate(head):
        step, in_path = in_path, _opens_path(line.value)
        text = _bare(line.text)
        if step or in_path or not could_be(text.value) or _labelled(line) or _bordered(head, index):
            continue
        if _ends_well(text.value) or line.level == 1:
            yield index, text
        else:
            yield from _over_lines(head, index, text)


# 某市科委关于2021年重点任务 / 落实情况的报告: a title that its own line does not finish.
_ABOUT_OPEN: Final = re.compile(r"关于[^的]{2,40}")
# 2020年某地建议办理工作 / 完成情况说明: the same without 关于, when hardly more than the last words are left.
_YEAR_OPEN: Final = re.compile(r"^.{0,12}(?:19|20)[0-9]{2} ?年.{4,}[^，。；：、]$")
_LAST_WORDS: Final = 12
_LINES: Final = 3


def _over_lines(head: Sequence[Line], index: int, text: Text) -> Iterator[tuple[int, Text]]:
    """The title that a line begins and one of the next two ends."""
    about = _ABOUT_OPEN.search(text.value) is not None
    if not about and not _YEAR_OPEN.search(text.value):
        return
    joined = text
    for line in head[index + 1 : index + _LINES]:
        joined = Text.join((joined, _bare(line.text)))
        if not could_be(joined.value) or _labelled(line):
            return
        if _ends_well(joined.value):
            if about or len(line.value) <= _LAST_WORDS:
                yield index, joined
            return


def _bare(text: Text) -> Text:
    """A line as a title: without marks behind it, its document number, or the marks that quote it."""
    text = _closed_up(text[: len(_MARKS.sub("", text.value))])
    number = DOC_NO.match(text.value)
    if number and number.end() < len(text):
        text = text[number.end() :].strip()
    quoted = _QUOTED.fullmatch(text.value)
    return text.cut(*quoted.span(1)) if quoted else text


def _bordered(head: Sequence[Line], index: int) -> bool:
    """Whether a line stands beside the border of a table printed one cell a line."""
    beside = (*head[max(0, index - 1) : index], *head[index + 1 : index + 2])
    return any(_BORDER.fullmatch(line.value) for line in beside)


def _closed_up(text: Text) -> Text:
    """A title set with blanks between its characters (政 府 工 作 报 告), without them."""
    if not _SPACED.fullmatch(text.value):
        return text
    return Text.join(text.split(_BLANK))


def could_be(value: str) -> bool:
    """Whether a line has the shape of a title: short, no sentence, no furniture, no table's header.

    >>> could_be("前三季度重点工程扎实推进"), could_be("各项任务已完成，成效明显，群众满意。")
    (True, False)
    """
    if not _SHORTEST <= len(value) <= _LONGEST:
        return False
    plain = _BRACKETS.sub("", _MARKS.sub("", value))
    return (
        not _SENTENCE.search(plain)
        and not value.startswith(("•", "·", "●", "◆", "■"))
        and not is_edge_furniture(value)
        and not is_spam(value)
        and not DELIVERED.match(value)
        and not _is_header(value)
    )


def _is_header(value: str) -> bool:
    """A table's header run together, 序号任务内容…落实情况, ends like a title and is none."""
    words = words_in(value)
    return len(words) > 2 and words[0].column == "seq" and words[0].start == 0


def _opens_path(value: str) -> bool:
    """A step of a breadcrumb printed one a line: the next line is a page's name, no title."""
    return value in {">", "＞", "»", "›", ">>"} or (is_breadcrumb(value) and value.endswith((">", "＞", "»")))


def _labelled(line: Line) -> bool:
    return any(pair.start == line.start for pair in pairs([line]))


def _ends_well(value: str) -> bool:
    return bool(_ending("report").search(value) or _ending("other").search(value))


def _score(lines: Sequence[Line], index: int, text: Text) -> int:
    """How much a line reads like the title; 0 for what reads like anything else."""
    value = text.value
    below = lines[index + 1 : index + 1 + _BELOW]
    marks = (
        (6, lines[index].level == 1),
        (3, lines[index].level == 2),
        (4, len(value) >= 10),
        (2, len(value) < 10 and "政府工作报告" in value),
        (3, _YEAR.search(value) is not None),
        (3, _ABOUT.search(value) is not None),
        (3, sum(1 for _ in repeated(lines, value)) > 1),
        (3, any(DELIVERED.match(line.value) for line in below)),
        (2, any(_dated(line) for line in below)),
        (1, True),
    )
    return sum(points for points, holds in marks if holds)


def _dated(line: Line) -> bool:
    return leading_date(line.text) is not None or any(pair.field == "published" for pair in pairs([line]))


def _plain(value: str) -> str:
    return _MARKS.sub("", re.sub(r"\s+", "", value))


@cache
def _ending(group: str) -> re.Pattern[str]:
    words = sorted(load_toml("report_words")["ends"][group], key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(words)}){_BEHIND}$")
