"""Files that hold what the tables hold, the same bytes every time, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from schema.errors import UsageError
from schema.page import RawDocument
from store.columns import OMITTED
from store.database import reading
from store.export import EXPORTED, FORMATS, export, neutral
from tests.store.made import raw_of, report

Fill = Callable[..., Path]
HOSTILE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1+1",
    "＠A",
    " =1",
    '=HYPERLINK("x")',
]


@pytest.fixture
def path(fill: Fill) -> Path:
    return fill(raw_of(report(2)), raw_of(report(3, word="基地"), "报告/二.txt"))


def written(path: Path, folder: Path, form: str, raw: bool = False) -> dict[str, Path]:
    with reading(path) as connection:
        return {file.stem: file for file in export(connection, folder, form, raw)}


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def test_csv(path: Path, tmp_path: Path) -> None:
    files = written(path, tmp_path / "out", "csv")
    assert tuple(files) == EXPORTED
    assert files["tasks"].read_bytes().startswith(b"\xef\xbb\xbf")
    tasks = read_csv(files["tasks"])
    assert [task["ordinal"] for task in tasks] in (["1", "2", "1", "2", "3"], ["1", "2", "3", "1", "2"])
    assert json.loads(tasks[0]["section"]) == ["重点任务"]
    assert read_csv(files["checks"])[0]["ok"] == "true"
    assert not set(OMITTED) & set(read_csv(files["documents"])[0])
    assert not [*(tmp_path / "out").glob("*.part")]


def test_jsonl_and_parquet_hold_the_same(path: Path, tmp_path: Path) -> None:
    lines = written(path, tmp_path / "j", "jsonl")
    tables = written(path, tmp_path / "p", "parquet")
    for name in EXPORTED:
        records = [json.loads(line) for line in lines[name].read_text("utf-8").splitlines()]
        columns: list[dict[str, Any]] = pq.read_table(tables[name]).to_pylist()
        assert len(records) == len(columns)
        for record, column in zip(records, columns, strict=True):
            assert list(record) == list(column)
            same = {key for key in record if key not in ("extra", "published_on", "deadline_on")}
            assert {key: record[key] for key in same} == {key: column[key] for key in same}
    assert json.loads(lines["tasks"].read_text("utf-8").splitlines()[0])["extra"] == {"备注": "无"}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_records_give_the_same_bytes(form: str, path: Path, tmp_path: Path, fill: Fill) -> None:
    first = {name: file.read_bytes() for name, file in written(path, tmp_path / "a", form).items()}
    fill(raw_of(report(2)), version="2")
    fill(raw_of(report(2)), version="1")
    again = {name: file.read_bytes() for name, file in written(path, tmp_path / "b", form).items()}
    assert again == first


@pytest.mark.parametrize("text", HOSTILE)
def test_formulas_are_made_plain(text: str) -> None:
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "+3.2", "-5.2%", "建成-1", "1=1", "", "第1项"])
def test_other_text_is_left_alone(text: str) -> None:
    assert neutral(text) == text


def test_formulas_in_every_text_column(fill: Fill, tmp_path: Path) -> None:
    raw = RawDocument("=x.txt", "=x.txt", "=标题\n第1项:=cmd()\n@进展了很多".encode())
    path = fill(raw)
    (task,) = read_csv(written(path, tmp_path / "a", "csv")["tasks"])
    assert (task["content"], task["progress"]) == ("'=cmd()", "'@进展了很多")
    (document,) = read_csv(tmp_path / "a" / "documents.csv")
    assert (document["title"], document["source_uri"]) == ("'=标题", "'=x.txt")
    (task,) = read_csv(written(path, tmp_path / "b", "csv", raw=True)["tasks"])
    assert task["content"] == "=cmd()"


def test_a_data_package_describes_its_files(path: Path, tmp_path: Path) -> None:
    package = json.loads(written(path, tmp_path, "datapackage")["datapackage"].read_text("utf-8"))
    assert [resource["name"] for resource in package["resources"]] == list(EXPORTED)
    for resource in package["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        fields = resource["schema"]["fields"]
        header = data.decode("utf-8-sig").split("\r\n", 1)[0]
        assert [field["name"] for field in fields] == header.split(",")
        assert all(field["description"] for field in fields)
        keys = resource["schema"].get("primaryKey", [])
        rows = [tuple(row[key] for key in keys) for row in read_csv(tmp_path / resource["path"])]
        assert not keys or len(set(rows)) == len(rows)


def test_a_data_package_is_valid(path: Path, tmp_path: Path, fill: Fill) -> None:
    from frictionless import Package

    fill(RawDocument("=x.txt", "=x.txt", "=标题\n第1项:=cmd()\n@进展\t“很多”, 3个".encode()))
    written(path, tmp_path, "datapackage")
    package = Package(str(tmp_path / "datapackage.json"))
    report = package.validate()
    assert report.flatten(["rowNumber", "fieldName", "type", "note"]) == []
    assert report.valid
    filled = {name for name in EXPORTED if package.get_resource(name).read_rows()}
    assert filled >= {*EXPORTED} - {"task_links", "targets", "issues"}
    assert package.get_resource("tasks").read_rows()[0]["section"] == ["重点任务"]


def test_a_damaged_data_package_is_not_valid(path: Path, tmp_path: Path) -> None:
    from frictionless import validate

    written(path, tmp_path, "datapackage")
    tasks = tmp_path / "tasks.csv"
    tasks.write_bytes(tasks.read_bytes().replace(b",1,", b",eins,", 1))
    assert not validate(str(tmp_path / "datapackage.json")).valid


def test_a_workbook(path: Path, tmp_path: Path) -> None:
    (file,) = written(path, tmp_path, "xlsx").values()
    with zipfile.ZipFile(file) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(EXPORTED)
        assert not [name for name in sheets if b"<f>" in book.read(name)]


def test_what_can_not_be_written(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown format"):
        written(path, tmp_path, "ods")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="can't be written"):
        written(path, tmp_path / "file", "csv")
