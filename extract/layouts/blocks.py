"""Records as blocks of labels: 案号：… 裁示事项：… 主办单位：… 办理情形：… and the same words again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extract.body import Body, Line
from extract.draft import Reading
from extract.layouts.block import Block, draft_of, known, told
from extract.layouts.prose.aftermath import chapters
from extract.layouts.prose.section import Path, headings
from extract.numbering import head
from extract.numerals import parse_numeral
from schema.records import Label
from schema.text import Text

_GAP: Final = r"[ \u3000]*"
_NUMBER: Final = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
# 议定事项1：   【落实情况】：   案号：10807-01
_FIRST: Final = re.compile(
    rf"[【\[]?(?P<word>[\u4e00-\u9fff]{{2,8}}?){_GAP}(?P<number>{_NUMBER})?[】\]]?{_GAP}[：:]{_GAP}"
)
# 主办单位：县住建局 协办单位：县财政局 — another label on the same line
_NEXT: Final = re.compile(rf"[ \u3000；;|｜](?P<word>[\u4e00-\u9fff]{{2,8}})[：:]{_GAP}")
# 来信1   案例二   【第3件】 — a line of its own that counts the records
_COUNTED: Final = re.compile(
    rf"[【\[]?[\u4e00-\u9fff]{{0,6}}?[（(]?第?(?P<number>{_NUMBER})[）)]?[\u4e00-\u9fff]{{0,2}}[】\]]?[：:、.．]?"
)
_FEWEST: Final = 3
_WRAPPED: Final = 25  # a line that long without a stop at its end goes on below
_STOPS: Final = "。；;！!？?"
_OPENING: Final = frozenset({"seq", "title", "content", "problems", "extra"})


@dataclass(frozen=True, slots=True)
class _Token:
    """A label on a line: its word, the number behind it, where it begins and where its value does."""

    word: str
    number: str | None
    start: int
    end: int


def read(body: Body) -> Reading:
    """Records that a repeated label opens, each with labels of its own; score 0 for any other page."""
    lines = body.lines
    columns = known() | dict(body.label_words)
    tokens = _tokens(lines, columns)
    opener = _opener(lines, tokens, columns)
    if opener is None:
        return Reading("labelled_list", 0.0)
    starting = [bool(found) and found[0].word == opener for found in tokens]
    end = _end(lines, tokens, starting)
    blocks, labels = _collect(lines[:end], tokens[:end], starting[:end])
    meant = told(blocks, columns)
    drafts = tuple(draft for draft in (draft_of(block, meant) for block in blocks) if draft)
    more, behind = chapters(lines[end:], body.report_year) if end < len(lines) else ((), ())
    telling = sum(1 for draft in drafts if "progress" in draft.fields)
    return Reading("labelled_list", telling / len(blocks), (*drafts, *more), (*labels, *behind))


def _tokens(lines: Sequence[Line], columns: dict[str, str]) -> list[tuple[_Token, ...]]:
    """The labels of every line: words that open several lines, and known ones."""
    firsts = [_FIRST.match(line.value) for line in lines]
    counts = Counter(first["word"] for first in firsts if first)
    words = {word for word, count in counts.items() if count > 1 or word in columns}
    return [
        tuple(_on_line(line.value, first, words | columns.keys())) if first and first["word"] in words else ()
        for line, first in zip(lines, firsts, strict=True)
    ]


def _on_line(value: str, first: re.Match[str], words: set[str]) -> Iterator[_Token]:
    yield _Token(first["word"], first["number"], 0, first.end())
    for match in _NEXT.finditer(value, first.end()):
        if match["word"] in words:
            yield _Token(match["word"], None, match.start() + 1, match.end())


def _opener(
    lines: Sequence[Line], tokens: Sequence[tuple[_Token, ...]], columns: dict[str, str]
) -> str | None:
    """The label that opens every record: the first on the page of those that come again as often as any.

    None where the records are numbered items, tell no progress or repeat a label within themselves.
    """
    counts = Counter(token.word for found in tokens for token in found)
    most = max(counts.values(), default=0)
    often = {word for word, count in counts.items() if count >= _FEWEST and count * 5 >= most * 4}
    opener = next((found[0].word for found in tokens if found and found[0].word in often), None)
    if opener is None or len(often) < _FEWEST or columns.get(opener, "extra") not in _OPENING:
        return None
    starts = [index for index, found in enumerate(tokens) if found and found[0].word == opener]
    numbered = sum(
        1 for index in starts if head(lines[index].value) or (index and _is_item(lines[index - 1]))
    )
    if numbered * 5 >= len(starts) * 4 or len(starts) < _FEWEST:
        return None
    inside = [
        [token.word for found in tokens[low:high] for token in found]
        for low, high in zip(starts, [*starts[1:], len(tokens)], strict=True)
    ]
    whole = [words for words in inside if len(words) == len(set(words)) and _tells(words, columns)]
    return opener if len(whole) * 5 >= len(inside) * 4 else None


def _is_item(line: Line) -> bool:
    """1.修路 above the labels: the item's own line, which the labels only fill."""
    return head(line.value) is not None and not _COUNTED.fullmatch(line.value)


