"""What eval counts: whole fields and beginnings, units, metadata, parts of documents, gained and lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schema.errors import UsageError
from store import accepted, labels
from store.database import reading
from store.ratio import Ratio
from store.score import Score, score, whole
from tests.store.made import raw_of, report

Fill = Callable[..., Path]
FIRST = {"seq": "1", "content": "建设平台 １个", "progress": "市科委已建成1个平台,任务完成。"}
SECOND = {"seq": "2", "content": "建设平台2个", "progress": "市科委已建成2個平台,任務完成。"}
THIRD = {"seq": "3", "content": "建设平台3个"}


def simplify(text: str) -> str:
    return text.translate(str.maketrans("個務", "个务"))


@pytest.fixture
def path(fill: Fill) -> Path:
    return fill(raw_of(report(3)), raw_of(report(2, word="基地"), "报告/二.txt"))


def scored(path: Path, gold: dict[str, Any]) -> list[Score]:
    with reading(path) as connection:
        return score(connection, gold, simplify)


def counts(ratio: Ratio) -> tuple[int, int, int, int]:
    return ratio.labelled, ratio.found, ratio.stored, ratio.right


def items(one: Score) -> list[str]:
    return [difference.item for difference in one.differences]


def test_whole_fields(path: Path) -> None:
    wrong = {"seq": "2", "content": "建设基地2个", "progress": SECOND["progress"]}
    meta = {"report_year": 2021, "agency": "市教委"}
    one, none = scored(
        path,
        {"一.txt": {"meta": meta, "tasks": [FIRST, wrong]}, "无.txt": {"tasks": [{"content": "建设"}]}},
    )
    totals = one.totals()
    assert counts(totals["tasks"]) == (2, 1, 3, 1)
    assert counts(one.ratios["content"]) == (2, 1, 2, 1)
    assert counts(one.ratios["progress"]) == (2, 2, 2, 2)
    assert counts(totals["fields"]) == (4, 3, 4, 3)
    assert totals["metadata"].labelled == 2
    assert totals["metadata"].found == 1
    assert items(one) == ["meta.agency", "task 2 content", "extra task 建设平台3个"]
    assert (none.stored, none.totals()["tasks"].f1, items(none)) == (False, 0.0, ["document", "task #1"])


def test_beginnings_of_a_document_found_by_its_stem(path: Path) -> None:
    known = {
        "publish_date": "2022-01-14",
        "agency": None,
        "agency_accept": ["市科委", "某市"],
        "report_year": 2021,
        "tasks": [
            {"seq": None, "content_prefix": "建设平台２", "progress_prefix": None, "lead_units": []},
            {"seq": None, "content_prefix": "建设平台", "progress_prefix": "市科委已建成3"},
        ],
    }
    (one,) = scored(path, {"一": known})
    assert one.stored
    assert counts(one.totals()["tasks"]) == (2, 2, 3, 2)
    assert one.totals()["tasks"].precision == pytest.approx(2 / 3)
    assert counts(one.ratios["progress"]) == (1, 1, 1, 1)
    assert items(one) == ["extra task 建设平台1个"]


def test_a_labelled_part_counts_for_recall_only(path: Path) -> None:
    known = {"tasks": [FIRST, {"content_prefix": "修桥"}], "tasks_scope": "the first item only"}
    (one,) = scored(path, {"一": known})
    tasks = one.totals()["tasks"]
    assert (tasks.recall, tasks.precision, tasks.f1) == (0.5, None, None)
    assert items(one) == ["task #2"]


def test_no_tasks_where_none_are_labelled(path: Path) -> None:
    (one,) = scored(path, {"一": {"tasks": []}})
    assert (one.totals()["tasks"].f1, len(items(one))) == (0.0, 3)


@pytest.mark.parametrize(
    ("units", "expected", "leads"),
    [
        ({"lead_units": ["市科委"]}, (0, 0, 0, 0), (1, 1, 1, 1)),
        ({"lead_units": ["市科委"], "units": []}, (1, 1, 1, 1), (1, 1, 1, 1)),
        ({"lead_units": [], "units": ["市科委"]}, (1, 1, 1, 1), (0, 0, 1, 0)),
        ({"lead_units": ["市教委"], "units": ["市科委"]}, (2, 1, 1, 1), (1, 0, 1, 0)),
        ({"lead_units": []}, (0, 0, 0, 0), (0, 0, 0, 0)),
    ],
)
def test_units(path: Path, units: dict[str, Any], expected: tuple[int, ...], leads: tuple[int, ...]) -> None:
    (one,) = scored(path, {"一": {"tasks": [FIRST | units]}})
    assert (counts(one.totals()["units"]), counts(one.totals()["lead_units"])) == (expected, leads)


def test_the_newest_of_one_name_and_a_task_is_given_once(path: Path) -> None:
    (one,) = scored(path, {"一.txt": {"tasks": [{"content": "建设平台1个"}, {"content": "建设平台1个"}]}})
    assert counts(one.totals()["tasks"]) == (2, 1, 3, 1)


def test_labels_are_read_from_a_file_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "一.json").write_text(json.dumps({"tasks": [FIRST]}), "utf-8")
    (tmp_path / "more.json").write_text(json.dumps({"二.txt": {"tasks": []}}), "utf-8")
    assert set(labels.read(tmp_path)) == {"一", "二.txt"}
    assert set(labels.read(tmp_path / "一.json")) == {"一"}


@pytest.mark.parametrize("text", ["[1]", "{"])
def test_what_is_no_file_of_labels(tmp_path: Path, text: str) -> None:
    (tmp_path / "gold.json").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=r"gold\.json"):
        labels.read(tmp_path / "gold.json")
    with pytest.raises(UsageError, match=r"no \.json files"):
        labels.read(_emptied(tmp_path))


def _emptied(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def test_labels_of_another_shape(path: Path) -> None:
    with pytest.raises(UsageError, match="labels look like"):
        scored(path, {"一.txt": {"rows": []}})


def test_gained_and_lost(path: Path, tmp_path: Path) -> None:
    before = scored(path, {"一": {"tasks": [FIRST, SECOND, {"seq": "3", "content": "修桥"}]}})
    told = {"total": {name: ratio.told() for name, ratio in whole(before).items()}}
    told["documents"] = [one.told() for one in before]  # type: ignore[assignment]
    (tmp_path / "accepted.json").write_text(json.dumps(told), "utf-8")
    now = scored(path, {"一": {"tasks": [{"seq": "1", "content": "修路"}, SECOND, THIRD]}})
    change = accepted.compare(accepted.read(tmp_path / "accepted.json"), now, whole(now))
    assert "一: task 3 content" in change.gained
    assert "一: task 1 content" in change.lost
    assert accepted.compare(told, before, whole(before)) == accepted.Change((), ())


def test_accepted_figures_in_toml(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "accepted.toml"
    file.write_text("[total.tasks]\nf1 = 0.9\nrecall = 1.0\n", "utf-8")
    now = scored(path, {"一": {"tasks": [FIRST, SECOND]}})
    change = accepted.compare(accepted.read(file), now, whole(now))
    assert change == accepted.Change((), ("total: tasks f1 0.9000 → 0.8000",))
    file.write_text("[tasks]\nf1 = 0.9\n", "utf-8")
    with pytest.raises(UsageError, match="no table named total"):
        accepted.read(file)
