"""The same page in other characters and bytes."""

from __future__ import annotations

from tests.variants.facts import Facts
from tests.variants.grids import page, plain, table


def labelled_gb2312(facts: Facts) -> bytes:
    return plain(facts).replace("charset='utf-8'", "charset='gb2312'").encode("gb18030")


def labelled_wrong(facts: Facts) -> bytes:
    """UTF-8 that says it is GBK."""
    return plain(facts).replace("charset='utf-8'", "charset='gbk'").encode()


def utf16(facts: Facts) -> bytes:
    return plain(facts).replace("charset='utf-8'", "charset='utf-16'").encode("utf-16")


def traditional(facts: Facts) -> bytes:
    return hant(plain(facts)).encode()


def big5(facts: Facts) -> bytes:
    """Traditional characters; those that Big5 lacks as references."""
    text = page(facts.title, table(facts.header(), facts.rows(joint="\n")), "big5")
    return hant(text).encode("big5hkscs", errors="xmlcharrefreplace")


def references(facts: Facts) -> bytes:
    """Every character beyond ASCII as a reference."""
    return plain(facts).encode("ascii", errors="xmlcharrefreplace")


def hant(text: str) -> str:
    """Traditional characters, word by word."""
    from opencc import OpenCC

    converted: str = OpenCC("s2t").convert(text)
    return converted


VARIANTS = {
    made.__name__: made for made in (labelled_gb2312, labelled_wrong, utf16, traditional, big5, references)
}

TRADITIONAL = {"traditional", "big5"}
