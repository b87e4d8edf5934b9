"""Fetching from within: starts the process that does it, and hands on what it says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final

from ingest.fetch.outcome import GOOD
from ingest.fetch.plan import Plan, checked
from ingest.fetch.profile import load
from schema.errors import Rejected, UsageError

COMMAND: Final = (sys.executable, "-m", "ingest.fetch.crawl")
_NEEDED: Final = ("scrapy", "warcio")


@dataclass(slots=True)
class Summary:
    """What a run did: outcomes by kind, and why it ended."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    bad: int = 0
    reason: str = "finished"

    @property
    def finished(self) -> bool:
        """Whether the walk came to its end."""
        return self.reason == "finished"

    def of(self, outcome: str) -> int:
        """How many reports and attachments had the outcome."""
        return self.counts["report", outcome] + self.counts["attachment", outcome]


def fetch(plan: Plan, notice: Callable[[dict[str, Any]], None], command: Sequence[str] = COMMAND) -> Summary:
    """Fetches what the plan says; ``notice`` takes each line of ``fetched.jsonl`` as it is written.

    Raises UsageError for wrong usage and for a missing library, Rejected when the process breaks.
    """
    _check(plan)
    summary = Summary()
    with _started(plan, command) as child:
        try:
            for values in _said(child):
                if "stopped" in values:
                    summary.reason = values["stopped"]
                    continue
                _count(summary, values)
                notice(values)
            status = child.wait()
        except BaseException:
            child.terminate()
            raise
    if status not in (0, 1) or bool(status) == summary.finished:
        log = f"{plan.out}/.fetch/log.txt"
        raise Rejected("fetch", "crashed", f"the fetching process ended with status {status}; see {log}")
    return summary


def is_bad(values: dict[str, Any]) -> bool:
    """Whether a line says that something that was wanted is not there.

    A link of a list that robots.txt forbids is none of that; an address that was given is.
    """
    if values["outcome"] == "forbidden":
        return "parent" not in values
    return values["outcome"] not in GOOD


def _count(summary: Summary, values: dict[str, Any]) -> None:
    summary.counts[values["kind"], values["outcome"]] += 1
    summary.bad += is_bad(values)


def _check(plan: Plan) -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(f"fetch needs {' and '.join(missing)}: pip install 'ducha[fetch]'")
    for url in plan.urls:
        checked(url)
    if not plan.urls:
        raise UsageError("no address to fetch")
    if plan.profile:
        load(plan.profile)
    try:
        re.compile(plan.title or "")
    except re.error as error:
        raise UsageError(f"--title {plan.title}: {error}") from None


def _started(plan: Plan, command: Sequence[str]) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    environment = os.environ | {"PYTHONPATH": paths, "PYTHONUTF8": "1"}
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, bufsize=0
    )
    _stream(child.stdin).write(plan.to_json().encode("ascii") + b"\n")
    return child


def _said(child: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    """The lines of the process. Raises UsageError for what it says of wrong usage."""
    with open(_stream(child.stdout).fileno(), encoding="utf-8", closefd=False) as lines:
        for line in lines:
            if not line.endswith("\n"):  # it was killed while it spoke
                return
            values = json.loads(line)
            if "error" in values:
                child.wait()
                raise UsageError(values["error"])
            yield values


def _stream(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
