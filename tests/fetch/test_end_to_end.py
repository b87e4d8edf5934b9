"""A whole site: fetched once, forbidden pages untouched, killed and resumed, nothing the second time."""

from __future__ import annotations

import fcntl
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fetch.site import Site, serving
from tests.fetch.town import BROKEN, FORBIDDEN, LISTS, LOOP, path_of, tasks, town

ROOT = Path(__file__).parents[2]
REPORTS = {path_of(number) for number in range(1, 61)}
LIST_PAGES = 11
FILES = {f"/files/{number}.xlsx" for number in range(10, 61, 10)}


class Story:
    """What happened: three runs over one site into one folder."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.folder = folder
        self.first = self._killed()
        self.resumed = self._run()
        self.twice, site.log = list(site.log), []
        self.second = self._run()

    def lines(self) -> list[dict[str, Any]]:
        """The ledger; a line that the kill left half is none."""
        text = (self.folder / "fetched.jsonl").read_text("utf-8")
        return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]

    def _command(self) -> list[str]:
        lists = [self.site.url + path for path in LISTS]
        options = ["--follow", "--allow-private", "--delay", "0.01", "--contact", "a@b.cn"]
        return [
            *(sys.executable, str(ROOT / "cli.py"), "fetch", *lists, *options),
            *("--format", "json", "--out", str(self.folder)),
        ]

    def _killed(self) -> int:
        """Kills the command in the middle; its own process has to end by itself, and asks for no more."""
        self.site.gate = 45
        child = subprocess.Popen(self._command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 120
        while len(self.site.log) < self.site.gate and time.monotonic() < end:
            time.sleep(0.01)
        child.kill()
        child.wait()
        free = self.folder / ".fetch" / "lock"
        while not _free(free) and time.monotonic() < end:
            time.sleep(0.05)
        self.site.gate = None
        self.site.opened.set()
        self.written = {line["url"] for line in self.lines() if line["outcome"] == "stored"}
        return len(self.site.served())

    def _run(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self._command(), capture_output=True, text=True, timeout=240, check=False)


def _free(lock: Path) -> bool:
    """Whether no process fetches into the folder any more."""
    with lock.open("a+") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    site = town()
    with serving(site):
        yield Story(site, tmp_path_factory.mktemp("fetched"))


def test_a_killed_run_is_continued(story: Story) -> None:
    assert 20 <= story.first < len(REPORTS)
    assert len(story.written) >= 20
    assert story.resumed.returncode == 1, story.resumed.stderr
    assert json.loads(story.resumed.stdout)["finished"] is True


def test_everything_allowed_is_fetched_once(story: Story) -> None:
    served = {}
    for one in story.twice:
        if one.status == 200 and one.path != "/robots.txt":
            served[one.path] = served.get(one.path, 0) + 1
    wanted = (REPORTS - {path_of(47)}) | {"/list/moved.html"} | FILES
    assert wanted <= set(served)
    # what was under way when the process was killed, and nothing that was written down by then
    again = {path for path in wanted if served[path] > 1}
    assert len(again) <= 2
    assert not {story.site.url + path for path in again} & story.written
    assert max(served[path] for path in wanted) <= 2


def test_nothing_forbidden_is_touched(story: Story) -> None:
    asked = {one.path for one in story.twice + story.site.log}
    assert not asked & set(FORBIDDEN)
    assert "/about-the-town.html" not in asked
    assert {line["outcome"] for line in story.lines() if "secret" in line["url"]} == {"forbidden"}


def test_what_cannot_be_had_is_named_and_not_stored(story: Story) -> None:
    last = {line["url"].removeprefix(story.site.url): line for line in story.lines()}
    outcomes = [last[path]["outcome"] for path in (*BROKEN, LOOP)]
    assert outcomes == ["failed", "failed", "challenge", "error_page", "redirects"]
    assert all("file" not in last[path] for path in (*BROKEN, LOOP))
    assert all(f"{last[path]['outcome']}: {story.site.url}{path}" in story.resumed.stderr for path in BROKEN)


def test_a_failing_page_is_tried_four_times_at_most(story: Story) -> None:
    tries = [one.at for one in story.site.log if one.path == "/list/error-500.html"]
    assert len(tries) == 4
    retried = [one for one in story.twice if one.path == path_of(46)]
    assert [one.status for one in retried][:3] == [503, 500, 200]
    assert retried[1].at - retried[0].at >= 1.0


def test_attachments_stay_linked_to_their_page(story: Story) -> None:
    lines = story.lines()
    pages = {line["url"]: line["attachments"] for line in lines if line.get("attachments")}
    parents = {line["url"]: line["parent"] for line in lines if line["kind"] == "attachment"}
    assert len(pages) == len(parents) == len(FILES)
    assert {url: [page] for page, (url,) in pages.items()} == {url: [page] for url, page in parents.items()}


def test_the_second_run_downloads_nothing(story: Story) -> None:
    assert set(story.site.served()) == {"/list/soft-404.html"}
    assert len(story.site.served(304)) == len(REPORTS) + len(FILES) + LIST_PAGES
    counts = json.loads(story.second.stdout)["fetched"]
    assert counts["report"]["unchanged"] == len(REPORTS)
    assert "stored" not in counts["report"] | counts["attachment"]


def test_the_folder_holds_the_originals(story: Story) -> None:
    wanted = {hashlib.sha256(page.body).hexdigest() for page in originals(story.site)}
    found = [path for path in story.folder.rglob("*.html") if ".fetch" not in path.parts]
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in found} == wanted
    assert len(found) == 60


def test_the_captures_are_read_by_other_tools(story: Story) -> None:
    from warcio.archiveiterator import ArchiveIterator

    kept = set()
    for path in (story.folder / ".fetch").glob("*.warc.gz"):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                    kept.add(hashlib.sha256(record.content_stream().read()).hexdigest())
    assert {hashlib.sha256(page.body).hexdigest() for page in originals(story.site)} <= kept


def test_ingest_of_the_folder_is_exact(story: Story, tmp_path: Path) -> None:
    import duckdb

    database = tmp_path / "ducha.duckdb"
    command = [sys.executable, str(ROOT / "cli.py"), "ingest", str(story.folder), "--db", str(database)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            "SELECT d.sha256, t.content, t.progress FROM tasks t JOIN documents d USING (doc_id) "
            "WHERE d.media_type = 'text/html' ORDER BY 1, t.ordinal"
        ).fetchall()
    found: dict[str, list[tuple[str, str]]] = {}
    for sha256, content, progress in rows:
        found.setdefault(sha256, []).append((content, progress))
    wanted = {
        hashlib.sha256(page.body).hexdigest(): [(content, progress) for content, _, progress in tasks(number)]
        for number, page in enumerate(originals(story.site), 1)
    }
    assert found == wanted, done.stderr


def originals(site: Site) -> list[Any]:
    """The pages of the 60 reports, in their order."""
    paths = ["/list/moved.html" if number == 47 else path_of(number) for number in range(1, 61)]
    return [site.pages[path] for path in paths]
