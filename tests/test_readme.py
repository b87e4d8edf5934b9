"""What README.md shows is what the commands print."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tour import README, ROOT, replayed, store


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tour") / "ducha.duckdb"
    store(path)
    return path


def test_the_tour_shows_real_output(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    readme = README.read_text(encoding="utf-8")
    assert "$ ducha query" in readme
    assert replayed(readme, database) == readme


@pytest.mark.parametrize(
    "question", sorted((ROOT / "docs" / "tour").glob("*.sql")), ids=lambda path: path.stem
)
def test_the_questions_of_the_demonstration_have_answers(question: Path, database: Path) -> None:
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(question.read_text(encoding="utf-8")).fetchall()
    assert len(rows) >= 3
