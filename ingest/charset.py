"""What a document says about its own encoding, under the names this project stores.

Labels are read as browsers read them (WHATWG Encoding): a label stands for the superset
that pages under it are really written in, so ``gb2312`` is GB18030 and ``iso-8859-1``
is windows-1252.
"""

from __future__ import annotations

import re
from typing import Final

_SUPERSETS: Final[dict[str, str]] = {
    **dict.fromkeys(
        ("gb2312", "gb_2312", "gb_2312-80", "gb-2312", "gbk", "x-gbk", "gb18030", "cp936", "ms936"), "gb18030"
    ),
    **dict.fromkeys(("euc-cn", "chinese", "csgb2312", "iso-ir-58", "hz-gb-2312", "gb"), "gb18030"),
    **dict.fromkeys(
        ("big5", "big5-hkscs", "big5hkscs", "big-5", "cn-big5", "csbig5", "x-x-big5", "cp950", "ms950"),
        "big5hkscs",
    ),
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(
        ("utf-16", "utf-16le", "utf-16be", "unicode", "ucs-2", "utf16", "iso-10646-ucs-2"), "utf-16"
    ),
    **dict.fromkeys(
        ("iso-8859-1", "iso8859-1", "latin1", "l1", "us-ascii", "ascii", "windows-1252", "cp1252"),
        "windows-1252",
    ),
}

# <meta charset="gb2312">, <meta http-equiv=… content="text/html; charset=gb2312">,
# <?xml version="1.0" encoding="GBK"?>, @charset "utf-8" is CSS and left out
_LABEL: Final = rb"[\"'\s]{0,8}([A-Za-z0-9_.:-]{2,40})"
_DECLARATION: Final = re.compile(
    rb"<meta\b[^>]{0,400}?\bcharset\s{0,8}=" + _LABEL + rb"|<\?xml\b[^>]{0,200}?\bencoding\s{0,8}=" + _LABEL,
    re.IGNORECASE,
)
_HEAD: Final = 4096


def superset(label: str | None) -> str | None:
    """The stored name of the encoding that a label stands for, or None for an unknown label.

    >>> superset("GB2312"), superset("iso-8859-1"), superset("x-unheard-of")
    ('gb18030', 'windows-1252', None)
    """
    return _SUPERSETS.get(label.strip(" \t\r\n\"';").lower()) if label else None


def sniffed_label(data: bytes) -> str | None:
    """The label that the first 4 KB declare (``<meta>``, XML declaration), as written.

    >>> sniffed_label("<meta charset=gb2312><title>公开</title>".encode("gb18030"))
    'gb2312'
    """
    head = data[: 2 * _HEAD].replace(b"\0", b"")[:_HEAD]
    match = _DECLARATION.search(head)
    return (match.group(1) or match.group(2)).decode("ascii") if match else None
