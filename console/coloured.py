"""The explanation of a report as one HTML page: what took each piece of the text, in colour."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from typing import Final

from console.pieces import NOTHING, Piece, lines, summary, visible
from schema.records import Extraction

_KINDS: Final = (
    ("task", "fields of tasks, alternating by task"),
    ("document", "fields of the document"),
    ("label", "headings, labels, furniture, background"),
    (NOTHING, "what nothing took"),
)
_STYLE: Final = """
body { font: 16px/1.7 system-ui, sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; }
td { border-top: 1px solid #ddd; padding: .2em .6em; vertical-align: top; }
td.n { color: #666; text-align: right; width: 3em; }
td.t { overflow-wrap: anywhere; white-space: pre-wrap; width: 60%; }
td.r { color: #444; font-size: .8em; overflow-wrap: anywhere; }
.task0 { background: #cfe8ff; } .task1 { background: #d5f2d3; }
.document { background: #ffe9b8; } .label { background: #e8e8e8; }
.nothing { background: #ffc9c9; outline: 1px solid #b00; }
.error, .warning { color: #b00; }
"""


def page(done: Sequence[Extraction]) -> str:
    """A page without scripts that loads nothing and holds everything escaped."""
    titles = "、".join(_text(one.document.file_name) for one in done)
    hashed = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{titles}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            *(part for one in done for part in _document(one)),
            "</body>\n</html>",
        )
    )


def _document(done: Extraction) -> Iterator[str]:
    yield f"<h1>{_text(summary(done))}</h1>"
    legend = (f'<span class="{_class(kind)}">{kind}</span> {told}' for kind, told in _KINDS)
    yield f"<p>{' · '.join(legend)}</p>"
    if done.issues:
        yield "<ul>"
        for found in done.issues:
            said = f"{found.severity} {found.code}: {found.message}"
            yield f'<li class="{_text(found.severity)}">{_text(said)}</li>'
        yield "</ul>"
    yield "<table>"
    for number, group in lines(done):
        found_pieces = list(group)
        marked = "".join(map(_marked, found_pieces))
        rules = dict.fromkeys(", ".join(piece.took) or NOTHING for piece in found_pieces)
        yield (
            f'<tr><td class="n">{number}</td><td class="t">{marked}</td>'
            f'<td class="r">{"<br>".join(map(_text, rules))}</td></tr>'
        )
    yield "</table>"


def _marked(piece: Piece) -> str:
    where = f" ({piece.part})" if piece.part else ""
    told = _text((", ".join(piece.took) or NOTHING) + where)
    return f'<span class="{_kind(piece.took)}" title="{told}">{_text(piece.text)}</span>'


def _kind(took: Sequence[str]) -> str:
    """The class of a piece: its first task's, else the document's, else a label's."""
    for name in took:
        if name[0].isdigit():
            return f"task{int(name.split('.', 1)[0]) % 2}"
    if any(name.startswith("document.") for name in took):
        return "document"
    return "label" if took else NOTHING


def _class(kind: str) -> str:
    return "task1" if kind == "task" else kind


def _text(value: str) -> str:
    return escape(visible(value), quote=True)
