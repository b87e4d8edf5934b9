"""The agency whose report it is: named in the title, under a label, by a speaker, in a signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from extract.body import Line
from extract.found import Found
from extract.numbering import head as marker_of
from extract.pairs import Pair
from extract.publication import PART, lone_dates
from extract.signatures import is_agency, signature_of
from extract.zones import zones
from schema.text import Text

_NAME: Final = r"[\u4e00-\u9fff、（）()·]{2,40}"
# 甲市发展和改革委员会 甲市住房和城乡建设局 关于印发…: several that issue together.
_NAMES: Final = re.compile(rf"(?!关于|转发|印发){_NAME}(?:[ \u3000]{{1,2}}{_NAME}){{0,7}}")
# 2023年某县统计局工作总结: the year may stand in front.
# 2024年上半年某街道办事处重点工作…: and the part of the year behind it, or alone.
_PART: Final = "(?:[上下]半年|前[一二三]季度|第?[一二三四]季度|[0-9]{1,2}(?:[-—至][0-9]{1,2})?月份?)"
_YEAR: Final = re.compile(
    rf"(?:(?:19|20)[0-9]{{2}}|二[〇○零][〇○一二三四五六七八九零]{{2}})年度?{_PART}?|{_PART}"
)
# 某市科委关于…, 某委2021年…, 某局二〇二一年…: where a title's subject begins.
_SUBJECT: Final = re.compile("关于|转发|印发|(?:19|20)[0-9]{2}|二[〇○零]")
# 某局上半年…, 某局工作总结: not behind a government, whose 政府工作报告 and 政府重点工作 are one word.
_TOPIC: Final = re.compile(
    "[上下]半年|前[一二三]季度|[一二三四]季度|年度|工作(?:年度)?(?:总结|报告|情况)|法治政府建设|依法行政|政府信息公开"
    "|政务公开|施政(?:绩效)?报告|部门整体支出|贯彻落实|重点工作"
)
# 关于某局的自查报告, 关于某局2021年…的报告: the report is about the agency itself.
_ABOUT: Final = re.compile(rf"关于({_NAME}?)(?=的|(?:19|20)[0-9]{{2}})")
# 现在，我代表省人民政府，向大会报告工作 and 我代表某局向区人大常委会报告.
_DELEGATE: Final = re.compile(rf"我(?:谨)?代表({_NAME}?)(?=[，,]?\s?(?:向|作|就))")
# 市审计局局长 俞某某, under the title of a report or at its end: who delivers it, and for whom.
_OFFICIAL: Final = re.compile(
    r"([\u4e00-\u9fff]{1,20}(?:局|厅|委员会|委|办公室|办|院|中心|部|署|处))"
    r"(?:党[组委](?:书记|成员)、)?副?(?:局长|厅长|主任|院长|部长|署长|处长)"
    r"[ \u3000]{1,8}[\u4e00-\u9fff ]{2,8}"
)
# 2023年，某市统计局坚持以…为指导 and 某局高度重视，…: whom the report's first sentences speak of.
_ACTS: Final = (
    "坚持|以习近平|严格|认真|深入|紧紧围绕|紧密围绕|紧扣|围绕|全面贯彻|全面落实|在.{2,40}(?:领导|指导)下|高度重视|切实|积极|"
    "承担|共承办|共承担"
)
_SPOKEN: Final = re.compile(
    rf"(?:(?:19|20)[0-9]{{2}}年(?:度|以来|来)?[，,]?|今年以来[，,]|一年来[，,])?({_NAME}?)(?=(?:{_ACTS}))"
)
# 运输及房屋局局长：主席，…: the official who answers a member's question.
_SPEAKER: Final = re.compile(r"^([\u4e00-\u9fff]{2,14}[局处署司](?:局长|处长|署长|司长))[:：]")
# 各部门, 有关单位, 我局, 省委、省政府: bodies that a report speaks of without naming who reports.
_VAGUE: Final = (
    *("各", "有关", "相关", "我", "全", "本", "党", "其", "该"),
    *("省委", "市委", "区委", "县委", "县级", "市级", "省级", "区级"),
)
_ENDS: Final = re.compile(r"[\u4e00-\u9fff、（）()·]{2,40}$")
_SEAL: Final = re.compile(r"\s*[（(](?:加?盖?公?章|签章)[）)]\s*$")  # 填报单位：某局（盖章）
# 编制：某办 2016年10月12日
_DAY: Final = re.compile(r"\s+20\d\d[年.\-/]\d{1,2}(?:月|[.\-/])(?:\d{1,2}日?)?\s*$")
_HOME: Final = re.compile(r"(?:网站|返回)?(?:首\s?页|主页)")
_LEVELS: Final = "省市县区州盟旗"
_INNER: Final = 4
_SUBJECT_IN: Final = 4
_EDGE: Final = 12  # lines at the end of a text that may name who signs
_DELEGATES_IN: Final = 12  # a speaker introduces himself in the first lines of the text


def agency_of(
    lines: Sequence[Line], title: Found[str] | None, facts: Sequence[Pair], text: Text
) -> Found[str] | None:
    """The reporting agency as the document prints it; None where none is named for sure.

    ``facts`` are the page's labelled pairs, ``text`` its whole text. Newspapers, sites,
    places and advertised brands are no agencies.

    >>> title = Found("某市科委关于2018年度的自查报告", Text.of("某市科委关于2018年度的自查报告"))
    >>> agency_of([], title, [], Text.of("")).value
    '某市科委'
    >>> title = Found("关于某区教育局2022年度的报告", Text.of("关于某区教育局2022年度的报告"))
    >>> agency_of([], title, [], Text.of("")).value
    '某区教育局'
    """
    ways: tuple[Callable[[], Iterator[Found[str]]], ...] = (
        lambda: _titled(title),
        lambda: _fronted(title, text),
        lambda: _above(lines, title),
        lambda: (found for found in _labelled(facts) if not _is_inner(found.value)),
        lambda: _delegated(lines),
        lambda: _signed(lines),
        lambda: _delivering(lines),
        lambda: _speaking(lines),
        lambda: _spoken_of(lines),
        lambda: _closing(lines),
        lambda: _headed(lines, title),
        lambda: _barred(lines),
        lambda: _labelled(facts),
        lambda: _sourced(facts),
        lambda: _bannered(lines),
    )
    named = next((found for way in ways for found in way()), None)
    return _completed(named, (*_labelled(facts), *_signed(lines))) if named else None


def _is_inner(name: str) -> bool:
    """Whether it is an office inside an agency that the page may name too: 研考处, 督查室."""
    return len(name) <= _INNER and not any(level in name for level in _LEVELS)


def _completed(short: Found[str], others: Sequence[Found[str]]) -> Found[str]:
    """A name without its place (市人民政府办公室) as a label or the signature prints it with the place."""
    whole = (found for found in others if found.value.endswith(short.value) and len(found.at) > len(short.at))
    return next(whole, short) if short.value[0] in _LEVELS else short


def _titled(title: Found[str] | None) -> Iterator[Found[str]]:
    if title is None:
        return
    about = _ABOUT.match(title.value)
    for start, end in (*_owners(title.value), *([about.span(1)] if about else [])):
        if is_agency(title.value[start:end]):
            yield Found(title.value[start:end], title.at.cut(start, end), "title")


def _owners(title: str) -> Iterator[tuple[int, int]]:
    """What stands in front of a title's subject, wherever that may begin; half-open offsets."""
    year = _YEAR.match(title)
    start = year.end() if year else 0
    for pattern in (_SUBJECT, _TOPIC):
        for match in pattern.finditer(title, start + 1):
            name = title[start : match.start()].rstrip()
            topical = pattern is _TOPIC or year is not None
            if _NAMES.fullmatch(name) and not (topical and name.endswith("政府")):
                yield start, start + len(name)


