"""Pages and bodies from text written in the tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.body import Body
from extract.run import extract
from extract.script import fold
from ingest.read import read_page
from schema.page import Page, RawDocument
from schema.records import Extraction

Paged = Callable[..., Page]
Bodied = Callable[..., Body]
Extracted = Callable[..., Extraction]


@pytest.fixture
def page() -> Paged:
    def make(text: str, name: str = "page.txt") -> Page:
        return fold(read_page(RawDocument(name, name, text.encode())))[0]

    return make


@pytest.fixture
def body(page: Paged) -> Bodied:
    def make(text: str, name: str = "page.txt", title: str | None = None, year: int | None = None) -> Body:
        return Body(page(text, name), (), title, year)

    return make


@pytest.fixture
def extracted() -> Extracted:
    def make(text: str, name: str = "page.txt") -> Extraction:
        return extract(read_page(RawDocument(name, name, text.encode())))

    return make
