"""Paths → documents: folders, globs, standard input, and everything that is no file."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from ingest.sources import Skipped, find, media_type_of, printable
from schema.errors import UsageError
from schema.page import RawDocument


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ["b.txt", "a.html", "c.jpg", ".hidden.txt", "深/d.md", "深/更深/e.CSV"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def names(paths: list[str]) -> list[str]:
    return [item.name for item in find(paths) if isinstance(item, RawDocument)]


def skipped(paths: list[str], max_bytes: int = 100) -> list[tuple[str, str, bool]]:
    found = [item for item in find(paths, max_bytes=max_bytes) if isinstance(item, Skipped)]
    return [(os.path.basename(item.uri), item.code, item.rejected) for item in found]


def test_a_folder_is_searched_in_the_order_of_its_names(folder: Path) -> None:
    assert names([str(folder)]) == ["a.html", "b.txt", "d.md", "e.CSV"]


def test_other_files_in_a_folder_are_told_and_no_failure(folder: Path) -> None:
    assert skipped([str(folder)]) == [("c.jpg", "other_kind", False)]


def test_a_named_file_is_read_whatever_its_suffix(folder: Path) -> None:
    (document,) = find([str(folder / "c.jpg")])
    assert isinstance(document, RawDocument)
    assert (document.name, document.data, document.media_type) == ("c.jpg", b"c.jpg", None)


def test_a_document_knows_its_path_and_declared_type(folder: Path) -> None:
    (document,) = find([str(folder / "a.html")])
    assert isinstance(document, RawDocument)
    assert (document.uri, document.media_type) == (str(folder / "a.html"), "text/html")


def test_a_glob_is_sorted_and_reaches_into_folders(folder: Path) -> None:
    assert names([str(folder / "**" / "*.[mC]*")]) == ["d.md", "e.CSV"]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "通报[1].txt").write_text("甲乙", encoding="utf-8")
    assert names([str(tmp_path / "通报[1].txt")]) == ["通报[1].txt"]


@pytest.mark.parametrize("name", ["no.txt", "no*.txt"])
def test_a_missing_path_is_wrong_usage_before_anything_is_read(folder: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no such file"):
        find([str(folder / "b.txt"), str(folder / name)])


def test_standard_input() -> None:
    (document,) = find(["-"], stdin=io.BytesIO("任务".encode()))
    assert isinstance(document, RawDocument)
    assert (document.uri, document.data.decode()) == ("-", "任务")


def test_too_large_is_refused_by_size(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"x" * 101)
    (tmp_path / "fits.txt").write_bytes(b"x" * 100)
    assert skipped([str(tmp_path)]) == [("big.txt", "too_large", True)]
    (item,) = find(["-"], stdin=io.BytesIO(b"x" * 101), max_bytes=100)
    assert isinstance(item, Skipped)
    assert item.code == "too_large"


def test_a_huge_sparse_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as stream:
        stream.truncate(10**12)
    assert skipped([str(path)]) == [("huge.html", "too_large", True)]


def test_what_is_no_regular_file_is_skipped_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert skipped([str(tmp_path)]) == [("pipe.txt", "special", True)]
    assert skipped(["/dev/zero"]) == [("zero", "special", True)]


def test_links_are_followed_once(folder: Path) -> None:
    (folder / "深" / "loop").symlink_to(folder)
    (folder / "link.txt").symlink_to(folder / "b.txt")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    assert names([str(folder)]) == ["a.html", "b.txt", "link.txt", "d.md", "e.CSV"]
    assert ("loop", "loop", False) in skipped([str(folder)])
    assert ("self.txt", "loop", True) in skipped([str(folder)])


def test_a_folder_with_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "dir.html").mkdir()
    (tmp_path / "dir.html" / "x.txt").write_text("甲乙")
    assert names([str(tmp_path)]) == ["x.txt"]


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert list(find([str(tmp_path)])) == []


@pytest.mark.parametrize(
    "name",
    [b"\xb1\xa8\xb8\xe6.txt", "换\n行.txt".encode(), b"-x.txt", "😀.txt".encode(), b"a" * 251 + b".txt"],
)
def test_strange_names_can_be_stored_and_printed(tmp_path: Path, name: bytes) -> None:
    (tmp_path / os.fsdecode(name)).write_text("任务", encoding="utf-8")
    (document,) = find([str(tmp_path)])
    assert isinstance(document, RawDocument)
    assert document.name.encode("utf-8")
    assert document.name == printable(os.fsdecode(name))


def test_media_type_of_an_unknown_suffix() -> None:
    assert media_type_of("督查.jpg") is None
    assert media_type_of("督查") is None
