"""Repair: each kind of damage, what stays, alignment, flags with places."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.decode import decode
from ingest.repair import repair
from ingest.repairs.gloss import plain
from schema.text import Text

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "repair_text.yml").read_text(encoding="utf-8")
)
SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))
needs_seeds = pytest.mark.skipif(not SEEDS, reason="the seeds are not here")

# the six damaged stretches of the oldest seed: where, how long, what they say, whether a byte was lost
RUNS = [
    (7874, 7885, "。科技部批準在我市開", "exact"),
    (10177, 10190, "。基于“悟道”大模型研發", "exact"),
    (15847, 15852, "。科技部", "chosen"),
    (17906, 17914, "。科技北京微博", "chosen"),
    (18303, 18306, "。籌", "exact"),
    (21326, 21332, "。客房服務", "chosen"),
]


@pytest.mark.parametrize("case", CASES["in_the_wild"] + CASES["synthetic"], ids=lambda c: ascii(c["before"]))
def test_cases(case: dict[str, Any]) -> None:
    done = repair(Text.of(case["before"]))
    assert done.text.value == case["after"]
    assert [made.rule for made in done.repairs] == case["rules"]
    assert [found.code for found in done.issues] == case["codes"]


@pytest.mark.parametrize("case", CASES["negative"], ids=lambda c: ascii(c["before"]))
def test_what_is_no_damage_stays(case: dict[str, Any]) -> None:
    text = Text.of(case["before"])
    done = repair(text)
    assert done.text is text
    assert (done.repairs, done.issues) == ((), ())


@pytest.mark.xfail(strict=True, reason="two bytes lost and no word of the dictionary")
@pytest.mark.parametrize("case", CASES["known_failures"], ids=lambda c: ascii(c["before"]))
def test_known_failures(case: dict[str, Any]) -> None:
    assert repair(Text.of(case["before"])).text.value == case["after"]


@needs_seeds
def test_the_six_runs_of_the_seed() -> None:
    source = decode(SEEDS[0].read_bytes()).text
    done = repair(Text.of(source))
    assert sorted((made.start, made.end, made.after, made.certainty) for made in done.repairs) == RUNS
    assert all(made.before == source[made.start : made.end] for made in done.repairs)
    damaged = [(found.start, found.end) for found in done.issues if found.code == "text_damaged"]
    assert damaged == [(14118, 14119)]
    assert "北京?河北" in done.text.value


@needs_seeds
def test_the_undamaged_seeds_stay() -> None:
    for path in SEEDS[1:]:
        text = Text.of(decode(path.read_bytes()).text)
        done = repair(text)
        assert done.text is text
        assert done.issues == ()


def test_from_raw_bytes_the_first_character_is_exact() -> None:
    want = "全市各部门持续推进任务落实，通知各区。科技园区保护机制完成1"
    raw = want.encode("gb18030").replace(b"\xa3\xbf", b"?")
    done = repair(Text.of(decode(raw).text))
    assert done.text.value == want
    assert [made.certainty for made in done.repairs] == ["exact"]


def test_a_place_is_a_place_of_the_source() -> None:
    done = repair(Text.of("任务\u200b一：關(guān)于“單位”", at=100))
    assert [(made.start, made.end, made.before) for made in done.repairs] == [
        (102, 103, "\u200b"),
        (106, 112, "(guān)"),
    ]
    assert done.text.cut(5, 6).bounds() == (112, 113)


def test_many_places_of_one_kind_are_fifty_issues_and_one_for_the_rest() -> None:
    done = repair(Text.of("任\u200b务" * 80))
    assert len(done.repairs) == 80
    assert len(done.issues) == 51
    assert "30 more" in done.issues[-1].message
    assert (done.issues[-1].start, done.issues[-1].end) == (151, 239)


def test_an_unknown_reading_goes_only_beside_three_known_ones() -> None:
    alone = repair(Text.of("銀行(xíng)"))
    among = repair(Text.of("銀行(xíng)任務(wu)關(guan)于政(zheng)府"))
    assert alone.text.value == "銀行(xíng)" or alone.repairs[0].rule == "pinyin_gloss"
    assert among.text.value == "銀行任務關于政府"


def test_tones_are_dropped() -> None:
    assert [plain(s) for s in ("guān", "lǜ", "ér", "zheng")] == ["guan", "lv", "er", "zheng"]


def test_clean_text_is_read_fast() -> None:
    text = Text.of("全市新设科技型企业5.64万家，同比增长13.0%；任务（一）按期完成。\n" * 30_000)
    started = time.process_time()
    assert repair(text).text is text
    assert len(text) / (time.process_time() - started) > 1_000_000


@pytest.mark.parametrize("unit", ["?萍", "??", "鍏", "ÊÐ", "在(zai)", "?;I", "\uf7d2", "ヴ叭ЧΘ薄"])
def test_time_grows_with_length_only(unit: str) -> None:
    started = time.process_time()
    repair(Text.of(unit * (20_000 // len(unit))))
    assert time.process_time() - started < 5


NASTY = (
    "市科委任务?;;??萍疾颗I_P鍏枃锛ÊÐ¿(wù)(ren)人 。\n\u200b\u202e\x00\ue2c4\ue848\uf7a1\uf7d2\uf966⼀\u2003"
)


@given(st.text(alphabet=st.sampled_from(NASTY) | st.characters(), max_size=60))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_alignment_stays_valid_and_repair_is_idempotent(value: str) -> None:
    done = repair(Text.of(value))
    pieces = done.text.pieces()
    assert all(0 <= start <= end <= len(value) for start, end in pieces)
    assert list(pieces) == sorted(pieces)
    assert all(0 <= made.start <= made.end <= len(value) for made in done.repairs)
    assert all((found.start or 0) <= (found.end or 0) <= len(value) for found in done.issues)
    assert repair(done.text).text == done.text
    assert bool(done.issues) >= (done.text.value != value)
    done.text.value.encode("utf-8")
