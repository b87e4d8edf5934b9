"""The command line as users script it: streams, formats, exit statuses. Every call is a process."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import ducha, fill, lines, page


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    fill(folder)
    return folder


def query(folder: Path, sql: str) -> list[dict[str, Any]]:
    done = ducha("query", sql, "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_every_command_has_an_example(tmp_path: Path) -> None:
    import typer

    import cli

    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    assert {"ingest", "query", "search", "show", "reprocess", "export", "verify"} <= set(commands)
    assert {"explain", "check", "schema", "eval"} <= set(commands)
    assert [name for name, command in commands.items() if f"Example: ducha {name}" not in command.help] == []


def test_ingest_prints_counts_for_scripts(tmp_path: Path) -> None:
    page(tmp_path)
    first = ducha("ingest", "一.txt", "--format", "json", "--jobs", 1, cwd=tmp_path)
    assert first.returncode == 0
    told = json.loads(first.stdout)
    assert {name: told[name] for name in ("documents", "tasks", "skipped", "rejected", "flagged")} == {
        "documents": 1,
        "tasks": 3,
        "skipped": 0,
        "rejected": 0,
        "flagged": 0,
    }
    assert set(told) == {
        "run_id",
        "documents",
        "tasks",
        "skipped",
        "failed_before",
        "rejected",
        "flagged",
        "seconds",
    }
    assert "1 documents with 3 tasks stored" in lines(first)[-1]
    before = query(tmp_path, "FROM tasks")
    second = json.loads(ducha("ingest", "一.txt", "--format", "json", cwd=tmp_path).stdout)
    assert (second["documents"], second["skipped"]) == (0, 1)
    assert query(tmp_path, "FROM tasks") == before
    forced = ducha("ingest", "一.txt", "--force", "--report-year", 2019, "--agency", "某局", cwd=tmp_path)
    assert forced.returncode == 0
    assert query(tmp_path, "SELECT report_year, agency FROM documents") == [
        {"report_year": 2019, "agency": "某局"}
    ]


def test_bad_documents(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    page(tmp_path / "reports")
    (tmp_path / "reports" / "empty.txt").write_bytes(b"")
    (tmp_path / "reports" / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (tmp_path / "reports" / "letter.txt").write_text("今天天气很好。我们去公园。\n", encoding="utf-8")
    done = ducha("ingest", "reports", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["tasks"] == 3
    assert told["rejected"] + told["flagged"] == 3
    for name in ("empty.txt", "binary.txt", "letter.txt"):
        assert len([line for line in lines(done) if name in line]) == 1
    assert b"Traceback" not in done.stderr
    assert len(query(tmp_path, "SELECT DISTINCT source_uri FROM rejects")) == 3


def test_status_speaks_of_this_run(tmp_path: Path) -> None:
    """A rejected document is met again by every run; one that is stored, though it failed, is skipped."""
    page(tmp_path)
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (tmp_path / "letter.txt").write_text("今天天气很好。我们去公园。\n", encoding="utf-8")
    runs = [ducha("ingest", ".", "--format", "json", "--jobs", 0, cwd=tmp_path) for _ in range(2)]
    assert [done.returncode for done in runs] == [1, 1]
    (tmp_path / "binary.txt").unlink()
    third = ducha("ingest", ".", "--format", "json", "--jobs", 0, cwd=tmp_path)
    assert (third.returncode, json.loads(third.stdout)["failed_before"]) == (0, 1)
    assert "1 skipped that failed before" in lines(third)[-1]
    assert ducha("ingest", ".", "--force", "--jobs", 0, cwd=tmp_path).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["ingest", "none.txt"], 2, "none.txt"),
        (["ingest", "empty"], 2, "nothing to read in empty"),
        (["ingest"], 2, "PATH"),
        (["frobnicate"], 2, "frobnicate"),
        (["query", "SELECT 1", "--db", "none.duckdb"], 2, "no database at none.duckdb"),
        (["query", "SELECT 1", "--db", "text.duckdb"], 3, "not a database"),
        (["ingest", "一.txt", "--db", "text.duckdb"], 3, "not a database"),
        (["ingest", "一.txt", "--db", "none/x.duckdb"], 3, "can't be written"),
        (["query", "SELECT titel FROM tasks"], 2, "LINE 1"),
        (["query", "COPY tasks TO 'x.csv'"], 2, "only reads"),
        (["query", "SELECT 1", "--format", "xml"], 2, "unknown format"),
        (["query"], 2, "one statement"),
        (["show", "ffff"], 2, "no task or document"),
        (["search", "，"], 2, "no words"),
        (["export", "out", "--format", "ods"], 2, "unknown format"),
        (["eval", "none.json"], 2, "none.json"),
        (["explain", "none.txt"], 2, "none.txt"),
    ],
)
def test_failures_are_one_clear_line(filled: Path, arguments: list[str], status: int, said: str) -> None:
    (filled / "empty").mkdir(exist_ok=True)
    (filled / "text.duckdb").write_text("不是数据库" * 9999, encoding="utf-8")
    done = ducha(*arguments, cwd=filled)
    assert done.returncode == status, done.stderr.decode()
    assert said in done.stderr.decode()
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


def test_formats_of_query(filled: Path) -> None:
    sql = "SELECT ordinal, label, keywords FROM task_records WHERE report_year = 2021 ORDER BY 1"
    out = {
        form: ducha("query", sql, "--format", form, cwd=filled).stdout.decode()
        for form in ("table", "csv", "json", "jsonl", "markdown")
    }
    records = json.loads(out["json"])
    assert [record["label"] for record in records] == ["第1项", "第2项", "第3项"]
    assert [json.loads(line) for line in out["jsonl"].splitlines()] == records
    assert [row["label"] for row in csv.DictReader(io.StringIO(out["csv"]))] == ["第1项", "第2项", "第3项"]
    assert out["markdown"].splitlines()[:2] == ["| ordinal | label | keywords |", "| --- | --- | --- |"]
    assert out["table"].splitlines()[0].split() == ["ordinal", "label", "keywords"]


def test_query_reads_a_file_and_standard_input(filled: Path) -> None:
    sql = "SELECT count(*) AS n\nFROM tasks"
    (filled / "q.sql").write_text(sql, encoding="utf-8")
    for done in (
        ducha("query", "--file", "q.sql", cwd=filled),
        ducha("query", "-", cwd=filled, stdin=sql.encode()),
    ):
        assert done.stdout.decode().split() == ["n", "─", "6"]


def test_rows_and_time_are_limited(filled: Path) -> None:
    done = ducha("query", "FROM range(50)", "--limit", 10, "--format", "jsonl", cwd=filled)
    assert len(done.stdout.splitlines()) == 10
    assert "only the first 10 rows" in done.stderr.decode()
    done = ducha(
        "query", "SELECT count(*) FROM range(9999999) a, range(9999999) b", "--timeout", 0.3, cwd=filled
    )
    assert done.returncode == 2
    assert "not done after 0.3 s" in done.stderr.decode()


def test_show_search_check_verify_explain(filled: Path) -> None:
    (hit, *_) = json.loads(ducha("search", "綠化", "平臺", "--format", "json", cwd=filled).stdout)
    assert "绿化" in hit["title"]
    shown = ducha("show", hit["task_id"][:12], cwd=filled).stdout.decode()
    assert "【" in shown
    assert hit["task_id"] in shown
    (task,) = json.loads(ducha("show", hit["task_id"], "--format", "json", cwd=filled).stdout)["tasks"]
    assert task["evidence"]
    verified = ducha("verify", "--format", "json", "--jobs", 0, cwd=filled)
    assert (verified.returncode, json.loads(verified.stdout)["faults"]) == (0, [])
    assert set(json.loads(ducha("check", "--format", "json", cwd=filled).stdout)) >= {
        "contradictions",
        "uncovered",
    }
    assert ducha("check", cwd=filled).returncode == 0
    told = ducha("explain", "一.txt", cwd=filled).stdout.decode()
    assert "1.progress" in told
    assert ducha("explain", "-", cwd=filled, stdin=(filled / "一.txt").read_bytes()).returncode == 0


def test_eval(filled: Path) -> None:
    labels = {"一.txt": {"meta": {"report_year": 2021}, "tasks": [{"seq": str(n)} for n in (1, 2, 3)]}}
    (filled / "gold.json").write_text(json.dumps(labels), encoding="utf-8")
    done = ducha("eval", "gold.json", "--format", "json", cwd=filled)
    total = json.loads(done.stdout)["total"]
    assert (total["tasks"]["f1"], total["meta.report_year"]["found"]) == (1.0, 1)
    (filled / "accepted.json").write_bytes(done.stdout)
    same = ducha("eval", "gold.json", "--against", "accepted.json", cwd=filled)
    assert (same.returncode, same.stdout.decode().split()[-4:]) == (0, ["gained:", "0", "lost:", "0"])
    labels["一.txt"]["tasks"].append({"seq": "4"})
    (filled / "more.json").write_text(json.dumps(labels), encoding="utf-8")
    worse = ducha("eval", "more.json", "--against", "accepted.json", cwd=filled)
    assert (worse.returncode, "一.txt: task 4\n" in worse.stdout.decode()) == (1, True)


def test_export_names_its_files(filled: Path, tmp_path: Path) -> None:
    done = ducha("export", tmp_path / "out", "--format", "parquet", cwd=filled)
    files = [Path(line) for line in done.stdout.decode().splitlines()]
    assert {file.name for file in files} >= {"documents.parquet", "tasks.parquet", "spans.parquet"}
    assert all(file.is_file() for file in files)


def test_schema(filled: Path) -> None:
    described = json.loads(ducha("schema", cwd=filled).stdout)
    assert {"Task", "Document", "Metric"} <= set(described["$defs"])
    assert "CREATE TABLE documents" in ducha("schema", "--ddl", cwd=filled).stdout.decode()


def test_reprocess_changes_nothing_under_the_same_rules(filled: Path) -> None:
    dry = ducha("reprocess", "--dry-run", "--format", "json", "--jobs", 1, cwd=filled)
    told = json.loads(dry.stdout)
    assert (dry.returncode, told["changes"], told["documents"]) == (0, [], 0)
    done = ducha("reprocess", "--jobs", 1, cwd=filled)
    assert (done.returncode, done.stdout) == (0, b"0 gained, 0 lost, 0 changed\n")