def _tells(words: Sequence[str], columns: dict[str, str]) -> bool:
    return any(columns.get(word) == "progress" for word in words)


def _end(lines: Sequence[Line], tokens: Sequence[tuple[_Token, ...]], starting: Sequence[bool]) -> int:
    """The index of the first line behind the last record.

    A label that no other record has is none of the last one's, nor is a paragraph more than the
    value of a label has elsewhere; a line that is set too narrow goes on below.
    """
    last = max(index for index, starts in enumerate(starting) if starts)
    known = {token.word for found in tokens[:last] for token in found}
    most = _paragraphs(lines, tokens, last)
    word, more = "", 0
    for index in range(last, len(lines)):
        if tokens[index]:
            if not {token.word for token in tokens[index]} & known:
                return index
            word, more = tokens[index][-1].word, 0
        elif not _goes_on(lines[index - 1]):
            more += 1
            if more > most[word]:
                return index
    return len(lines)


def _paragraphs(lines: Sequence[Line], tokens: Sequence[tuple[_Token, ...]], last: int) -> Counter[str]:
    """How many paragraphs at most go on under each label, headings above the next record left out."""
    most: Counter[str] = Counter()
    word, more = "", 0
    for index in range(last):
        if tokens[index]:
            word, more = tokens[index][-1].word, 0
        elif (
            word
            and not _goes_on(lines[index - 1])
            and not (tokens[index + 1] and len(lines[index].value) < _WRAPPED)
        ):
            more += 1
            most[word] = max(most[word], more)
    return most


def _goes_on(line: Line) -> bool:
    return len(line.value) >= _WRAPPED and line.value[-1] not in _STOPS


def _collect(
    lines: Sequence[Line], tokens: Sequence[tuple[_Token, ...]], starting: Sequence[bool]
) -> tuple[list[Block], list[Label]]:
    blocks: list[Block] = []
    labels: list[Label] = []
    sections = Path()
    counted = _counters(lines, starting)
    starts = [starts or index in counted for index, starts in enumerate(starting)]
    titles = headings(lines, starts)
    for index, (line, found) in enumerate(zip(lines, tokens, strict=True)):
        if index in titles and not found:
            sections.open(line.text, head(line.value))
            labels.append(Label(kind="heading", start=line.start, end=line.end))
        elif index in counted:
            blocks.append(Block(sections.texts, line.text, counted[index]))
        elif not blocks and not starting[index]:
            labels.append(Label(kind="background", start=line.start, end=line.end))
        else:
            if starting[index] and index - 1 not in counted:
                blocks.append(_opened(line, found[0], sections.texts))
            labels += _fill(blocks[-1], line, found, wrapped=not found and _goes_on(lines[index - 1]))
    return blocks, labels


def _counters(lines: Sequence[Line], starting: Sequence[bool]) -> dict[int, str]:
    """The lines right above records that do nothing but count them, and the number of each."""
    found: dict[int, str] = {}
    for index, starts in enumerate(starting[1:]):
        match = _COUNTED.fullmatch(lines[index].value) if starts else None
        if match:
            found[index] = str(parse_numeral(match["number"]))
    return found if len(found) * 5 >= sum(starting) * 4 else {}


def _opened(line: Line, token: _Token, section: tuple[Text, ...]) -> Block:
    if token.number is None:
        return Block(section)
    return Block(
        section, line.text.cut(token.start, token.end).strip("：: \u3000"), str(parse_numeral(token.number))
    )


def _fill(block: Block, line: Line, found: Sequence[_Token], *, wrapped: bool) -> Iterator[Label]:
    """Cut a line at its labels; one without any goes on with the value that is open."""
    stops = [*(token.start for token in found[1:]), len(line.value)]
    for token, stop in zip(found, stops, strict=False):
        start, end = line.text.cut(token.start, token.end).bounds()
        yield Label(kind="label", start=start, end=end)
        block.values.append((token.word, []))
        block.values[-1][1].append(line.text.cut(token.end, stop).strip(" \u3000；;|｜"))
    if not found and block.values:
        texts = block.values[-1][1]
        texts.append(Text.join((texts.pop(), line.text), "") if wrapped and texts else line.text)
