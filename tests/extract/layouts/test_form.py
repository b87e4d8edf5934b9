"""Layout files: what they say is checked with its place, holds on their own pages and nowhere else."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from typing import Any

import pytest

from extract.issuer import holds
from extract.layouts.form import Form, parse, shipped
from extract.layouts.grid.header import column_of
from extract.layouts.label import marks
from extract.run import PARSER_VERSION, version
from pipeline import process
from schema.errors import UsageError
from schema.page import RawDocument
from schema.records import Extraction
from tests.command import ducha
from tests.golden import SAMPLES, golden_of, samples

HEAD = 'about = "作战图"\n[identify]\ntitle = ["*攻坚*作战图*"]\n'
WORDS = '[columns]\ncontent = ["攻坚点"]\nprogress = ["战况"]\n'
PAGE = """<html><body><h1>{title}</h1><p>发布日期：2023-12-30</p><p>编者按：以下各项由专班汇总。</p><table>
<tr><th>序号</th><th>攻坚点</th><th>主攻单位</th><th>战况</th></tr>
<tr><td>1</td><td>打通滨河路断头路。</td><td>市交通局</td><td>全长1.2公里已通车，任务已完成。</td></tr>
<tr><td>2</td><td>建成智慧停车平台。</td><td>市公安局</td><td>正在调试，接入车位3400个。</td></tr>
<tr><td>3</td><td>新增口袋公园8处。</td><td>市园林局</td><td>建成口袋公园9处，已全部完成。</td></tr>
</table><p>附则：以上情况由市攻坚办负责解释。</p></body></html>"""
LABELLED = """某市{name}公示
第1项：清理河道垃圾
销号情况：清理垃圾320吨，已完成。
第2项：拆除违建厂房
销号情况：拆除厂房4座，已完成。
"""


def read(text: str, name: str, *forms: Form) -> Extraction:
    return process(RawDocument(name, name, text.encode()), forms=forms)


def report(*forms: Form, title: str = "某市2023年攻坚突破作战图") -> Extraction:
    return read(PAGE.format(title=title), "图.html", *forms)


def codes(done: Extraction) -> list[str]:
    return [found.code for found in done.issues]


def broken(done: Extraction) -> list[str]:
    return [found.message for found in done.issues if found.code == "layout_expectation"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = [", ["no TOML"]),
        ("about = [\n", ["no TOML"]),
        ('[identify]\ntitle = ["作战图"]\n', ["about: is missing"]),
        ('about = "x"\n', ["identify: is missing"]),
        ('about = "x"\n[identify]\n', ["图.toml:2: [identify]: one of title"]),
        (HEAD + "[identity]\n", ["图.toml:4: [identity]: no such key"]),
        (
            HEAD + '[columns]\nprogres = ["战况"]\n',
            ["图.toml:5: [columns] progres: no such field", "progress"],
        ),
        (HEAD + '[labels]\nseq = ["案号"]\n', ["图.toml:5: [labels] seq: no such field"]),
        (
            HEAD + '[columns]\n# 战况\nprogress = "战况"\n',
            ['图.toml:6: [columns] progress: must be a list: ["…"]'],
        ),
        (
            HEAD + '[columns]\nprogress = ["战况", 3]\n',
            ["图.toml:5: [columns] progress[1]: must be a string"],
        ),
        (HEAD + '[columns]\nprogress = ["战"]\n', ["2 to 40"]),
        (HEAD + '[columns]\nprogress = ["战*况"]\n', ["no * and no blank"]),
        (HEAD + '[columns]\nprogress = ["战况"]\nstatus = ["战况"]\n', ["one field only: 战况"]),
        (HEAD + '[scope]\nlayout = "tabel"\n', ["图.toml:5: [scope] layout: ", "'flattened_table'"]),
        (HEAD + "[expect]\ntasks = { min = 5, max = 3 }\n", ["图.toml:5: [expect] tasks: max is below min"]),
        (HEAD + "[expect]\ntasks = { least = 5 }\n", ["图.toml:5: [expect] tasks.least: no such key"]),
        (HEAD + "[expect.tasks]\nmin = -1\n", ["图.toml:5: [expect] tasks.min: "]),
        (HEAD + '[expect]\ntasks = { min = "5" }\n', ["[expect] tasks.min: "]),
        (HEAD + '[expect]\nfilled = ["porgress"]\n', ["图.toml:5: [expect] filled[0]: "]),
        ('about = "x"\nidentify.host = ["https://某.cn/"]\n', ["图.toml:2: [identify] host[0]: a host"]),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, told: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text, "规则/图.toml")
    assert str(caught.value).startswith("规则/图.toml")
    assert [part for part in told if part not in str(caught.value)] == []


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        parse(HEAD + '[columns]\nx = ["战况"]\n[scope]\ny = 1\n', "f.toml")
    assert [line.split(":")[1] for line in str(caught.value).splitlines()] == ["7", "5"]


def test_words_of_a_form_fill_their_fields() -> None:
    form = parse(HEAD + WORDS + 'lead = ["主攻单位"]\n', "作战图.toml")
    done = report(form)
    assert [task.rule for task in report().tasks if task.rule == "table.row"] == []
    assert [task.rule for task in done.tasks] == ["table.row"] * 3
    assert done.tasks[0].content == "打通滨河路断头路。"
    assert done.tasks[0].progress == "全长1.2公里已通车，任务已完成。"
    assert [(unit.role, unit.raw) for unit in done.tasks[1].units] == [("lead", "市公安局")]
    assert "form:作战图" in done.document.flags


def test_words_of_a_form_stay_with_its_pages() -> None:
    form = parse(HEAD + WORDS, "f.toml")
    before = report(title="某市2023年工作清单")
    report(form)
    assert report(form, title="某市2023年工作清单").tasks == before.tasks
    assert report(title="某市2023年工作清单") == before
    assert column_of("战况") == "extra"
    assert list(marks("战况：已通车")) == []


def test_labels_of_a_form() -> None:
    form = parse('about = "x"\nidentify.body = ["销号*吨"]\n[labels]\nprogress = ["銷號情況"]\n', "f.toml")
    done = read(LABELLED.format(name="整治"), "公示.txt", form)
    assert [task.progress for task in done.tasks] == ["清理垃圾320吨，已完成。", "拆除厂房4座，已完成。"]
    assert done.document.layout == "labelled_list"
    assert "销号情况" in str(read(LABELLED.format(name="整治"), "公示.txt").tasks)


def test_a_form_words_override_the_lexicon() -> None:
    assert column_of("管考建议") == "content"
    assert column_of("管考建议", (("管考建议", "extra"),)) == "extra"


@pytest.mark.parametrize(
    ("identify", "known"),
    [
        ('title = ["攻坚"]', True),
        ('title = ["作战图*攻坚"]', False),
        ('title = ["攻坚"]\nbody = ["口袋公园*9处"]', True),
        ('title = ["攻坚"]\nbody = ["没有的话"]', False),
        ('agency = ["某市"]', False),
        ('host = ["example.gov.cn"]', False),
    ],
)
def test_every_key_of_identify_has_to_hold(identify: str, known: bool) -> None:
    form = parse(f'about = "x"\n[identify]\n{identify}\n', "f.toml")
    assert ("form:f" in report(form).document.flags) == known


@pytest.mark.parametrize(
    ("uri", "known"),
    [
        ("https://www.example.gov.cn/a.html", True),
        ("https://EXAMPLE.gov.cn:8080/", True),
        ("https://notexample.gov.cn/a.html", False),
        ("https://example.gov.cn.evil.org/", False),
        ("https://[broken", False),
    ],
)
def test_a_host_holds_for_what_is_below_it(uri: str, known: bool) -> None:
    form = parse('about = "x"\nidentify.host = ["example.gov.cn"]\n', "f.toml")
    raw = RawDocument(uri, "图.html", PAGE.format(title="某市2023年工作情况").encode())
    assert ("form:f" in process(raw, forms=(form,)).document.flags) == known


def test_the_first_form_that_fits_is_the_one() -> None:
    first, second = parse(HEAD, "一.toml"), parse(HEAD + WORDS, "二.toml")
    assert "form:一" in report(first, second).document.flags
    assert "form:二" in report(second, first).document.flags


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("[expect]\ntasks = { min = 4 }\n", "3 tasks, at least 4 expected"),
        ("[expect]\ntasks = { max = 2 }\n", "3 tasks, at most 2 expected"),
        ('[expect]\nfilled = ["progress", "deadline"]\n', "3 tasks without deadline: 1、2、3"),
        ('[scope]\nlayout = "question_answer"\n', "layout question_answer expected, table found"),
        ('[scope]\nstart = ["没有的话"]\n', "no line with 没有的话"),
    ],
)
def test_what_a_form_expects(more: str, message: str) -> None:
    done = report(parse(HEAD + WORDS + more, "f.toml"))
    assert [found.endswith(message) for found in broken(done)] == [True]
    assert "layout_expectation" in done.document.flags


def test_kept_expectations_say_nothing() -> None:
    more = '[expect]\ntasks = { min = 3, max = 3 }\nfilled = ["progress"]\n[scope]\nlayout = "table"\n'
    assert broken(report(parse(HEAD + WORDS + more, "f.toml"))) == []


def test_a_page_without_tasks_still_says_so() -> None:
    form = parse(HEAD + "[expect]\ntasks = { min = 1 }\n", "f.toml")
    done = read(
        "某市2023年攻坚突破作战图落实情况\n发布日期：2023-12-30\n具体情况另行公布。\n", "空.txt", form
    )
    assert {"no_tasks", "layout_expectation"} <= {*codes(done)}


def test_scope_leaves_out_what_stands_before_and_behind() -> None:
    text = LABELLED.format(name="整治") + "公示期间，请向市攻坚办反映。\n逾期不再受理。\n"
    base = 'about = "x"\nidentify.title = ["整治"]\nlabels.progress = ["销号情况"]\n'
    whole = read(text, "公示.txt", parse(base, "f.toml"))
    cut = read(text, "公示.txt", parse(base + '[scope]\nend = ["公示期间*反映"]\n', "f.toml"))
    assert str(whole.tasks[-1].progress).endswith("反映。\n逾期不再受理。")
    assert cut.tasks[-1].progress == "拆除厂房4座，已完成。"
    assert cut.document.coverage == 1.0
    late = read(text, "公示.txt", parse(base + '[scope]\nstart = ["第2项"]\n', "f.toml"))
    assert [task.content for task in late.tasks] == ["拆除违建厂房"]


def test_the_rules_in_force_have_a_name_of_their_own() -> None:
    one, other = parse(HEAD, "f.toml"), parse(HEAD + WORDS, "f.toml")
    assert version() == PARSER_VERSION
    assert len({version(), version([one]), version([other]), version([one, other])}) == 4
    assert report(one).document.parser_version == version([one])
    assert pickle.loads(pickle.dumps(one)) == one


def test_matching_words_is_linear() -> None:
    assert not holds("*".join(["啊啊"] * 18) + "*完", "啊" * 200_000)


@pytest.mark.parametrize("form", shipped(), ids=lambda form: form.name)
def test_every_shipped_form_has_a_sample_and_no_other_sample_is_in_it(form: Form) -> None:
    flagged = {path.name for path in samples() if f"form:{form.name}" in _flags(path)}
    assert len(flagged) == 1
    assert form.expect.tasks.min > 0


def _flags(sample: Path) -> list[str]:
    document: dict[str, Any] = json.loads(golden_of(sample).read_text(encoding="utf-8"))["document"]
    return document.get("flags", [])


def write(folder: Path) -> None:
    (folder / "图.html").write_text(PAGE.format(title="某市2023年攻坚突破作战图"), encoding="utf-8")
    (folder / "form.toml").write_text(HEAD + WORDS, encoding="utf-8")
    (folder / "strict.toml").write_text(HEAD + WORDS + "[expect]\ntasks = {min = 9}\n", encoding="utf-8")


def test_rules_on_the_command_line(tmp_path: Path) -> None:
    write(tmp_path)
    run = ("ingest", "图.html", "--jobs", 1, "--format", "json")
    counts = [
        {name: json.loads(done.stdout)[name] for name in ("documents", "skipped", "flagged")}
        for extra in ((), (), ("--rules", "form.toml"), ("--rules", "form.toml"))
        for done in (ducha(*run, *extra, cwd=tmp_path),)
    ]
    read_, skipped = (
        {"documents": 1, "skipped": 0, "flagged": 0},
        {"documents": 0, "skipped": 1, "flagged": 0},
    )
    assert counts == [read_, skipped, read_, skipped]
    asked = ducha("query", "SELECT rule FROM tasks", "--format", "csv", cwd=tmp_path).stdout.decode()
    assert asked.split() == ["rule", *["table.row"] * 3]
    changed = ducha("reprocess", "--dry-run", "--rules", "strict.toml", "--jobs", 0, cwd=tmp_path)
    assert changed.returncode in {0, 1}
    failed = ducha("ingest", "图.html", "--jobs", 0, "--rules", "strict.toml", cwd=tmp_path)
    assert failed.returncode == 1
    assert "at least 9 expected" in failed.stderr.decode()


@pytest.mark.parametrize("command", [("ingest", "图.html"), ("explain", "图.html"), ("reprocess",)])
@pytest.mark.parametrize(
    ("rules", "told"), [("none.toml", "none.toml"), ("bad.toml", "bad.toml:5: [columns] x")]
)
def test_bad_rules_are_wrong_usage(tmp_path: Path, command: tuple[str, ...], rules: str, told: str) -> None:
    write(tmp_path)
    (tmp_path / "bad.toml").write_text(HEAD + '[columns]\nx = ["战况"]\n', encoding="utf-8")
    done = ducha(*command, "--rules", rules, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()


def test_the_documented_file_is_one() -> None:
    text = (SAMPLES.parent / "docs" / "layouts.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    form = parse(example, "battle.toml")
    assert form.scope.layout == "table"
    with pytest.raises(UsageError) as caught:
        parse(example.replace("progress = [", "progres = ["), "battle.toml")
    assert str(caught.value).split("; there")[0] in text
