"""Numbers as Chinese documents write them: 三百余, 二〇二二, 廿五, 1,234.5, １２, 四分之一, 第十五."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

Number = int | float

DIGITS: Final[dict[str, int]] = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    **dict.fromkeys("○Ｏ◯", 0),  # what keyboards leave in 二○一五
    "两": 2,
}
PLACES: Final[dict[str, int]] = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MAGNITUDES: Final[dict[str, int]] = {"万": 10**4, "亿": 10**8, "万亿": 10**12}
CHARACTERS: Final = "".join((*DIGITS, *PLACES, "万亿廿卅"))
"""Every character a Chinese numeral is written with."""

_WIDE: Final = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_LONGEST: Final = 32  # beyond any number of a report; a hostile one must not reach int()
_TWENTIES: Final = str.maketrans({"廿": "二十", "卅": "三十"})  # 廿五, 卅周年
_MORE: Final = "余多来几"  # 三百余, 一千多, 十来, 十几: the bound below
# 1,234.5 and 1234.5, and the magnitudes behind them: 1.2万, 3千, 4.784万亿.
_ARABIC: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?([十百千]?(?:万亿|[万亿])?)")
_GROUPS: Final = re.compile(r"([^亿]*亿)?([^万]*万)?(.*)")
_FRACTION: Final = re.compile(r"([^分]{1,8})分之([^分]{1,12})")


def parse_numeral(text: str) -> Number | None:
    """The number that the whole text writes, or None when it writes none.

    A trailing or inner 余, 多, 来 or 几 is left out of account: the value is the bound
    that it stands on. Fractions come back as what they are worth.

    >>> parse_numeral("三百余"), parse_numeral("1,234.5"), parse_numeral("二〇二二")
    (300, 1234.5, 2022)
    >>> parse_numeral("百分之十"), parse_numeral("四分之一"), parse_numeral("1.2万")
    (0.1, 0.25, 12000)
    >>> parse_numeral("一体") is None
    True
    """
    plain = text.strip().translate(_WIDE).translate(_TWENTIES)
    fraction = _FRACTION.fullmatch(plain)
    if fraction:
        return _quotient(_whole(fraction[2]), _whole(fraction[1]))
    return _whole("".join(char for char in plain if char not in _MORE))


def ordinal(text: str) -> int | None:
    """The rank that the whole text writes, with or without 第; None when it writes none.

    >>> ordinal("第十五"), ordinal("十一"), ordinal("第25"), ordinal("第一批")
    (15, 11, 25, None)
    """
    value = parse_numeral(text.strip().removeprefix("第"))
    return value if isinstance(value, int) else None


def scaled(value: Number, magnitude: int) -> float:
    """``value`` times ``magnitude`` without the noise of binary fractions.

    >>> scaled(5.64, 10000)
    56400.0
    """
    return float(Decimal(str(value)) * magnitude)


def _quotient(part: Number | None, whole: Number | None) -> Number | None:
    return None if part is None or not whole else part / whole


def _whole(text: str) -> Number | None:
    if not 0 < len(text) <= _LONGEST:
        return None
    arabic = _ARABIC.fullmatch(text)
    if arabic:
        return _arabic(arabic)
    if len(text) > 1 and all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    if "点" in text:
        return _decimal(text)
    return _chinese(text)


def _arabic(match: re.Match[str]) -> Number:
    value = Decimal(match[1].replace(",", "") + (match[2] or ""))
    for char in match[3]:
        value *= PLACES.get(char) or MAGNITUDES[char]
    return int(value) if value == int(value) else float(value)


def _decimal(text: str) -> Number | None:
    """三点五, 二点零八."""
    left, _, right = text.partition("点")
    whole = _chinese(left) if left else None
    if whole is None or not right or any(char not in DIGITS for char in right):
        return None
    return float(f"{whole}." + "".join(str(DIGITS[char]) for char in right))


def _chinese(text: str) -> int | None:
    """一百零八, 三万二, 两亿三千万, 四万亿: groups of four places under 亿 and 万."""
    if text.endswith("万亿"):
        return _times(_section(text[:-2]) if len(text) > 2 else 1, 10**12)
    match = _GROUPS.fullmatch(text)
    if match is None:
        return None
    total = 0
    scale = 0
    for part, size in ((match[1], 10**8), (match[2], 10**4)):
        if part:
            group = _times(_section(part[:-1]) if len(part) > 1 else 1, size)
            if group is None:
                return None
            total, scale = total + group, size
    if match[3]:
        rest = _section(match[3], scale)
        return None if rest is None else total + rest
    return total


def _times(value: int | None, size: int) -> int | None:
    return None if value is None else value * size


def _section(text: str, above: int = 0) -> int | None:
    """Up to four places: 三千二百零五, 十五, 百, 一百二 (a last digit counts in the next place).

    ``above`` is the magnitude in front of it: 三万二 is 32,000.
    """
    total, digit, place = 0, None, above
    for char in text:
        if char in DIGITS:
            if digit is not None:
                return None  # 三四百 is no one number
            digit = DIGITS[char] or None
            place = 1 if char in "零〇○" else place
        elif char in PLACES:
            if place and PLACES[char] >= place > 1:
                return None
            place = PLACES[char]
            total, digit = total + (1 if digit is None else digit) * place, None
        else:
            return None
    if digit is None:
        return total if total or text in DIGITS else None
    return total + digit * (place // 10 if place >= 100 else 1)
