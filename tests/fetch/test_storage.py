"""Names, the ledger and the captures: readable, and whole after a kill."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Request, Response

from ingest.fetch.archive import Archive, mend
from ingest.fetch.folder import Folder
from ingest.fetch.ledger import Entry, Ledger, entries, now
from ingest.fetch.naming import marked, path_of
from ingest.fetch.plan import Plan
from ingest.fetch.run import fetch
from schema.errors import UsageError
from tests.fetch.site import Page, Site, html, serving


@pytest.mark.parametrize(
    ("url", "media_type", "path"),
    [
        ("http://a.cn/", "text/html", "a.cn/index.html"),
        ("http://a.cn/x/post_1", "text/html", "a.cn/x/post_1.html"),
        ("http://a.cn/view.jsp?id=3", "text/html", "a.cn/view.jsp-id=3.html"),
        ("http://a.cn/%2e%2e/%2e%2e/etc/passwd", "text/plain", "a.cn/_/_/etc/passwd.txt"),
        ("http://a.cn/a%2fb%00.html", "text/html", "a.cn/a_b_.html"),
        ("http://a.cn/.htaccess.html", "text/html", "a.cn/_.htaccess.html"),
        ("http://a.cn/con/aux.html", "text/html", "a.cn/_con/_aux.html"),
        ("http://a.cn:81/f", "application/pdf", "a.cn_81/f.pdf"),
        ("http://[2400:3200::1]/f.pdf", "", "2400-3200--1/f.pdf"),
    ],
)
def test_names(url: str, media_type: str, path: str) -> None:
    assert str(path_of(url, media_type)) == path


def test_a_name_that_the_site_sends() -> None:
    sent = "attachment; filename*=UTF-8''%E9%99%84%E4%BB%B6.docx"
    assert str(path_of("http://a.cn/d?id=1", "", sent)) == "a.cn/附件-id=1.docx"


def test_a_long_name_fits_every_file_system() -> None:
    path = path_of("http://a.cn/" + "关于落实情况的报告" * 40 + ".html")
    assert len(marked(path, "http://a.cn/").name.encode()) <= 255


def test_a_half_line_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "fetched.jsonl"
    entry = Entry(
        "http://a.cn/落实.html", "report", "stored", now(), file="a.cn/落实.html", attachments=("b",)
    )
    path.write_text(entry.line() + '\n{"url": "http://a.c', encoding="utf-8")
    told: list[Entry] = []
    ledger = Ledger(path, None, told.append)
    ledger.add(entry)
    ledger.close()
    assert list(entries(path)) == [entry, entry]
    assert told == [entry]


@pytest.mark.parametrize(
    "bad",
    [
        b"{", b"[]", b"null", b"7", b"", b"[" * 99_999, b'{"url": "http://a.cn/"}', b"\xff\xfe",
        b'{"url": 3, "kind": "report", "outcome": "stored", "fetched_at": "2026"}',
        b'{"url": "u", "kind": "report", "outcome": "stored", "fetched_at": "2026", "attachments": 3}',
        b'{"url": "u", "kind": "report", "outcome": "stored", "fetched_at": "2026", "status": "200"}',
    ],
)  # fmt: skip
def test_lines_that_are_none_are_passed_over(tmp_path: Path, bad: bytes) -> None:
    entry = Entry("http://a.cn/落实.html", "report", "stored", now(), status=200, attachments=("b",))
    later = json.dumps(json.loads(entry.line()) | {"mood": "of a later version"})
    path = tmp_path / "fetched.jsonl"
    path.write_bytes(bad + b"\n" + entry.line().encode() + b"\n" + later.encode() + b"\n")
    assert list(entries(path)) == [entry, entry]


@pytest.mark.parametrize("end", [5, 30, -40, -1])
def test_a_line_cut_anywhere_costs_no_other(tmp_path: Path, end: int) -> None:
    path = tmp_path / "fetched.jsonl"
    lines = [Entry(f"http://a.cn/落实{n}.html", "report", "stored", now()).line().encode() for n in (1, 2)]
    path.write_bytes(lines[0] + b"\n" + lines[1][:end])
    Ledger(path, None, lambda entry: None).close()
    assert path.read_bytes() == lines[0] + b"\n"


@pytest.mark.parametrize("lost", [1, 8, 200])
def test_a_half_capture_is_cut_off(tmp_path: Path, lost: int) -> None:
    path = tmp_path / "a.warc.gz"
    archive = Archive(path, "ducha")
    sizes = []
    for number in range(3):
        body = bytes(range(256)) * 40
        archive.add(Request("http://a.cn/"), Response("http://a.cn/", body=body + bytes([number])))
        sizes.append(path.stat().st_size)
    archive.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: sizes[1] - lost] if lost == 200 else whole[:-lost])
    mend(path)
    data = path.read_bytes()
    assert whole.startswith(data)
    assert (sizes[0] if lost == 200 else sizes[1]) <= len(data) < sizes[2]
    mend(path)
    assert path.read_bytes() == data


def test_a_folder_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    site = Site({f"/{one}.html": Page(html("<p>第1项 已完成</p>")) for one in range(3)})
    with serving(site):
        (tmp_path / site.url.removeprefix("http://").replace(":", "_")).write_text("in the way", "utf-8")
        urls = tuple(site.url + path for path in site.pages)
        plan = Plan(urls, str(tmp_path), delay=0.05, allow_private=True, contact="a@b.cn")
        lines: list[dict[str, Any]] = []
        summary = fetch(plan, lines.append)
    assert not summary.finished
    assert "Not a directory" in summary.reason or "File exists" in summary.reason
    assert [line for line in lines if line["kind"] == "report"] == []
    assert (tmp_path / ".fetch" / "run.json").exists()


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    folder = Folder(tmp_path, lambda entry: None)
    with pytest.raises(UsageError, match="another fetch"):
        Folder(tmp_path, lambda entry: None)
    folder.close(finished=True)
    Folder(tmp_path, lambda entry: None).close(finished=True)


def test_an_unfinished_run_is_known(tmp_path: Path) -> None:
    Folder(tmp_path, lambda entry: None).close(finished=False)
    again = Folder(tmp_path, lambda entry: None)
    assert again.resumes == again.started
    again.close(finished=True)
    assert Folder(tmp_path, lambda entry: None).resumes is None