def _above(lines: Sequence[Line], title: Found[str] | None) -> Iterator[Found[str]]:
    """The name on the line above a title that begins with 关于; a government's there is a site's banner."""
    if title is None or not title.at or not title.value.startswith(("关于", "印发", "转发")):
        return
    place = title.at.bounds()[0]
    for line, under in pairwise(lines):
        if under.start == place and not line.cell and not line.value.endswith("人民政府"):
            if is_agency(line.value):
                yield Found(line.value, line.text, "above_title")
            return


def _headed(lines: Sequence[Line], title: Found[str] | None) -> Iterator[Found[str]]:
    """The name on a page's first line, right above the title; a government's there is a site's banner."""
    for line, under in _opening(lines):
        if title is not None and title.at and under.start == title.at.bounds()[0] and not line.cell:
            yield Found(line.value, line.text, "above_title")


def _opening(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """The first line, where it is the name of an agency but a government's, and the one under it."""
    for line, under in pairwise(lines[:2]):
        if is_agency(line.value) and not line.value.endswith("人民政府"):
            yield line, under


def _barred(lines: Sequence[Line]) -> Iterator[Found[str]]:
    """The name between bars beside the page's date: 2025-09-10 ｜ 某区督查室 ｜ 阅读 642."""
    for line in lines[: zones(lines).start]:
        for part in PART.finditer(line.value) if any(lone_dates(line)) else ():
            if is_agency(part.group()):
                yield Found(part.group(), line.text.cut(*part.span()), "date_line")


def _fronted(title: Found[str] | None, text: Text) -> Iterator[Found[str]]:
    """The name in front of the title where the text prints it: …〔2015〕160号某办公室关于…的通报."""
    if title is None or not title.value.startswith(("关于", "印发", "转发")):
        return
    place = text.value.find(title.value)
    while place >= 0:
        match = _ENDS.search(text.value, max(0, place - 40), place)
        if match:
            start = match.start() + (1 if match.group().startswith("号") else 0)
            name = text.value[start:place]
            if is_agency(name):
                yield Found(name, text.cut(start, place), "before_title")
        place = text.value.find(title.value, place + 1)


def _labelled(facts: Sequence[Pair]) -> Iterator[Found[str]]:
    for pair in facts:
        name = pair.value.cut(0, len(_SEAL.sub("", _DAY.sub("", pair.value.value))))
        if pair.field == "agency" and is_agency(name.value):
            yield Found(name.value, name, "label")


def _sourced(facts: Sequence[Pair]) -> Iterator[Found[str]]:
    """来源：某县政府办公室, when nothing in the report names who reports."""
    for pair in facts:
        if pair.field == "info_source" and is_agency(pair.value.value):
            yield Found(pair.value.value, pair.value, "source")


def _bannered(lines: Sequence[Line]) -> Iterator[Found[str]]:
    """The name on a page's first line, above the menu of its site (首页); a government's is a portal's."""
    for line, under in _opening(lines):
        if _HOME.match(under.value):
            yield Found(line.value, line.text, "banner")


def _closing(lines: Sequence[Line]) -> Iterator[Found[str]]:
    """A name alone on the last line of prose, behind a sentence that ends: a signature without its date."""
    for before, line in pairwise(lines[-_EDGE:]):
        ended = not line.cell and not before.cell and before.value.endswith("。")
        if ended and is_agency(line.value) and _is_only(lines, line.value):
            yield Found(line.value, line.text, "closing")


def _is_only(lines: Sequence[Line], name: str) -> bool:
    """Whether no other agency has a line of its own: of offices that head a list any may be the last."""
    return all(line.cell or line.value == name or not is_agency(line.value) for line in lines)


def _delegated(lines: Sequence[Line]) -> Iterator[Found[str]]:
    start = zones(lines).start
    for line in lines[start : start + _DELEGATES_IN]:
        match = _DELEGATE.search(line.value)
        if match and is_agency(match[1]):
            yield Found(match[1], line.text.cut(*match.span(1)), "speaker_for")


def _signed(lines: Sequence[Line]) -> Iterator[Found[str]]:
    """县委督查办 2024年7月22日 under the title, or the name and the date at the end."""
    signature = signature_of(lines)
    if signature:
        yield signature.name


def _delivering(lines: Sequence[Line]) -> Iterator[Found[str]]:
    for line in (*lines[: zones(lines).start], *lines[-_EDGE:]):
        match = None if line.cell else _OFFICIAL.fullmatch(line.value)
        if match and is_agency(match[1]):
            yield Found(match[1], line.text.cut(*match.span(1)), "official")


def _spoken_of(lines: Sequence[Line]) -> Iterator[Found[str]]:
    """The subject of one of the first sentences, when nothing else names who reports."""
    prose = [line for line in lines[zones(lines).start :] if not line.cell and marker_of(line.value) is None]
    for line in prose[:_SUBJECT_IN]:
        match = _SPOKEN.match(line.value)
        if match and is_agency(match[1]) and not match[1].startswith(_VAGUE):
            yield Found(match[1], line.text.cut(*match.span(1)), "subject")


def _speaking(lines: Sequence[Line]) -> Iterator[Found[str]]:
    for line in lines:
        match = _SPEAKER.match(line.value)
        if match:
            yield Found(match[1], line.text.cut(*match.span(1)), "speaker")
