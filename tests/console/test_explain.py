"""The explanation of a report: every character once, what took it, what is left; a page that runs nothing."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from console.pieces import pieces
from pipeline import process
from schema.page import RawDocument
from tests.command import ducha
from tests.golden import samples

PAGE = """<html><body><h1>某市2023年重点任务落实情况</h1><p>发布日期：2023-12-30</p><table>
<tr><th>序号</th><th>任务内容</th><th>落实情况</th></tr>
<tr><td>1</td><td>打通滨河路断头路。</td><td>全长1.2公里已通车，任务已完成。</td></tr>
<tr><td>2</td><td>建成智慧停车平台。</td><td>正在调试，接入车位3400个。</td></tr>
<tr><td>3</td><td>新增口袋公园8处。</td><td>建成口袋公园9处，已全部完成。</td></tr>
</table></body></html>"""


def page(folder: Path) -> None:
    (folder / "图.html").write_text(PAGE, encoding="utf-8")


class _Page(HTMLParser):
    """What a page says and what it would load or run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.said = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.said += data


def test_explain_shows_what_took_what_and_what_nothing_took(tmp_path: Path) -> None:
    page(tmp_path)
    told = ducha("explain", "图.html", cwd=tmp_path).stdout.decode()
    assert "layout table, 3 tasks" in told
    assert re.search(r"任务已完成。\n +← .*1\.progress \(table\.row\)", told)
    lines = json.loads(ducha("explain", "图.html", "--format", "json", cwd=tmp_path).stdout)
    document = process(RawDocument("图.html", "图.html", PAGE.encode())).document
    assert "".join("".join(line["line"] for line in lines).split()) == "".join(document.text.split())
    for line in lines:
        assert "".join(piece["text"] for piece in line["pieces"]) == line["line"]
        assert all(document.text[piece["start"] : piece["end"]] == piece["text"] for piece in line["pieces"])
        assert bool(line["nothing"]) == any(not piece["took"] for piece in line["pieces"])


def test_the_coloured_page_runs_and_loads_nothing(tmp_path: Path) -> None:
    told = "&lt;script&gt;alert(1)&lt;/script&gt;\"'\u202e"
    item = f"<tr><td>4</td><td>{told}</td><td>已完成</td></tr>"
    name = '"><img src=x>.html'
    evil = PAGE.replace("</table>", item + "</table>")
    (tmp_path / name).write_text(evil, encoding="utf-8")
    html = ducha("explain", name, "--html", cwd=tmp_path).stdout.decode()
    found = _Page(html)
    assert "default-src 'none'" in html.split("<title>")[0]
    assert found.tags & {"script", "img", "link", "iframe", "a", "form", "base"} == set()
    assert found.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "title"}
    assert "<script>alert(1)</script>" in found.said
    assert "\u202e" not in html


@pytest.mark.parametrize("sample", samples(), ids=lambda path: path.name)
def test_the_explanation_agrees_with_coverage(sample: Path) -> None:
    done = process(RawDocument(sample.name, sample.name, sample.read_bytes()))
    left = [piece.text for piece in pieces(done) if not piece.took]
    assert (done.document.coverage == 1.0) == (left == [])
    kept = "".join(piece.text for piece in pieces(done))
    assert "".join(kept.split()) == "".join(done.document.text.split())


def test_what_nothing_took_is_told(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("几句与工作无关的话。\n\n再说一句。\n", encoding="utf-8")
    told = ducha("explain", "空.txt", cwd=tmp_path).stdout.decode()
    assert "    2 │ 再说一句。\n      · nothing: 再说一句。" in told
