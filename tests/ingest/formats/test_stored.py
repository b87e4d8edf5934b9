"""Every form from the command line into the store, and proved against the stored originals."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

import cli
from tests.ingest.formats import made
from tests.ingest.formats.drawn import Look, pdf
from tests.ingest.formats.test_rare import rtf
from tests.ingest.formats.test_warc import SITE, warc
from tests.ingest.formats.worddoc import doc

HEADER = ["序号", "任务内容", "落实情况"]


def rows(place: str) -> list[list[str]]:
    """Rows of their own for each form, so that no two documents are the same."""
    return [
        HEADER,
        *([str(i), f"新建{place}平台{i}0个", f"已建成{place}平台{i}0个，任务完成。"] for i in range(1, 4)),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    page = made.page(rows("存档"))
    files = {
        "a.docx": made.docx(rows("文字")),
        "b.xlsx": made.xlsx(rows("表格")),
        "c.pdf": pdf(rows("版式"), made.TITLE, Look((40, 150, 250))),
        "d.mhtml": made.mhtml([("https://www.example.gov.cn/t1.html", page)]),
        "e.zip": made.archive(
            {
                "附件/一.docx": made.docx(rows("附件")),
                "二.zip": made.archive({"三.txt": made.text(rows("内层"))}),
            }
        ),
        "f.warc.gz": warc(
            [("/t2.html", "text/html; charset=utf-8", "200 OK", made.page(rows("网站")).encode())]
        ),
        "g.doc": doc([made.TITLE], rows("旧版")),
        "h.rtf": rtf([made.TITLE], rows("富文本")),
    }
    (tmp_path / "in").mkdir()
    for name, data in files.items():
        (tmp_path / "in" / name).write_bytes(data)
    return tmp_path


def run(*arguments: str) -> int:
    result = CliRunner().invoke(cli.app, list(arguments))
    assert not isinstance(result.exception, AssertionError)
    return result.exit_code


def test_every_form_is_stored_and_verified(folder: Path) -> None:
    path = str(folder / "a.duckdb")
    assert run("ingest", "--db", path, str(folder / "in")) == 0
    with duckdb.connect(path, read_only=True) as connection:
        found = connection.execute(
            "SELECT source_uri, encoding, count(*) FROM documents JOIN tasks USING (doc_id) "
            "GROUP BY ALL ORDER BY source_uri"
        ).fetchall()
    assert [(Path(uri.partition("!")[0]).name, uri.partition("!")[2], *rest) for uri, *rest in found] == [
        ("a.docx", "", "docx", 3),
        ("b.xlsx", "", "xlsx", 3),
        ("c.pdf", "", "pdf", 3),
        ("d.mhtml", "https://www.example.gov.cn/t1.html", "utf-8", 3),
        ("e.zip", "二.zip!三.txt", "utf-8", 3),
        ("e.zip", "附件/一.docx", "docx", 3),
        ("f.warc.gz", f"{SITE}/t2.html", "utf-8", 3),
        ("g.doc", "", "doc", 3),
        ("h.rtf", "", "rtf", 3),
    ]
    assert run("verify", "--db", path) == 0


def test_what_is_refused_is_named_and_the_rest_is_stored(folder: Path) -> None:
    for file in (folder / "in").iterdir():
        if file.name != "a.docx":
            file.unlink()
    (folder / "in" / "bomb.zip").write_bytes(made.archive({"a.txt": b"0" * (10 << 20)}))
    (folder / "in" / "scan.pdf").write_bytes(b"%PDF-1.7\n")
    path = str(folder / "a.duckdb")
    assert run("ingest", "--db", path, str(folder / "in")) == 1
    with duckdb.connect(path, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(1,)]
        codes = connection.execute("SELECT stage, code FROM rejects ORDER BY ALL").fetchall()
    assert codes == [("parse", "damaged"), ("read", "bomb")]
