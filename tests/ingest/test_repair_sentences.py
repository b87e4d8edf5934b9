"""Generated sentences: clean ones must come out untouched, damaged ones exactly as they were."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path

import pytest

import ingest.decode  # noqa: F401 - registers the error handler that makes markers
from ingest.repair import repair
from schema.text import Text

SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))
SLOW = bool(os.environ.get("DUCHA_SLOW"))
CLEAN = 100_000 if SLOW else 20_000
DAMAGED = 10_000 if SLOW else 1_000

LATIN = (
    "GDP", "AI", "5G", "PPP", "App", "100+", "V2.0", "PM2.5", "CBD", "R&D", "naïve", "Café", "Ω", "℃", "μm",
    "±5%", "·", "×2", "10°C", "§3", "é", "ü",
)  # fmt: skip
BRACKETED = (
    "(GDP)", "(AI)", "(PPP)", "(试行)", "2.0(含)", "（2022年第一批）", "(www)", "(ppm)", "(kWh)", "(x)",
    "（略）", "(含)", "(PM)", "【附件】", "〔2021〕5号", "《办法》", "“双减”", "‘一网’", "①",
    "1∶2", "——", "……",
)  # fmt: skip
MARKS = "，。；：、！？,;:!?"


@cache
def words() -> tuple[str, ...]:
    """The dictionary's words, rare ones and names included."""
    lines = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.split(" ")[0] for line in lines if len(line.split(" ")[0]) > 1)


@cache
def prose_words() -> tuple[str, ...]:
    lines = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ") for line in lines)
    return tuple(
        word for word, count, _ in rows if int(count) >= 300 and len(word) > 1 and not word.isascii()
    )


def clean_sentences(seed: int) -> Iterator[str]:
    """Endless sentences of words, numbers, marks of both widths, Latin words and brackets."""
    draw = random.Random(seed)
    while True:
        parts: list[str] = []
        for _ in range(draw.randrange(3, 12)):
            kind = draw.random()
            parts.append(
                draw.choice(words())
                if kind < 0.75
                else draw.choice(LATIN)
                if kind < 0.8
                else draw.choice(BRACKETED)
                if kind < 0.85
                else f"{draw.randrange(10**5) / 10 ** draw.randrange(3)}{draw.choice(('万家', '%', '亿元'))}"
                if kind < 0.9
                else draw.choice(MARKS)
            )
        yield "".join(parts) + draw.choice(MARKS)


def prose(seed: int) -> Iterator[str]:
    """Endless sentences of common words, as reports have them."""
    draw = random.Random(seed)
    while True:
        clauses = ("".join(draw.choices(prose_words(), k=draw.randrange(3, 7))) for _ in range(2))
        yield "，".join(clauses) + "。"


def test_clean_sentences_come_out_untouched() -> None:
    changed = [s for s in islice(clean_sentences(7), CLEAN) if repair(Text.of(s)).text.value != s]
    assert changed == []


def test_a_document_of_clean_sentences_comes_out_untouched() -> None:
    text = Text.of("\n".join(islice(clean_sentences(11), 5_000)))
    done = repair(text)
    assert done.text is text
    assert done.repairs == ()


@pytest.mark.skipif(not SEEDS, reason="the seeds are not here")
def test_the_lines_of_undamaged_seeds_come_out_untouched() -> None:
    lines = [line for path in SEEDS[1:] for line in path.read_text(encoding="utf-8").splitlines()]
    changed = [line for line in lines if repair(Text.of(line)).text.value != line]
    assert len(lines) > 200
    assert changed == []


def utf8_as_gbk(sentence: str) -> str:
    return sentence.encode().decode("gb18030", errors="ducha-mark")


def gbk_as_latin(sentence: str) -> str:
    return sentence.encode("gb18030").decode("latin-1")


def utf8_as_latin(sentence: str) -> str:
    return sentence.encode().decode("latin-1")


def gbk_as_windows(sentence: str) -> str:
    return "".join(
        bytes((b,)).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b)
        for b in sentence.encode("gb18030")
    )


def big5_as_gbk(sentence: str) -> str:
    return in_big5(sentence).encode("big5hkscs").decode("gb18030", errors="ducha-mark")


def sprinkled(character: str) -> Callable[[str], str]:
    return lambda sentence: character.join((sentence[:3], sentence[3:9], sentence[9:]))


def in_big5(sentence: str) -> str:
    """The sentence in traditional characters, as far as Big5 has them."""
    return _to_traditional()(sentence).encode("big5hkscs", errors="ignore").decode("big5hkscs")


@cache
def _to_traditional() -> Callable[[str], str]:
    from opencc import OpenCC

    return OpenCC("s2t").convert


def glossed(sentence: str) -> str:
    readings = {"在": "zài", "人": "ren", "国": "guó", "和": "hé", "工": "gong", "市": "shì", "科": "kē"}
    readings |= {"发": "fa", "进": "jin", "关": "guān", "动": "dong", "府": "fǔ", "政": "zheng", "业": "ye"}
    return "".join(f"{c}({readings[c]})" if c in readings else c for c in sentence)


KINDS: dict[str, Callable[[str], str]] = {
    "utf8_as_gbk": utf8_as_gbk,
    "gbk_as_latin": gbk_as_latin,
    "gbk_as_windows": gbk_as_windows,
    "utf8_as_latin": utf8_as_latin,
    "big5_as_gbk": big5_as_gbk,
    "pinyin_gloss": glossed,
    "zero_width": sprinkled("\u200b"),
    "bidi": sprinkled("\u202e"),
    "control": sprinkled("\x00"),
    "private_use": sprinkled("\uf0b7"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_damage_with_all_bytes_there_is_repaired(kind: str) -> None:
    damaged = repaired = flagged = 0
    for sentence in islice(prose(13), DAMAGED):
        broken = KINDS[kind](sentence)
        want = in_big5(sentence) if kind == "big5_as_gbk" else sentence
        if broken == want:
            continue
        done = repair(Text.of(broken))
        damaged += 1
        repaired += done.text.value == want
        flagged += bool(done.issues)
    assert damaged > DAMAGED / 3
    assert repaired >= 0.99 * damaged, f"{repaired} of {damaged}"
    assert flagged == damaged


def shifted(sentence: str) -> str:
    """A3BF and A3BB replaced by ``?`` and ``;`` without a look at character boundaries, as raw bytes."""
    data = sentence.encode("gb18030")
    for pair, mark in ((b"\xa3\xbb", b";"), (b"\xa3\xbf", b"?")):
        data = data.replace(pair, mark)
    return data.decode("gb18030", errors="ducha-mark")


def test_shifted_bytes_are_repaired_up_to_the_end_of_the_line() -> None:
    draw = random.Random(17)
    leads = [w for w in prose_words() if 0xBB <= w.encode("gb18030")[0] <= 0xBF]
    leads = [w for w in leads if w.encode("gb18030")[0] in (0xBB, 0xBF)]
    damaged = repaired = 0
    for sentence in islice(prose(19), DAMAGED):
        want = f"{sentence}{draw.choice(leads)}{next(prose(draw.randrange(10**6)))}1"
        broken = shifted(want)
        damaged += 1
        repaired += repair(Text.of(broken)).text.value == want
    assert repaired >= 0.99 * damaged, f"{repaired} of {damaged}"
