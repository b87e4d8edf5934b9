"""The command: its options, wrong usage, and what it says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import cli
from schema.errors import UsageError
from tests.fetch.site import Page, Site, html, serving


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit status of ``ducha fetch``."""
    monkeypatch.setattr(sys, "argv", ["ducha", "fetch", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.app(["fetch", *arguments], prog_name="ducha")
    return int(end.value.code or 0)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "no address"),
        (["ftp://a.cn/"], "not an http"),
        (["http://u:p@a.cn/"], "not an http"),
        (["http://a.cn/", "--profile", "none"], "no profile none"),
        (["http://a.cn/", "--title", "("], "--title"),
        (["--from", "no-such-file"], "no-such-file"),
        (["http://a.cn/", "--contact", "督查室"], "ASCII"),
    ],
)
def test_wrong_usage_ends_with_2(
    arguments: list[str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, *arguments) == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.fetch import run as module
    from ingest.fetch.plan import Plan

    monkeypatch.setattr(module, "_NEEDED", ("scrapy_that_is_not_there",))
    with pytest.raises(UsageError, match=r"ducha\[fetch\]"):
        module.fetch(Plan(("http://a.cn/",), "out"), print)


def test_sitemap_file_limit_and_json(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {f"/{one}.html": Page(html(f"<p>第{one}项 老旧小区改造已完成</p>")) for one in range(4)}
    site = Site(dict(pages))
    options = ["--allow-private", "--delay", "0.01", "--contact", "a@b.cn", "--format", "json"]
    with serving(site):
        places = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in pages)
        site.pages["/sitemap.xml"] = Page(f"<urlset>{places}</urlset>".encode(), "application/xml")
        out = ["--out", str(tmp_path / "a")]
        status = run(monkeypatch, f"{site.url}/sitemap.xml", "--sitemap", "--limit", "3", *options, *out)
        counts = json.loads(capsys.readouterr().out)
        (tmp_path / "urls.txt").write_text(f"# 报告\n{site.url}/0.html\n\n{site.url}/gone.html\n", "utf-8")
        out = ["--out", str(tmp_path / "b")]
        second = run(monkeypatch, "--from", str(tmp_path / "urls.txt"), *options, *out)
    assert (status, counts["fetched"]["report"]) == (0, {"stored": 3})
    captured = capsys.readouterr()
    assert second == 1
    assert json.loads(captured.out)["fetched"]["report"] == {"failed": 1, "stored": 1}
    assert f"failed: {site.url}/gone.html: status 404" in captured.err


def test_somebody_is_named_as_contact(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from console.fetch import contact_or_user

    monkeypatch.setattr("getpass.getuser", lambda: "督查")
    monkeypatch.setattr("socket.gethostname", lambda: "office")
    assert contact_or_user(None) == "??@office"
    assert "--contact" in capsys.readouterr().err
