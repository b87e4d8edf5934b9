"""The numbers that a word processor prints before list paragraphs: 一、 （二） 3. ④."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_FORMAL: Final = "零壹贰叁肆伍陆柒捌玖"
_CHINESE: Final = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting",
}  # fmt: skip
_STEMS: Final = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_ROMAN: Final = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def numeral(value: int, form: str) -> str:
    """The number as a list of that form prints it; decimal for a form that isn't known.

    >>> [numeral(12, form) for form in ("chineseCounting", "decimalEnclosedCircle", "upperRoman", "decimal")]
    ['十二', '⑫', 'XII', '12']
    """
    if form in ("none", "bullet"):
        return ""
    if form in _CHINESE:
        return _chinese(value)
    if form == "chineseLegalSimplified":
        return _chinese(value, _FORMAL, "拾佰仟")
    return _single(value, form) or str(value)


def _single(value: int, form: str) -> str:
    """Forms that change the digits or give a sign for a number; empty where the form doesn't reach."""
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    if form.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if form in _STEMS and 1 <= value <= len(_STEMS[form]):
        return _STEMS[form][value - 1]
    if form in ("lowerLetter", "upperLetter") and value >= 1:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 1 <= value < 400:
        return _roman(value).lower() if form == "lowerRoman" else _roman(value)
    if form == "decimalZero":
        return f"{value:02}"
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    return ""


def _chinese(value: int, digits: str = _DIGITS, ranks: str = "十百千") -> str:
    """一 … 九千九百九十九; 10–19 without the leading 一."""
    if not 0 < value < 10_000:
        return str(value)
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            lead = "" if digit == 1 and place == 1 and value < 20 else digits[digit]
            text += ("零" if gap else "") + lead + (ranks[place - 1] if place else "")
        gap = bool(text) and not digit
    return text


def _roman(value: int) -> str:
    text = ""
    for weight, letters in _ROMAN:
        text += letters * (value // weight)
        value %= weight
    return text
