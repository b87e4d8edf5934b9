"""Decoding: every encoding, label and cut gives the same text, or says what is missing."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.charset import sniffed_label, superset
from ingest.decode import MARKER_BASE, MARKERS, decode
from schema.errors import Rejected

SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))
needs_seeds = pytest.mark.skipif(not SEEDS, reason="the seeds are not here")

SHORT = "全市新设科技型企业5.64万家，同比增长13.0%，任务基本完成。"
LABELS = (None, "gb2312", "gbk", "gb18030", "utf-8", "big5", "iso-8859-1")
STORED = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
}


def page(body: str, label: str | None) -> str:
    return f'<html><head><meta charset="{label}"></head><body>{body}' if label else body


def codes(data: bytes, declared: str | None = None) -> list[str]:
    return [found.code for found in decode(data, declared).issues]


@needs_seeds
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("encoding", STORED)
def test_seeds_decode_to_the_same_text_under_every_label(encoding: str, label: str | None) -> None:
    for path in SEEDS if encoding != "big5" else SEEDS[:1]:
        want = page(path.read_bytes().decode("utf-8"), label)
        if encoding == "big5":  # Big5 can't hold all of it: what it can
            want = want.encode("big5", errors="ignore").decode("big5")
        done = decode(want.encode(encoding))
        assert done.text == want
        assert done.encoding == STORED[encoding]
        conflict = label is not None and superset(label) != STORED[encoding].removesuffix("-sig")
        assert [found.code for found in done.issues] == ["charset_conflict"] * conflict


@needs_seeds
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_seed_cut_anywhere_keeps_all_before_the_cut(encoding: str) -> None:
    draw = random.Random(3)
    for path in SEEDS:
        text = path.read_bytes().decode("utf-8")
        data = text.encode(encoding)
        for _ in range(40):
            done = decode(data[: draw.randrange(200, len(data))])
            kept = MARKERS.sub("", done.text)
            assert text.startswith(kept)
            assert bool(done.issues) == (kept != done.text)
            assert "\ufffd" not in done.text


@needs_seeds
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_lost_byte_does_not_change_the_encoding(encoding: str) -> None:
    draw = random.Random(5)
    for path in SEEDS:
        data = path.read_bytes().decode("utf-8").encode(encoding)
        for _ in range(20):
            at = draw.randrange(len(data))
            assert decode(data[:at] + data[at + 1 :]).encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be"])
def test_names_of_ten_characters_need_no_label(encoding: str) -> None:
    for name in ("北京市科委工作情况表", "任務落實情況一覽表名", "政府工作重任分工方案"):
        want = name.encode(encoding, errors="ignore").decode(encoding)
        assert decode(want.encode(encoding)).text == want


def test_every_gbk_character_outside_gb2312_survives_a_page_that_says_gb2312() -> None:
    pairs = [
        bytes((lead, trail)) for lead in range(0x81, 0xA1) for trail in range(0x40, 0xFF) if trail != 0x7F
    ]
    text = page(SHORT + "".join(pair.decode("gbk") for pair in pairs[:1000]) + SHORT, "gb2312")
    assert decode(text.encode("gb18030")).text == text


def test_bad_bytes_become_markers_with_their_places() -> None:
    data = SHORT.encode("gb18030")
    done = decode(data[:10] + b"\xff" + data[10:])
    assert done.text == SHORT[:5] + chr(MARKER_BASE + 0xFF) + SHORT[5:]
    assert [(found.code, found.start, found.end) for found in done.issues] == [("bytes_undecodable", 5, 6)]


def test_many_bad_places_are_listed_up_to_fifty_and_one_for_the_rest() -> None:
    done = decode((SHORT + "\0").encode().replace(b"\0", b"\xff ") * 80)
    assert len(done.issues) == 51
    assert done.issues[-1].end == len(done.text)


@pytest.mark.parametrize(
    ("label", "header", "want"),
    [
        ("gb2312", None, []),
        ("utf-8", None, ["charset_conflict"]),
        ("gb2312", "gbk", []),
        ("gb2312", "utf-8", ["charset_conflict"]),
        ("utf-8", "gb2312", ["charset_conflict"]),
        ("utf-8", "big5", ["charset_conflict", "charset_conflict"]),
        ("x-unheard-of", None, []),
    ],
)
def test_every_label_that_contradicts_the_bytes_is_flagged(
    label: str | None, header: str | None, want: list[str]
) -> None:
    assert codes(page(SHORT, label).encode("gb18030"), header) == want


def test_a_label_decides_only_between_equals() -> None:
    assert decode("Café déjà vu".encode("cp1252"), "iso-8859-1").encoding == "windows-1252"
    assert decode(SHORT.encode("gb18030"), "iso-8859-1").encoding == "gb18030"
    assert decode("联通".encode("gbk")).text == "联通"
    assert decode("Café déjà vu".encode()).encoding == "utf-8"


@pytest.mark.parametrize(
    "data", [b"", b"x", b"\xef\xbb\xbf", b" \r\n\t", "　\u200b\u3000".encode(), b"\xff\xfe"]
)
def test_nothing_to_read_is_rejected_as_empty(data: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        decode(data)
    assert (caught.value.stage, caught.value.code) == ("read", "empty")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"IHDR" * 20,
        b"\x7fELF\x02\x01\x01" + b"\0" * 60,
        random.Random(1).randbytes(5000),
        random.Random(2).randbytes(300),
        b"\0\1\2\3" * 50,
    ],
    ids=["png", "elf", "random", "random short", "controls"],
)
def test_data_that_is_no_text_is_rejected_as_binary(data: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        decode(data)
    assert (caught.value.stage, caught.value.code) == ("decode", "binary")


def test_nul_and_control_characters_in_text_are_no_binary() -> None:
    text = (SHORT + "\0" + SHORT + "\x08") * 20
    assert decode(text.encode()).text == text
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (b"<META content='text/html; charset=GB2312' http-equiv=Content-Type>", "GB2312"),
        (b'<?xml version="1.0" encoding="GBK"?>', "GBK"),
        (b"<meta name=x charset = utf-8 >", "utf-8"),
        (b"<p>charset=utf-8</p>", None),
        (b" " * 5000 + b"<meta charset=gbk>", None),
    ],
)
def test_declarations_of_the_document(head: bytes, label: str | None) -> None:
    assert sniffed_label(head) == label


@given(st.binary(max_size=400))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_decode_raises_nothing_but_rejected(data: bytes) -> None:
    with suppress(Rejected):
        done = decode(data)
        assert done.text.encode("utf-8")
        assert all(found.start is None or found.start < len(done.text) for found in done.issues)


@given(
    st.text(alphabet="市科委任务完成情况，。：0a <\n", min_size=12, max_size=80),
    st.sampled_from(sorted(STORED)),
)
@settings(max_examples=200, derandomize=True, deadline=None)
def test_chinese_text_comes_back(text: str, encoding: str) -> None:
    want = SHORT + text.encode(encoding, errors="ignore").decode(encoding)
    assert decode(want.encode(encoding, errors="ignore")).text == want.encode(
        encoding, errors="ignore"
    ).decode(encoding)
