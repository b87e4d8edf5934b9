"""Headings above items: the path they make and the kind of section they open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from extract.body import Line
from extract.lexicon.load import load_toml
from extract.numbering import Marker, Style, head
from extract.organisation import is_organisation
from schema.records import Kind
from schema.text import Text

_MAX_HEADING: Final = 60
# 三、 （二） 2024年度 目前 主要 — what may stand before the word that names a section
_LEAD_IN: Final = re.compile(
    r"^[（(]?[一二三四五六七八九十\d]{0,3}[）)]?[、．.]?\s*(?:\d{4}年度?|目前|当前|我[市区县局委]|全[市区县局]|工作中|主要|其他)*"
)
# 信息公开工作存在的主要问题|及改进情况
_PAIRED: Final = re.compile(r"(?:以及|[及和与、])(?:改进|努力)[\u4e00-\u9fff]{0,6}")
_LABEL: Final = 20
_STOPS: Final = "。；;，,、！!？?"
_KINDS: Final[tuple[Kind, ...]] = ("plan", "problem", "overview")
_ABOVE: Final[frozenset[Style]] = frozenset({"cn", "cn_paren"})


class Path:
    """The headings that hold at a place, outermost first; one level a numbering form."""

    def __init__(self) -> None:
        self._levels: list[tuple[str, Text]] = []

    @property
    def texts(self) -> tuple[Text, ...]:
        return tuple(text for _, text in self._levels)

    def open(self, text: Text, marker: Marker | None) -> None:
        """A heading closes those of its own form and all below them."""
        key = marker.style if marker else "plain"
        keys = [style for style, _ in self._levels]
        del self._levels[keys.index(key) if key in keys else len(keys) :]
        self._levels.append((key, text))


def headings(lines: Sequence[Line], starting: Sequence[bool]) -> frozenset[int]:
    """Indexes of lines that head the items after them.

    A heading stands directly above an item or another heading; it is numbered above the
    items (一、 （一）), declared by markup or the name of an organisation (衛生福利局).
    """
    found: set[int] = set()
    follows = False
    for index in range(len(lines) - 1, -1, -1):
        if starting[index]:
            follows = True
        elif follows and _is_heading(lines[index]):
            found.add(index)
        else:
            follows = False
    return frozenset(found)


def _is_heading(line: Line) -> bool:
    value = line.value
    if len(value) > _MAX_HEADING or value[-1] in _STOPS:
        return False
    marker = head(value)
    above = marker is not None and marker.style in _ABOVE
    return above or line.level > 0 or is_organisation(value) or office_of(line.text) is not None


# 各责任单位要高度重视, 各牵头单位务于每月28日前报送: what a notice asks of everybody is no piece of work.
_EVERYBODY: Final = (
    r"(?:各(?!类|项|种|方面)|有关|相关|主要责任|责任|牵头|承办)[^，,。；;：:]{0,24}?"
    r"(?:(?<![主重需必只简概摘纪])要(?![求素点件闻])|应当|须|务必|务于)"
)
DEMAND: Final = re.compile(rf"(?:^|[。；;，,、）)\n ]){_EVERYBODY}")
# 请各单位于6月25日前将进展情况报区政府督查室
_ASKED: Final = r"请(?:各|有关|相关)[^，,。；;：:]{1,16}(?:于|在|按|认真|抓紧|尽快|严格|对照|继续|进一步)"
# 明年是关键一年。各级各部门要紧盯目标…: a paragraph that opens so, or behind one sentence
_DEMANDING: Final = re.compile(rf"(?:[^。\n]{{4,60}}。)?(?:(?:请|希望|下一步[，,]?)?{_EVERYBODY}|{_ASKED})")


def demands(paragraph: str) -> bool:
    """Whether a paragraph asks something of everybody, as reports close.

    >>> demands("各责任单位要查找原因，限期整改。"), demands("各类培训要求均已落实。")
    (True, False)
    """
    return _DEMANDING.match(paragraph) is not None


# 一、县交通运输局（承担任务3项，绿灯3项）： — what stands behind an office that heads its work
_BOXED: Final = re.compile(r"[【\[〔](?P<name>[^【】\[\]〔〕]{2,60})[】\]〕][：:]?")
_BEHIND_OFFICE: Final = re.compile(r"(?:[（(][^（）()]{1,60}[）)])?[：:]?$")


def office_of(heading: Text) -> Text | None:
    """The organisation that a heading names and nothing else; None for other headings.

    >>> str(office_of(Text.of("（二）县民政局（承担任务2项）"))), office_of(Text.of("二、民政工作"))
    ('县民政局', None)
    """
    marker = head(heading.value)
    start = marker.end if marker else 0
    boxed = _BOXED.fullmatch(heading.value, start)
    if boxed:  # 【南湖街道、区民政局】
        return heading.cut(*boxed.span("name")) if is_organisation(boxed["name"]) else None
    behind = _BEHIND_OFFICE.search(heading.value, start)
    name = heading.cut(start, behind.start() if behind else len(heading)).strip()
    return name if name and is_organisation(name.value) else None


_JOINED: Final = re.compile(r"[及和与暨、，,]")
# 2024年重点工作 plans, 2026年民生实事 assigns
_WORK: Final = re.compile(r"工作|任务|安排|思路|目标|计划|要点|打算")


# 上半年工作总结及下半年工作打算: what was done comes first, its plans are told by their own headings
_REVIEW: Final = re.compile(r"总结(?:及|和|与|暨|、)")


@cache
def _frame_words() -> re.Pattern[str]:
    words = load_toml("sections")["frame"]["words"]
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})$")


def frames(heading: str) -> bool:
    """Whether a heading opens what frames the work (principles, aims, demands) and is none.

    >>> frames("二、整改原则"), frames("（三）落实工作要求情况"), frames("一、主要目标任务")
    (True, False, False)
    """
    return bool(_frame_words().search(heading.rstrip("。：: ")))


def asks(heading: str) -> bool:
    """Whether a heading opens what is asked of everybody.

    >>> asks("四、几点要求"), asks("一、落实要求情况")
    (True, False)
    """
    return heading.rstrip("。：: ").endswith(tuple(load_toml("sections")["asks"]["words"]))


@cache
def _section_words() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    lexicon = load_toml("sections")
    return tuple((kind, re.compile("|".join(map(re.escape, lexicon[kind]["words"])))) for kind in _KINDS)


def kind_of(heading: str, report_year: int | None = None) -> Kind:
    """The kind of record a section gives, by the words of its heading.

    A heading that names work of a year after the reported one is a plan.

    >>> kind_of("三、存在的主要问题"), kind_of("二、2023年工作安排", 2022), kind_of("一、主要做法")
    ('problem', 'plan', 'task')
    """
    found = {
        kind: match.start()
        for kind, pattern in _section_words()
        if (match := pattern.search(heading)) and _names_section(heading, match)
        if kind == "overview" or not _told(heading, match)
    }
    if "problem" in found and "plan" in found:
        return "problem" if found["problem"] < found["plan"] else "plan"
    if "plan" in found and _REVIEW.search(heading):
        return "task"
    years = [int(year) for year in re.findall(r"(?<!\d)(20\d\d)年", heading)]
    ahead = report_year and years and min(years) > report_year
    if ahead and _WORK.search(heading):
        return "plan"
    if not found and asks(heading):
        return "plan"
    return next((kind for kind in _KINDS if kind in found), "overview" if frames(heading) else "task")


def _names_section(heading: str, match: re.Match[str]) -> bool:
    """A word names a section at the heading's start or end, not inside a topic.

    Numbers and years may stand before it: 三、2024年工作安排.
    """
    before = _LEAD_IN.sub("", heading[: match.start()])
    heading = heading.rstrip("。：: ")
    return not before or match.end() >= len(heading) - 2 or bool(_PAIRED.fullmatch(heading, match.end()))


def _told(heading: str, match: re.Match[str]) -> bool:
    """Whether what was planned or wrong is told as done: 主要预期目标完成情况, but not 存在问题及整改情况."""
    behind = heading[match.end() :].rstrip("。：: ")
    return behind.endswith(tuple(load_toml("sections")["told"]["words"])) and not _JOINED.search(behind)


# 我们也清醒地看到   问题也不容忽视
_SOBER: Final = re.compile(r"(?<!要)清醒(?:地)?(?:看到|认识)|也?不容忽视|也要看到")


# 下半年，全市将加快推进…, but not 明年将举办的
_AHEAD: Final = re.compile(
    r"(?:下半年|明年|来年|新的一年|第?四季度)[，,]?[^。；;：:]{0,16}?(?:将|要)(?!.{0,12}(?:作为|的[，,]))"
)


# 2016年，我区将对照新标准，重点做好以下工作
_YEAR_AHEAD: Final = re.compile(
    r"20\d\d年[^。；;：:]{0,50}?(?:将|要|计划|拟)[^。；;：:]{0,40}?(?:做好|抓好|推进|开展|落实|完成|实施)"
    r"(?:以下|如下|下列)[^。；;：:]{0,8}(?:工作|任务|事项|方面)"
)


def looks_ahead(paragraph: str) -> bool:
    """Whether a paragraph announces the work of a year to come.

    >>> looks_ahead("2016年，我区将重点做好以下工作："), looks_ahead("2016年，我区将修路列为实事。")
    (True, False)
    """
    return _YEAR_AHEAD.match(paragraph) is not None


@cache
def _turns() -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    turns = load_toml("sections")["turns"]
    return (("plan", tuple(turns["plan"])), ("problem", tuple(turns["problem"])))


def closes_review(paragraph: str) -> bool:
    """Whether a paragraph turns from the work done to what is still wanting.

    >>> closes_review("成绩来之不易。我们也清醒认识到，困难不少："), closes_review("问题已整改。")
    (True, False)
    """
    return bool(_SOBER.search(paragraph[:120]))


def orders(point: str) -> bool:
    """Whether a point says what is to be done: 抓好田间管理, 继续加强治理.

    >>> orders("抓好田间管理。"), orders("经济总量偏小。")
    (True, False)
    """
    return point.startswith(tuple(load_toml("sections")["turns"]["orders"]))


def turn_of(paragraph: str) -> Kind | None:
    """The kind that a paragraph turns its section to by its opening words, or None.

    >>> turn_of("下一步，我们将继续推进。"), turn_of("全年完成投资3亿元。")
    ('plan', None)
    """
    if closes_review(paragraph):
        return "problem"
    sentence = re.split(r"[。：:]", paragraph[:120], maxsplit=1)[0]
    if len(sentence) <= _LABEL and paragraph[len(sentence) : len(sentence) + 1] in ("：", ":"):
        named = kind_of(sentence)  # 2022年工作打算：1、…；2、…
        if named in ("plan", "problem"):
            return named
    if _AHEAD.match(sentence) or looks_ahead(sentence):
        return "plan"
    for kind, words in _turns():
        if kind == "plan" and sentence.startswith(words):
            return kind
        if kind == "problem" and any(word in sentence for word in words):
            return kind
    return None
