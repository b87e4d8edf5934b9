"""The issuer's form of a page: which one it is, what of the page it covers, what it says is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlsplit

from extract.body import Body, Line
from extract.draft import Reading
from extract.layouts.form import Expect, Form, shipped
from extract.metadata import Metadata
from schema.issues import Issue, issue
from schema.page import Page
from schema.records import Label, Task

_CODE: Final = "layout_expectation"
_SHOWN: Final = 5


def form_of(page: Page, metadata: Metadata, body: Body, extra: Sequence[Form] = ()) -> Form | None:
    """The first form that the page is in: those given before those of the package."""
    return next((form for form in (*extra, *shipped()) if _is_in(page, metadata, body, form)), None)


def _is_in(page: Page, metadata: Metadata, body: Body, form: Form) -> bool:
    known = form.identify
    lines = [line.value for line in body.lines] if known.body else []
    return (
        _any(known.title, [metadata.value("title") or ""])
        and _any(known.agency, [metadata.value("agency") or ""])
        and _from(known.host, _addresses(page, metadata))
        and _any(known.body, lines)
    )


def _addresses(page: Page, metadata: Metadata) -> list[str]:
    """Where the page was fetched from, what it says about itself, and where it lies."""
    fetched = page.raw.origin.url if page.raw.origin else ""
    return [fetched, metadata.value("url") or "", page.raw.uri]


def _any(globs: Sequence[str], values: Iterable[str]) -> bool:
    return not globs or any(holds(glob, value) for value in values for glob in globs)


def _from(hosts: Sequence[str], urls: Iterable[str]) -> bool:
    """Whether a URL is of one of the hosts or of one below it."""
    found = [_host(url) for url in urls]
    return not hosts or any(f".{name}".endswith(f".{host}") for name in found for host in hosts)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def holds(glob: str, value: str) -> bool:
    """Whether the words of the glob stand in the value in order; in time linear in the value.

    >>> holds("督察*销号", "省生态环境保护督察整改销号公示"), holds("销号*督察", "督察整改销号")
    (True, False)
    """
    at = 0
    for part in glob.split("*"):
        found = value.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def outside(form: Form, body: Body) -> tuple[Label, ...]:
    """What stands before the form's first line and from its end on, as background.

    The line that opens the scope is of the body, the one that closes it is not.
    """
    start, end = form.scope.start, form.scope.end
    first = _first(start, body.lines, 0) if start else 0
    last = _first(end, body.lines, (first or 0) + 1) if end else None
    after = [] if last is None else body.lines[last:]
    return tuple(map(_background, (*body.lines[: first or 0], *after)))


def _first(globs: Sequence[str], lines: Sequence[Line], start: int) -> int | None:
    return next((at for at in range(start, len(lines)) if _any(globs, [lines[at].value])), None)


def _background(line: Line) -> Label:
    return Label(kind="background", start=line.start, end=line.end)


def broken(form: Form, body: Body, reading: Reading, records: Sequence[Task]) -> list[Issue]:
    """What the form announces and the page has not."""
    tasks = [record for record in records if record.kind == "task"]
    found = [*_scope(form, body, reading), *_count(form.expect, len(tasks)), *_empty(form.expect, tasks)]
    return [issue(_CODE, f"{form.name}: {detail}") for detail in found]


def _scope(form: Form, body: Body, reading: Reading) -> list[str]:
    found: list[str] = []
    if form.scope.layout and reading.layout != form.scope.layout:
        found.append(f"layout {form.scope.layout} expected, {reading.layout} found")
    if form.scope.start and not _any(form.scope.start, [line.value for line in body.lines]):
        found.append(f"no line with {' or '.join(form.scope.start)}")
    return found


def _count(expect: Expect, count: int) -> list[str]:
    low, high = expect.tasks.min, expect.tasks.max
    if count < low:
        return [f"{count} tasks, at least {low} expected"]
    return [f"{count} tasks, at most {high} expected"] if high is not None and count > high else []


def _empty(expect: Expect, tasks: Sequence[Task]) -> list[str]:
    found: list[str] = []
    for name in expect.filled:
        empty = [task.seq or str(task.ordinal) for task in tasks if not getattr(task, name)]
        if empty:
            named = "、".join(empty[:_SHOWN]) + ("…" if len(empty) > _SHOWN else "")
            found.append(f"{len(empty)} tasks without {name}: {named}")
    return found
