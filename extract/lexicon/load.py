"""The words of this package, read from its TOML and TSV files once and kept."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

_PACKAGE: Final = "extract.lexicon"


@cache
def load_text(name: str) -> str:
    """The file ``name`` of the lexicon as a string; FileNotFoundError when there is none."""
    return files(_PACKAGE).joinpath(name).read_text(encoding="utf-8")


@cache
def load_toml(name: str) -> dict[str, Any]:
    """The tables of a TOML file of the lexicon, by name with or without ``.toml``.

    The dict is shared by all callers: read it, do not change it.
    Raises FileNotFoundError when there is no such file.

    >>> "牵头" in load_toml("units.toml")["roles"]["lead"]
    True
    """
    return tomllib.loads(load_text(_named(name, ".toml")))


@cache
def load_tsv(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a TSV file of the lexicon; empty lines and ``#`` comments left out.

    >>> ("北京市", "110000", "北京") in load_tsv("regions.tsv")
    True
    """
    lines = load_text(_named(name, ".tsv")).splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def load_words(name: str) -> frozenset[str]:
    """The words of a plain list, one a line; empty lines and ``#`` comments left out.

    >>> "进一步" in load_words("stopwords.txt")
    True
    """
    lines = load_text(_named(name, ".txt")).splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _named(name: str, suffix: str) -> str:
    return name if name.endswith(suffix) else name + suffix
