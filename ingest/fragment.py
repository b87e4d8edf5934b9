"""A piece of text that may hold markup → its paragraphs: a line of a text file, a cell."""

from __future__ import annotations

from ingest.elements import BLOCK
from ingest.folding import decoded, folded
from ingest.markup import tokens
from schema.text import Text


def paragraphs(text: Text) -> tuple[Text, ...]:
    """The paragraphs of a fragment: tags cut out, entities decoded, blanks folded, empty ones dropped.

    >>> [p.value for p in paragraphs(Text.of("<ol> 1. 已完成。<p>2. <b>正在</b>推进&nbsp;。</p>"))]
    ['1. 已完成。', '2. 正在推进 。']
    """
    if "<" not in text.value:
        only = folded(decoded(text))
        return (only,) if only else ()
    found: list[Text] = []
    run: list[Text] = []
    for token in tokens(text.value, known_only=True):
        if token.kind in ("text", "cdata"):
            piece = text.cut(token.start, token.end)
            run.append(decoded(piece) if token.kind == "text" else piece)
        elif token.name in BLOCK and run:
            found.append(folded(Text.join(run)))
            run = []
    found.append(folded(Text.join(run)))
    return tuple(line for line in found if line)
