"""Files of a folder that ``ducha fetch`` wrote know where they came from, wherever the folder is moved to."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import fsspec
import pytest

from ingest.origins import address, moment
from ingest.remote import remote
from ingest.sources import find
from schema.page import Origin, RawDocument
from tests.ingest.formats import made

SITE = "http://www.example.gov.cn"
AT = "2026-11-22T08:00:00.000001+00:00"
THEN = dt.datetime(2026, 11, 22, 8, 0, 0, 1, tzinfo=dt.UTC)


def line(path: str, data: bytes, **more: Any) -> dict[str, Any]:
    """A line of the ledger for a file of the site."""
    known = {"url": f"{SITE}/{path}", "kind": "report", "outcome": "stored", "fetched_at": AT}
    return known | {"file": f"www.example.gov.cn/{path}", "sha256": sha256(data).hexdigest()} | more


def fetched(root: Path, files: dict[str, bytes], lines: list[Any]) -> Path:
    """A folder with these files of the site and these lines."""
    for path, data in files.items():
        (root / "www.example.gov.cn" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "www.example.gov.cn" / path).write_bytes(data)
    text = "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines)
    (root / "fetched.jsonl").write_text(text, "utf-8")
    return root


def origins(path: Path | str) -> dict[str, Origin | None]:
    return {one.name: one.origin for one in find([str(path)]) if isinstance(one, RawDocument)}


PAGE, LIST = b"<p>1</p>", made.archive({"a.txt": b"1", "b.txt": b"2"})
FILES = {"2024/1.html": PAGE, "f/l.zip": LIST}
PAGE_LINE = line("2024/1.html", PAGE, final_url=f"{SITE}/new/1.html", attachments=[f"{SITE}/f/l.zip"])
LINES = [PAGE_LINE, line("f/l.zip", LIST, kind="attachment", parent=f"{SITE}/2024/1.html")]
PAGE_ORIGIN = Origin(f"{SITE}/new/1.html", THEN)
LIST_ORIGIN = Origin(f"{SITE}/f/l.zip", THEN, (f"{SITE}/new/1.html",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fetched").mkdir()
    return fetched(tmp_path / "fetched", FILES, LINES)


def test_a_page_has_its_last_address_and_members_that_of_their_archive(folder: Path) -> None:
    assert origins(folder) == {"1.html": PAGE_ORIGIN, "a.txt": LIST_ORIGIN, "b.txt": LIST_ORIGIN}


@pytest.mark.parametrize("below", ["www.example.gov.cn", "www.example.gov.cn/2024/1.html", "*/2024/*"])
def test_parts_of_the_folder_do_too(folder: Path, below: str) -> None:
    assert origins(folder / below)["1.html"] == PAGE_ORIGIN


def test_a_file_named_from_within_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "www.example.gov.cn" / "2024")
    assert origins("1.html") == {"1.html": PAGE_ORIGIN}


def test_a_folder_may_be_moved_and_its_files_renamed(folder: Path) -> None:
    moved = shutil.move(folder, folder.with_name("别处"))
    (Path(moved) / "www.example.gov.cn" / "2024" / "1.html").rename(Path(moved) / "一.html")
    assert origins(moved)["一.html"] == PAGE_ORIGIN


def test_a_file_of_other_bytes_was_not_fetched(folder: Path) -> None:
    (folder / "www.example.gov.cn" / "2024" / "1.html").write_bytes(b"<p>2</p>")
    assert origins(folder)["1.html"] is None


def test_a_folder_on_another_file_system(folder: Path) -> None:
    system = fsspec.filesystem("memory")
    system.put(f"{folder}/", "/抓取/", recursive=True)
    found = [one for one in remote(["memory://抓取"]) if isinstance(one, RawDocument)]
    assert {one.name: one.origin for one in found} == origins(folder)


def test_pages_that_share_an_attachment_and_bytes_that_lie_twice(tmp_path: Path) -> None:
    shared = [line(f"{n}.html", PAGE, attachments=[f"{SITE}/l.zip"]) for n in "21"]
    lines = [*shared, line("l.zip", LIST, kind="attachment", parent=shared[0]["url"])]
    root = fetched(tmp_path, {"1.html": PAGE, "2.html": PAGE, "l.zip": LIST}, lines)
    found = origins(root)
    assert [found[f"{n}.html"] for n in "12"] == [Origin(f"{SITE}/{n}.html", THEN) for n in "12"]
    assert found["a.txt"] == Origin(f"{SITE}/l.zip", THEN, (f"{SITE}/1.html", f"{SITE}/2.html"))


def test_the_time_is_that_of_the_bytes(tmp_path: Path) -> None:
    later = PAGE_LINE | {"outcome": "unchanged", "fetched_at": "2026-12-01T00:00:00+00:00"}
    assert origins(fetched(tmp_path, FILES, [PAGE_LINE, later]))["1.html"] == PAGE_ORIGIN


BAD = [
    "",
    "{",
    "[]",
    "null",
    '"text"',
    "[" * 100_000,
    '{"url": 3, "file": []}',
    "{}" + " " * (3 << 20),
    PAGE_LINE | {"url": "file:///etc/passwd"},
    PAGE_LINE | {"url": f"{SITE}/\ud800"},
    PAGE_LINE | {"url": f"{SITE}/a b"},
    PAGE_LINE | {"url": f"{SITE}/{'x' * 9000}"},
    PAGE_LINE | {"kind": ["report"]},
    PAGE_LINE | {"kind": "list"},
    PAGE_LINE | {"file": None},
    PAGE_LINE | {"sha256": {}},
]


@pytest.mark.parametrize("number", range(len(BAD)))
def test_lines_that_say_nothing_are_passed_over(tmp_path: Path, number: int) -> None:
    assert origins(fetched(tmp_path, FILES, [BAD[number]]))["1.html"] is None
    assert origins(fetched(tmp_path, FILES, [BAD[number], *LINES]))["1.html"] == PAGE_ORIGIN


@pytest.mark.parametrize(
    "more",
    [
        {"fetched_at": "yesterday", "final_url": 7, "attachments": {"a": 1}, "parent": []},
        {"fetched_at": None, "final_url": "\ud800", "attachments": [3, None, "x"], "parent": "x"},
        {"fetched_at": "9999-12-31T23:59:59-14:00", "final_url": "", "unknown": {}},
    ],
)
def test_a_line_of_which_only_a_part_is_understood(tmp_path: Path, more: dict[str, Any]) -> None:
    root = fetched(tmp_path, FILES, [PAGE_LINE | more])
    assert origins(root)["1.html"] == Origin(f"{SITE}/2024/1.html")


def test_half_a_line_other_bytes_and_line_ends(folder: Path) -> None:
    ledger = folder / "fetched.jsonl"
    whole = ledger.read_bytes()
    ledger.write_bytes(b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n") + b"\xff\xfe\n" + whole[:70])
    assert origins(folder)["1.html"] == PAGE_ORIGIN


@pytest.mark.parametrize("kind", ["pipe", "folder", "dangling"])
def test_what_is_no_file_is_no_ledger(folder: Path, kind: str) -> None:
    ledger = folder / "fetched.jsonl"
    ledger.unlink()
    {"pipe": os.mkfifo, "folder": os.mkdir, "dangling": lambda path: path.symlink_to("no")}[kind](ledger)
    assert origins(folder) == {"1.html": None, "a.txt": None, "b.txt": None}


@pytest.mark.parametrize("value", ["2026-11-22T08:00:00", "2026", "x", None, 3, "0001-01-01T00:00:00+14:00"])
def test_what_is_no_time(value: object) -> None:
    assert moment(value) is None
    assert moment("2026-11-22T16:00:00.000001+08:00") == THEN


@pytest.mark.parametrize("value", ["a.cn/1", "HTTPS://", "http://a.cn/\n", " http://a.cn/", b"http://a.cn/"])
def test_what_is_no_address(value: object) -> None:
    assert address(value) is None
    assert address("HTTPS://a.cn/落实?a=1") == "HTTPS://a.cn/落实?a=1"
