"""An issuer's form: what a TOML file says about it beyond the general rules, checked on reading."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from extract.script import simplify
from schema.errors import UsageError

Column = Literal[
    "seq", "dimension", "content", "target", "source", "progress", "lead", "support", "responsible",
    "deadline", "status", "problems", "next_steps", "extra",
]  # fmt: skip
LabelColumn = Literal[
    "content", "progress", "problems", "next_steps", "lead", "support", "responsible", "deadline",
    "status", "source", "extra",
]  # fmt: skip
Layout = Literal[
    "table", "flattened_table", "labelled_list", "question_answer", "status_summary", "narrative"
]
Filled = Literal["source", "progress", "problems", "next_steps", "deadline", "label", "dimension", "units"]
Pairs = tuple[tuple[str, str], ...]
"""Words and the column each stands for: hashable, so that patterns made of them can be kept."""

_PACKAGE: Final = "extract.layouts"
_LONGEST: Final = 40
_BLANK: Final = re.compile(r"\s")
_SAID: Final = {
    "extra_forbidden": "no such key",
    "missing": "is missing",
    "tuple_type": 'must be a list: ["…"]',
    "string_type": "must be a string",
}


def _word(value: str) -> str:
    """A word as pages are read: simplified, without blanks."""
    if not 2 <= len(value) <= _LONGEST:
        raise ValueError(f"a word has 2 to {_LONGEST} characters")
    if "*" in value or _BLANK.search(value):
        raise ValueError("a word has no * and no blank")
    return simplify(value)


def _glob(value: str) -> str:
    """Words with ``*`` between them for whatever stands there; ends are open."""
    if not 2 <= len(value.replace("*", "").strip()) <= _LONGEST:
        raise ValueError(f"besides * there must be 2 to {_LONGEST} characters")
    return simplify(value)


def _host(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", value):
        raise ValueError("a host is written like www.example.gov.cn")
    return value


Word = Annotated[str, AfterValidator(_word)]
Glob = Annotated[str, AfterValidator(_glob)]
Host = Annotated[str, AfterValidator(_host)]
Count = Annotated[int, Field(ge=0, strict=True)]


class _Part(BaseModel):
    """Immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Identify(_Part):
    """By what a page is known: every key that is given has to hold, by one of its words."""

    title: tuple[Glob, ...] = ()
    agency: tuple[Glob, ...] = ()
    host: tuple[Host, ...] = ()
    body: tuple[Glob, ...] = ()

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not (self.title or self.agency or self.host or self.body):
            raise ValueError("one of title, agency, host, body must name something")
        return self


class Scope(_Part):
    """Which strategy reads the page, and the lines that open and close what it reads."""

    layout: Layout | None = None
    start: tuple[Glob, ...] = ()
    end: tuple[Glob, ...] = ()


class Bounds(_Part):
    """How many there must be at least and at most."""

    min: Count = 0
    max: Count | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.max is not None and self.max < self.min:
            raise ValueError("max is below min")
        return self


class Expect(_Part):
    """What every report in this form has: the number of its tasks, the fields none goes without."""

    tasks: Bounds = Bounds()
    filled: tuple[Filled, ...] = ()


class Form(_Part):
    """One form of one issuer (or of many that share it)."""

    name: str
    about: Annotated[str, Field(min_length=1)]
    identify: Identify
    scope: Scope = Scope()
    columns: dict[Column, tuple[Word, ...]] = Field(default_factory=dict)
    labels: dict[LabelColumn, tuple[Word, ...]] = Field(default_factory=dict)
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _unambiguous(self) -> Self:
        for pairs in (self.column_words, self.label_words):
            twice = [word for word, times in Counter(word for word, _ in pairs).items() if times > 1]
            if twice:
                raise ValueError(f"a word stands for one field only: {'、'.join(twice)}")
        return self

    @property
    def column_words(self) -> Pairs:
        return _pairs(self.columns)

    @property
    def label_words(self) -> Pairs:
        return _pairs(self.labels)


def _pairs(words: Any) -> Pairs:
    return tuple((word, column) for column, listed in words.items() for word in listed)


def parse(text: str, file: str) -> Form:
    """The form that a TOML file says, named by the file's name without its ending.

    Raises UsageError that names file, line, table and key of every mistake.

    >>> text = 'about = "x"\\nidentify.title = ["整改*销号"]\\nlabels.progress = ["销号情况"]'
    >>> parse(text, "forms/closure.toml").label_words
    (('销号情况', 'progress'),)
    """
    name = re.split(r"[/\\]", file)[-1].removesuffix(".toml")
    try:
        return Form.model_validate(tomllib.loads(text) | {"name": name})
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file}: no TOML: {error}") from error
    except ValidationError as error:
        told = [_told(text, file, found) for found in error.errors()]
        raise UsageError("\n".join(told)) from error


@cache
def shipped() -> tuple[Form, ...]:
    """The forms of this package, by name."""
    found = sorted(path.name for path in files(_PACKAGE).iterdir() if path.name.endswith(".toml"))
    return tuple(parse(files(_PACKAGE).joinpath(name).read_text(encoding="utf-8"), name) for name in found)


def _told(text: str, file: str, found: ErrorDetails) -> str:
    """``form.toml:7: [columns] progres: no such key``."""
    path = [part for part in found["loc"] if part != "[key]"]
    names = [str(part) for part in path if isinstance(part, str)]
    line = _line_of(text, names)
    place = f"{file}:{line}" if line else file
    table = f"[{names[0]}] " if len(names) > 1 or (names and _has_table(text, names[0])) else ""
    key = ".".join(names[1:] if table else names)
    item = "".join(f"[{part}]" for part in path if isinstance(part, int))
    where = f"{table}{key}{item}".strip()
    return f"{place}: {where}: {_message(found)}" if where else f"{place}: {_message(found)}"


def _message(found: ErrorDetails) -> str:
    if found["type"] in _SAID:
        return _SAID[found["type"]]
    if found["type"] == "literal_error" and found["loc"][0] in {"columns", "labels"}:
        return f"no such field; there are {', '.join(_fields(str(found['loc'][0])))}"
    return found["msg"].removeprefix("Value error, ")


def _fields(table: str) -> tuple[str, ...]:
    return get_args(Column if table == "columns" else LabelColumn)


def _has_table(text: str, name: str) -> bool:
    return any(table == name and not key for _, table, key in _lines(text))


def _line_of(text: str, names: list[str]) -> int | None:
    """The line that a key, else its table, stands on; None for what the file doesn't say."""
    places = [(number, ".".join(filter(None, place))) for number, *place in _lines(text)]
    for known in range(len(names), 0, -1):
        for number, place in places:
            if place == ".".join(names[:known]):
                return number
    return None


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Line number, table and key of the lines that open a table or set a key; good enough to point at."""
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        opened = re.match(r"\s*\[\s*([\w.-]+)\s*\]", line)
        if opened:
            table = opened[1]
            yield number, table, ""
        key = re.match(r"\s*([\w.-]+)\s*=", line)
        if key:
            yield number, table, key[1]
