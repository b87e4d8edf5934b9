"""The names of members: decoded, and cleaned of everything that is more than a name."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from zipfile import ZipInfo

_UTF8_FLAG: Final = 0x800
# reserved by Windows whatever the suffix: `con.txt`, `COM1`
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_DRIVE: Final = re.compile(r"^[A-Za-z]:")
_LONGEST: Final = 1000


def member_name(info: ZipInfo) -> str:
    """The name as its maker meant it: Windows in China writes GBK and says nothing about it.

    >>> info = ZipInfo("督查报告.txt".encode("gbk").decode("cp437"))
    >>> member_name(info)
    '督查报告.txt'
    """
    if info.flag_bits & _UTF8_FLAG:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def safe(name: str) -> str:
    """A relative path without steps upwards, drives, device names and control characters.

    Nothing here writes it to a disk; whoever reads `source_uri` later may.

    >>> safe("..\\\\..\\\\C:/aux.txt"), safe("/附件/../报告\\0.txt")
    ('_aux.txt', '附件/报告\\\\x00.txt')
    """
    steps = (_DRIVE.sub("", step).strip() for step in name.replace("\\", "/").split("/"))
    kept = [_DEVICE.sub(r"_\g<0>", visible(step)) for step in steps if step not in ("", ".", "..")]
    return "/".join(kept)[:_LONGEST] or "_"


def visible(step: str) -> str:
    """Control, bidi and surrogate characters escaped: they reorder or end what a reader sees."""
    return "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs") else _escaped(c) for c in step)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
