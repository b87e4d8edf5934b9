"""Words are those that jieba finds with the same dictionary, also at the borders of scripts."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import words.dictionary
from words.dictionary import Dictionary, dictionary, terms
from words.segments import cut, every, finer

if TYPE_CHECKING:
    from jieba import Tokenizer

TEXT = "加快集成电路产线建设，支持集成电路设计企业；推动新型研发机构攻关关键核心技术，完成5项任务。"
_CHINESE: Final = re.compile(r"[\u4e00-\u9fd5]")


@cache
def of_jieba() -> Tokenizer:
    """jieba with the same terms, from its dictionary and not from the file that all users share."""
    import jieba

    made = jieba.Tokenizer()
    made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
    made.initialized = True
    for term in sorted(terms()):
        made.add_word(term)
    return made


TEXTS = pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "5G基站、AI芯片和C++等2.0版\r\n12项,占比3.5%;K12 T恤a1",
        "①龘龘𠀀新增々〇〇\u3000 研究生命起源的中关村科技园区",
        "捭阖纵横，揶揄嘲弄；揶他仫佬族妩媚岿然不动呂恹恹",
        "".join(chr(code) for code in range(0x4E00, 0x9FD6)),
        "".join(sorted(terms())),
        "",
    ],
    ids=["report", "letters", "borders", "only_beginnings", "all_characters", "terms", "nothing"],
)


@TEXTS
def test_one_reading(text: str) -> None:
    found = cut(text)
    assert found == of_jieba().lcut(text, HMM=False)
    assert "".join(found) == text


@TEXTS
def test_every_word(text: str) -> None:
    low = text.lower()
    theirs = [word for word in of_jieba().cut(low, cut_all=True) if _CHINESE.match(word)]
    assert [word for word in every(low) if _CHINESE.match(word)] == theirs


@TEXTS
def test_words_inside_words(text: str) -> None:
    assert [*finer(text)] == [*of_jieba().cut_for_search(text, HMM=False)]


def test_letters_are_words_without_their_marks() -> None:
    assert [*every("c++、#5g#(ai)\n12% + _ γ〇①")] == ["c", "c++", "5g", "ai", "12", "γ", "〇", "①"]


def test_terms_stay_whole() -> None:
    for word in ("综合性国家科学中心", "揭榜挂帅", "科技成果转化"):
        assert word in cut(f"推进{word}工作")


def test_words_do_not_depend_on_what_was_read_before() -> None:
    listing = "园 10 n\n园区 100 n\n创业 200 n\n创业园 5 n\n区 10 n"
    late, early = Dictionary(listing), Dictionary(listing)
    early.open("区园创")
    assert not late.known
    for words_ in (late, early):
        words_.open("创业园区")
        assert words_.ends("创业园区") == [2, 2, 4, 4]
        assert [words_.knows(word) for word in ("创业园", "创业园区", "业园")] == [True, False, False]


def test_the_last_of_equal_lines_counts_and_lines_may_stand_apart() -> None:
    listing = "园区 1 n\n创业 1 n\n园丁 1 n\n园区 7 n\n园艺师 0 n"
    apart = Dictionary(listing)
    apart.open("园")
    assert apart.known["园区"] > apart.known["园丁"] == 0.0
    assert not apart.knows("园艺师")
    assert round(2.718281828459045**apart.total) == 10


def test_nothing_is_taken_from_the_shared_temporary_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """jieba would read jieba.cache there, which anyone can plant."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "jieba.cache").write_bytes(b"planted")
    words.dictionary.dictionary.cache_clear()
    assert [*every("项日常履职")] == ["项", "日常", "日常履职", "履职"]
    assert [file.name for file in tmp_path.iterdir()] == ["jieba.cache"]
    assert (tmp_path / "jieba.cache").read_bytes() == b"planted"
    assert dictionary() is dictionary()
