"""Words: Chinese text cut into words, with the field's terms kept whole.

jieba's own start reads and writes a file of a fixed name in the folder for temporary files
that all users share; the tokenizer here is built from the dictionary itself and touches
no cache (0.9 s once a process, only when words are asked for).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from extract.lexicon.load import load_words

if TYPE_CHECKING:
    from jieba import Tokenizer

_TYPICAL: Final = 11.0
"""How rare a word is that the list of frequencies does not have: its median."""


@cache
def tokenizer() -> Tokenizer:
    """A jieba tokenizer with the domain dictionary, shared by all callers; do not change it.

    >>> tokenizer().lcut("推进京津冀协同发展和新型研发机构建设")
    ['推进', '京津冀协同发展', '和', '新型研发机构', '建设']
    """
    import jieba  # noqa: PLC0415 - a second of start-up only where words are needed

    made = jieba.Tokenizer()
    made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
    made.initialized = True
    for word in sorted(load_words("domain_words")):
        made.add_word(word)
    return made


def cut(text: str) -> list[str]:
    """The words of a text in order; joined they are the text again. Only dictionary words.

    >>> cut("完成三年行动")
    ['完成', '三年', '行动']
    """
    return list(tokenizer().cut(text, HMM=False))


def rarity(word: str) -> float:
    """How rare a word is in general text (inverse document frequency, about 1 … 14).

    >>> rarity("我们") < rarity("区块链")
    True
    """
    return _rarities().get(word, _TYPICAL)


@cache
def _rarities() -> dict[str, float]:
    lines = files("jieba").joinpath("analyse/idf.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if " " in line)
    return {word: float(value) for word, value in pairs}
