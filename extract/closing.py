"""What stands behind the last sentence: who signs, provides, answers calls, gets a copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extract.body import Line
from extract.signatures import is_agency
from schema.records import Label

# 2021年9月24日   二零二二年十一月   2022-11-3
_DATE: Final = re.compile(
    r"(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})[年.\-/]\s?[\d一二三四五六七八九十]{1,3}"
    r"(?:月|[.\-/]|$)\s?(?:[\d一二三四五六七八九十]{1,3}日?)?"
)
# （某局办公室提供） （此件公开发布）
_PROVIDED: Final = re.compile(r"[（(][^（）()。]{2,30}(?:提供|供稿|报送|公开发布|主动公开)[）)]")
# 联系人：童某   （联系人：孟某 电话：…）   填表人：许某 审核人：毛某   抄送：…   报：县委领导   送：各镇
_CONTACT: Final = re.compile(
    r"[（(]?(?:联系(?:人|电话|方式)|咨询电话|监督电话|举报电话|电子邮箱|邮政信箱|通信地址|传真"
    r"|[抄主分呈]?[报送]|印发|填[报表]人|审核人?|制表人?|填报|签发|经办人|责任编辑"
    r"|(?:资料|网页|页面)(?:维护|提供|更新)(?:单位|部门)?|维护单位|撰稿人?|供稿)[：:].{1,160}"
)
# 感谢您对教育工作的关心支持！   特此报告。
_FAREWELL: Final = re.compile(r"(?:再次)?感谢.{0,30}[。！!]|(?:特|专|为)此.{2,6}[。！!]?")
# ━━━━━━━━ between the text and who gets a copy
_RULE: Final = re.compile(r"[^\w。！？”）]+")
# 某县政府办公室 2016年9月23日印发   （共印120份）
_PRINTED: Final = re.compile(r"[^。；;]{0,30}\d{4}年\d{1,2}月\d{1,2}日印发|[（(]?共印\d{1,5}份[）)]?")
_FORMS: Final = (_DATE, _PROVIDED, _CONTACT, _FAREWELL, _RULE, _PRINTED)
_FEW: Final = 3
_LONGEST: Final = 40


def closing(lines: Sequence[Line]) -> tuple[Label, ...]:
    """The lines that close a text, from its end back to the last that is none of them.

    Names of organisations count while they are few: a table that lost its cells is full of them.

    >>> from schema.text import Text
    >>> page = ("清运杂物480车，已完成。", "某街道党工委", "（某街道办公室提供）")
    >>> len(closing([Line(Text.of(value)) for value in page]))
    2
    """
    names = [line for line in lines if _is_name(line)]
    found: list[Label] = []
    for line in reversed(lines):
        signed = _is_name(line) and len(names) <= _FEW
        if line.cell or not (signed or any(form.fullmatch(line.value) for form in _FORMS)):
            break
        found.append(Label(kind="metadata", start=line.start, end=line.end))
    return tuple(reversed(found))


def _is_name(line: Line) -> bool:
    return not line.cell and len(line.value) <= _LONGEST and is_agency(line.value)
