"""The elements of HTML, sorted by what they mean for the text of a page."""

from __future__ import annotations

from typing import Final

# fmt: off
RAW: Final = frozenset({
    "iframe", "noembed", "noframes", "noscript", "script", "style", "svg", "template", "title", "xml",
})
"""Their content is no text of the page; ``title`` speaks about the page."""

INLINE: Final = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "tt", "u", "var", "wbr",
})
"""They stand within a line and don't part it."""

BLOCK: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "col",
    "colgroup", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "input", "legend",
    "li", "link", "main", "menu", "meta", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section",
    "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul",
})
"""They part lines, or stand outside them."""

VOID: Final = frozenset({
    "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})
"""They have no content and no end tag."""

FURNITURE: Final = frozenset({"aside", "button", "footer", "form", "nav", "select", "textarea"})
"""What they hold is no part of the report, unless it is most of the page."""

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}

CLOSES_P: Final = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table",
    "ul",
})
"""Their start tags end an open paragraph."""
# fmt: on

KNOWN: Final = INLINE | BLOCK | RAW | VOID
"""The tags that text files are cleaned of; any other name in angle brackets is text there."""
