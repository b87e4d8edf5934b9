"""A database with hand-made documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from schema.page import RawDocument
from store.reissues import fingerprint_rows
from store.rows import rows_of
from store.words import index_rows
from store.workspace import writing
from store.write import add_addresses, save, settle
from tests.store.made import NOW, extract


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "ducha.duckdb"


@pytest.fixture
def fill(database: Path) -> Callable[..., Path]:
    """Stores reports: ``fill(raw, raw, …)``; gives the path of the database."""

    def filled(*raws: RawDocument, version: str = "1") -> Path:
        with writing(database) as space:
            rows = []
            for raw in raws:
                one = rows_of(extract(raw, version=version), raw)
                index_rows(one)
                fingerprint_rows(one)
                rows.append(one)
            save(space.connection, rows, "run-1", NOW)
            seen = [(raw.sha256[:16], raw.uri, raw.name) for raw in raws]
            add_addresses(space.connection, seen, "run-1", NOW)
            settle(space.connection)
            space.publish()
        return database

    return filled
