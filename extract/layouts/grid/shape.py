"""The shapes of columns: what a cell looks like when no header word says what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from extract.classed import state_of
from extract.lexicon.load import load_toml
from extract.organisation import is_organisation

_EDGE: Final = " \t\r\n\u3000。；;，,：:（）()【】[]“”"

# 1   1-2   （3）   3.
_NUMBER: Final = re.compile(r"[（(]?\d{1,3}(?:[-.．]\d{1,2})?[）).、．]?$")
# 8   93.6%   ≥85   3200万美元
_AMOUNT: Final = re.compile(r"[≥≤<>＜＞=＝±]?\d[\d.,，]*[%％‰]?[\u4e00-\u9fff]{0,4}")
# 国庆节前   秋季开学前   六月底
_BEFORE: Final = re.compile(r"[^，。；,;]{1,7}(?:以前|之前|前|底)")
# A-01   甲   B3   （二）
_CODE: Final = re.compile(
    r"[A-Za-z]{1,3}[-.]?\d{1,4}|[甲乙丙丁戊己庚辛壬癸]|[（(]?[一二三四五六七八九十]{1,3}[）)]?"
)
# 2023.12   2023年6月底前   年底前   全年
_DATE: Final = re.compile(
    r"(?:\d{4}[年.\-/]\d{1,2}(?:[月.\-/]\d{0,2})?[日]?|\d{1,2}月|年)(?:底|初|中旬)?(?:前)?$|全年$|长期|跨年度?|每(?:半?年|季度?|月|周)|\d{1,2}[-—–~至]\d{1,2}月底?前?$"
)
# 市政府工作报告第2项、日常履职考核事项 — 市政府重点工作 — 折子工程第12项
SOURCE: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{0,10}?(?:政府)?工作报告|[\u4e00-\u9fff]{0,8}(?:折子工程|绩效任务|民生实事|重点任务|重点工作|考核事项|督查事项|督办事项|履职事项)"
    r"|(?:12345)?(?:市民(?:服务)?)?热线考核|接诉即办考核|[\u4e00-\u9fff]{0,6}一号文件?)"
    r"[书表单]?(?:第?[\d一二三四五六七八九十、,，\-—]{1,12}[项条件])?"
    r"|(?<=[。；])[\u4e00-\u9fff]{2,14}第[\d一二三四五六七八九十]{1,4}[项条]"
)


# 市长承诺   代表建议第3号   2023年民生实事 — sources as whole cells only, since prose is full of them
_WEAK_SOURCE: Final = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:承诺|批示|提案|议案|代表建议|票决|督查件|党代会报告|专项规划)"
    r"|[\u4e00-\u9fff]{2,14}第\d{1,3}[项条号件]|[\u4e00-\u9fff]{0,4}20\d\d年度?民生实事"
)
# 已完成   达进度   正在推进   🟢   未启动
_STATUS: Final = re.compile(
    r"(?:已|基本|全部|提前|超额)?(?:完成|办结|竣工)|未?[达超欠]?到?(?:序时)?进度|(?:有序|正常|持续|正在|稳步)?推进(?:中)?|[未尚暂]{1,2}(?:启动|完成|开工|开展|实施|实现)|(?:部分|基本|已基本)完成|进展顺利|(?:按计划|如期|按期)(?:推进|完成)|正常|延期|取消|暂缓"
    r"|滞后|序时|进行中|[ABC]类|[🟢🟡🔴🔵⚪]|[红黄绿蓝]灯?"
)
_ANY_WORD: Final = 2  # 无, 其他, 一般 may stand in any cell
_ANSWERS: Final = frozenset("是否√×✓✗✔✘")


def is_number(value: str) -> bool:
    """Whether a cell is a row number: ``1``, ``1-2``, ``（3）``."""
    return bool(_NUMBER.match(value.strip()))


def is_code(value: str) -> bool:
    """Whether a cell is a number or a short code of a row: ``1``, ``A-01``, ``甲``."""
    return is_number(value) or bool(_CODE.fullmatch(value.strip()))


def is_date(value: str) -> bool:
    """Whether a cell is a date or a deadline: ``2023.12``, ``年底前``, ``国庆节前``."""
    stripped = value.strip()
    return (len(stripped) <= 20 and bool(_DATE.match(stripped))) or bool(_BEFORE.fullmatch(stripped))


def is_amount(value: str) -> bool:
    """Whether a cell is a number with its unit at most: `8` `93.6%` `≥85` `3200万美元`.

    >>> is_amount("93.6%"), is_amount("全年新建3处")
    (True, False)
    """
    return bool(_AMOUNT.fullmatch(value.strip()))


def is_status(value: str) -> bool:
    """Whether a cell is a status word and nothing else: ``已完成``, ``达进度``."""
    return bool(_STATUS.fullmatch(value.strip().rstrip("。"))) or is_state(value)


def is_verdict(value: str) -> bool:
    """Whether a cell is a status word, or the yes or no to a header that asks for one (是否完成).

    >>> is_verdict("已完成"), is_verdict("否"), is_verdict("是市重点项目")
    (True, True, False)
    """
    return bare(value) in _ANSWERS or is_status(value)


def is_state(value: str) -> bool:
    """Whether a cell is nothing but a word of the lexicon that states where a task stands.

    >>> is_state("达序时"), is_state("前期"), is_state("完成路基18公里")
    (True, False, False)
    """
    return bare(value) in _states()


def is_stateless(value: str) -> bool:
    """Whether a cell is a word of a status column that names none of the states, and means nothing else.

    >>> is_stateless("录案研议"), is_stateless("无"), is_stateless("已完成")
    (True, False, False)
    """
    word = bare(value)
    return len(word) > _ANY_WORD and word in _stateless()


@cache
def _stateless() -> frozenset[str]:
    return frozenset(load_toml("status")["silent"]["words"])


def says_more(value: str) -> bool:
    """Whether a cell of a status column says anything but a state: 前期, 已解决（A类）.

    >>> says_more("已解决"), says_more("已解决（A类）")
    (False, True)
    """
    return state_of(value) is not None or not is_state(value)


def bare(cell: str) -> str:
    """A cell without blanks, the stops and brackets around it and the class of its state.

    >>> bare("已解决（A类）"), bare("【完成】")
    ('已解决', '完成')
    """
    place = state_of(cell)
    cell = cell[slice(*place)] if place else cell
    return "".join(cell.split()).strip(_EDGE)


@cache
def _states() -> frozenset[str]:
    said = (word for words in load_toml("status")["cell"].values() for word in words)
    return frozenset(word for word in said if not is_amount(word))  # 完成率: 100% is a figure there


def is_source(value: str) -> bool:
    """Whether a whole cell is a list of places that assign work.

    >>> is_source("市政府工作报告第2项、日常履职考核事项"), is_source("推动项目落地。")
    (True, False)
    """
    parts = re.split(r"[、，,；;\n]", value)
    return len(value) <= 80 and all(_is_one_source(part.strip()) for part in parts if part.strip())


def _is_one_source(value: str) -> bool:
    return bool(SOURCE.fullmatch(value) or _WEAK_SOURCE.fullmatch(value))


def guess_columns(grid: Sequence[Sequence[str]]) -> tuple[str, ...] | None:
    """Columns of a table without header words, by the shapes of its cells; None when unclear.

    A number column, organisation lists, dates and sources are told by their form; of the
    remaining text columns the first is the task and the longest after it the progress.
    """
    if len(grid) < 3 or len(grid[0]) < 3:
        return None
    shapes = [_shape([row[i] for row in grid if row[i].strip()]) for i in range(len(grid[0]))]
    texts = [i for i, shape in enumerate(shapes) if shape == "text"]
    if shapes[0] != "seq" or not texts or len(set(shapes)) < 3:
        return None
    length = [sum(len(row[i]) for row in grid) for i in range(len(grid[0]))]
    columns = ["extra" if shape == "text" else shape for shape in shapes]
    columns[texts[0]] = "content"
    if len(texts) > 1:
        columns[max(texts[1:], key=lambda i: length[i])] = "progress"
    return tuple(columns)


def _shape(cells: Sequence[str]) -> str:
    tests = (
        ("seq", is_code),
        ("deadline", is_date),
        ("source", is_source),
        ("extra", is_amount),
        ("responsible", lambda v: is_organisation(v.split()[0])),
    )
    for name, test in tests:
        if cells and sum(map(test, cells)) * 5 >= len(cells) * 4:
            return name
    return "text"
