"""Documents at paths of fsspec are those that a folder of this machine would give."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import fsspec
import pytest

from ingest.remote import remote
from ingest.skipped import Skipped
from schema.errors import UsageError
from schema.page import RawDocument


@pytest.fixture(scope="module")
def bucket() -> str:
    system = fsspec.filesystem("memory")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("内.txt", "内容")
    files = {"b/二.txt": "二", "一.html": "一", "样式.css": "x", ".隐/三.txt": "三"}
    for name, text in files.items():
        system.pipe(f"/报告/{name}", text.encode())
    system.pipe("/报告/c.zip", packed.getvalue())
    return "memory://报告"


def names(*urls: str) -> list[tuple[str, bytes]]:
    return [(one.uri, one.data) for one in remote(urls) if isinstance(one, RawDocument)]


def test_a_folder_with_an_archive(bucket: str) -> None:
    assert names(bucket) == [
        ("memory:///报告/b/二.txt", "二".encode()),
        ("memory:///报告/c.zip!内.txt", "内容".encode()),
        ("memory:///报告/一.html", "一".encode()),
    ]


def test_files_and_globs(bucket: str) -> None:
    assert names(f"{bucket}/一.html") == names(f"{bucket}/*.html")
    assert names(f"{bucket}/样式.css") == [("memory:///报告/样式.css", b"x")]


def test_a_folder_of_this_machine_by_url(tmp_path: Path) -> None:
    (tmp_path / "一.txt").write_text("一", encoding="utf-8")
    assert names(tmp_path.as_uri()) == [((tmp_path.as_uri()) + "/一.txt", "一".encode())]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("memory://nichts", "no such file"),
        ("memory://报告/*.pdf", "no such file"),
        ("https://www.example.gov.cn/1.html", "ducha fetch"),
        ("nosuch://x/y", "can't be listed"),
    ],
)
def test_what_can_not_be_listed(bucket: str, url: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        remote([url])


def test_a_file_that_is_too_large(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.remote.MAX_BYTES", 4)
    found = [one for one in remote([f"{bucket}/c.zip"]) if isinstance(one, Skipped)]
    assert [one.code for one in found] == ["too_large"]
