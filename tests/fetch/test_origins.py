"""Where a report came from, in the database: the same whatever the order, and whatever is done again."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

import cli
from tests.ingest.formats import made
from tests.ingest.formats.test_warc import record

SITE = "http://www.example.gov.cn"
ROWS = [["序号", "任务内容", "落实情况"], ["1", "新建平台10个", "已建成平台10个，任务完成。"]]
OWN = "http://elsewhere.example.cn/own.html"
TOLD = f"<p>发布日期：2024-01-15</p><p>原文链接：{OWN}</p>"


def page(mark: str, own: str = "") -> bytes:
    html = made.page([*ROWS, ["2", f"修{mark}路", "已修好。"]])
    return html.replace("</h1>", f"</h1>{own}", 1).encode()


def line(url: str, file: str, data: bytes, **more: Any) -> str:
    known = {"url": url, "kind": "report", "outcome": "stored", "fetched_at": "2026-11-22T08:00:00+00:00"}
    return json.dumps(known | {"file": file, "sha256": sha256(data).hexdigest()} | more) + "\n"


PAGE = page("东", TOLD)
OTHER, BOOK = page("西"), made.xlsx([*ROWS, ["2", "修附路", "已修好。"]])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page under two addresses, another one, and a workbook that both link to."""
    root = tmp_path / "fetched"
    (root / "a").mkdir(parents=True)
    for name, data in {"1.html": PAGE, "2.html": PAGE, "3.html": OTHER, "4.xlsx": BOOK}.items():
        (root / "a" / name).write_bytes(data)
    book = f"{SITE}/4.xlsx"
    ledger = [
        line(f"{SITE}/z.html", "a/1.html", PAGE, attachments=[book]),
        line(f"{SITE}/b.html", "a/2.html", PAGE, final_url=f"{SITE}/moved.html", attachments=[book]),
        line(f"{SITE}/3.html", "a/3.html", OTHER),
        line(book, "a/4.xlsx", BOOK, kind="attachment", parent=f"{SITE}/b.html"),
    ]
    (root / "fetched.jsonl").write_text("not json\n" + "".join(ledger) + '{"half', "utf-8")
    return root


def run(*arguments: object) -> str:
    result = CliRunner().invoke(cli.app, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def urls(database: Path) -> dict[str, str]:
    return dict(rows(database, "SELECT doc_id, url FROM documents"))


def name_of(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]


WANTED = {
    name_of(PAGE): f"{SITE}/moved.html",
    name_of(OTHER): f"{SITE}/3.html",
    name_of(BOOK): f"{SITE}/4.xlsx",
}


def test_the_address_is_that_of_the_fetch(folder: Path) -> None:
    database = folder.parent / "a.duckdb"
    run("ingest", folder, "--db", database)
    assert urls(database) == WANTED
    assert {url for (url,) in rows(database, "SELECT url FROM task_records")} == set(WANTED.values())
    known = rows(database, "SELECT url, fetched_at::VARCHAR FROM addresses ORDER BY url")
    at = "2026-11-22 08:00:00"
    assert known == [(f"{SITE}/{one}", at) for one in ("3.html", "4.xlsx", "moved.html", "z.html")]
    run("verify", "--db", database)


def test_attachments_are_linked_to_their_pages(folder: Path) -> None:
    database = folder.parent / "a.duckdb"
    run("ingest", folder, "--db", database)
    book, its_page = name_of(BOOK), name_of(PAGE)
    found = rows(database, "SELECT doc_id, url, page_url, page_id FROM attachments ORDER BY ALL")
    pages = (f"{SITE}/moved.html", f"{SITE}/z.html")
    assert found == [(book, f"{SITE}/4.xlsx", one, its_page) for one in pages]


def test_a_document_that_is_stored_learns_its_address(folder: Path) -> None:
    database = folder.parent / "a.duckdb"
    ledger = folder / "fetched.jsonl"
    ledger.rename(folder.parent / "kept")
    run("ingest", folder, "--db", database)
    assert urls(database)[name_of(OTHER)] is None
    assert urls(database)[name_of(PAGE)] == OWN
    (folder.parent / "kept").rename(ledger)
    run("ingest", folder, "--db", database)
    assert urls(database) == WANTED
    ledger.unlink()
    run("ingest", folder, "--db", database, "--force")
    assert urls(database) == WANTED


def test_rows_do_not_depend_on_the_order_nor_on_the_place(folder: Path) -> None:
    moved = Path(shutil.copytree(folder, folder.parent / "moved" / "fetched"))
    names = ["a/1.html", "a/2.html", "a/3.html", "a/4.xlsx"]
    orders = [[folder / one for one in names], [moved / one for one in reversed(names)]]
    found = []
    for number, paths in enumerate(orders):
        database = folder.parent / f"{number}.duckdb"
        for path in paths:
            run("ingest", path, "--db", database, "--jobs", 0)
        kept = "doc_id, url, layout, title, flags, coverage"
        found.append(rows(database, f"SELECT {kept} FROM documents ORDER BY doc_id"))
    assert found[0] == found[1]
    assert dict(one[:2] for one in found[0]) == WANTED


def test_nothing_changes_when_documents_are_read_again(folder: Path) -> None:
    database = folder.parent / "a.duckdb"
    run("ingest", folder, "--db", database)
    spans = rows(database, "SELECT * FROM spans ORDER BY ALL")
    told = json.loads(run("reprocess", "--db", database, "--format", "json"))
    assert (told["documents"], told["changed"], told["gained"], told["lost"]) == (0, 0, 0, 0)
    assert urls(database) == WANTED
    assert rows(database, "SELECT * FROM spans ORDER BY ALL") == spans


def test_records_of_a_web_archive_and_saved_pages_have_their_address(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(record("/w.html", PAGE))
    (tmp_path / "b.mhtml").write_bytes(made.mhtml([(f"{SITE}/saved.html", OTHER.decode())]))
    database = tmp_path / "a.duckdb"
    run("ingest", tmp_path / "a.warc", tmp_path / "b.mhtml", "--db", database)
    assert set(urls(database).values()) == {f"{SITE}/w.html", f"{SITE}/saved.html"}
    (told,) = rows(database, "SELECT fetched_at::VARCHAR FROM addresses WHERE fetched_at IS NOT NULL")
    assert told == ("2026-11-22 08:00:00",)


def test_a_layout_file_finds_the_host_that_a_page_was_fetched_from(folder: Path) -> None:
    rules = folder.parent / "town.toml"
    rules.write_text('about = "of the town"\n[identify]\nhost = ["example.gov.cn"]\n', "utf-8")
    database = folder.parent / "a.duckdb"
    run("ingest", folder, "--db", database, "--rules", rules)
    assert {tuple(flags) for (flags,) in rows(database, "SELECT flags FROM documents")} == {("form:town",)}
