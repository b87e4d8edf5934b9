"""``ducha fetch``: the plan from the options, what happens as it happens, a summary."""

from __future__ import annotations

import getpass
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from console.streams import tell
from ingest.fetch.plan import AGENT, addresses
from ingest.fetch.run import Summary, is_bad
from schema.errors import UsageError

_SHOWN: Final = ("stored", "unchanged", "duplicate", "forbidden")


def wanted(urls: Sequence[str], source: str | None) -> tuple[str, ...]:
    """The addresses given and those in the file, each once.

    Raises UsageError when there are none, or one that is none.
    """
    lines = list(urls)
    if source == "-":
        lines += sys.stdin.read().splitlines()
    elif source is not None:
        lines += _lines(Path(source))
    found = tuple(dict.fromkeys(addresses(lines)))
    if not found:
        raise UsageError("no address to fetch: give URL…, or a file of them with --from")
    return found


def contact_or_user(contact: str | None) -> str:
    """Whom a site's operator may write to; this user at this machine when nobody is named."""
    if contact and contact.isprintable() and contact.isascii():
        return contact
    if contact:
        raise UsageError(f"--contact is an address or a link in ASCII: {contact}")
    found = f"{_user()}@{socket.gethostname()}".encode("ascii", "replace").decode("ascii")
    tell(f"ducha: sites are told {found} as contact; --contact or $DUCHA_CONTACT names another")
    return found


@contextmanager
def telling() -> Iterator[Any]:
    """A function that takes the lines of a run: names what went wrong, shows progress on a terminal."""
    if not sys.stderr.isatty():
        yield _name
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    shown = TextColumn("{task.completed} addresses {task.fields[last]}")
    columns = (SpinnerColumn(), shown, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, last="")

        def show(values: dict[str, Any]) -> None:
            _name(values)
            bar.update(task, advance=1, last=values["url"][-60:])

        yield show


def told(summary: Summary, out: Path) -> None:
    """The summary for people."""
    shown = ", ".join(f"{summary.of(one)} {one}" for one in _SHOWN if summary.of(one))
    rest = f"; {summary.bad} failed" if summary.bad else ""
    end = "" if summary.finished else f"; stopped ({summary.reason}): the same command goes on from here"
    tell(f"{shown or 'nothing'} in {out}{rest}{end}")


def counts(summary: Summary) -> dict[str, Any]:
    """The summary for programs."""
    kinds: dict[str, dict[str, int]] = {}
    for (kind, outcome), count in sorted(summary.counts.items()):
        kinds.setdefault(kind, {})[outcome] = count
    return {"command": "fetch", "finished": summary.finished, "failed": summary.bad, "fetched": kinds}


def _name(values: dict[str, Any]) -> None:
    if is_bad(values) or (values.get("message") and values["outcome"] in ("stored", "unchanged")):
        tell(f"{values['outcome']}: {values['url']}: {values.get('message', '')}")


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: a file of addresses is UTF-8") from None


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return AGENT
