"""Standard streams: UTF-8 whatever the locale, quiet on a closed pipe; errors as exit statuses."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Final

import typer

from schema.errors import DatabaseError, Rejected, UsageError

FAILED: Final = 1
USAGE: Final = 2
DATABASE: Final = 3


def prepare() -> None:
    """Makes the standard streams UTF-8; what can't be encoded is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def put(text: str) -> None:
    """A line of machine output."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """A line for the person, on standard error, control characters made visible."""
    sys.stderr.write("".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text) + "\n")


@contextmanager
def statuses() -> Iterator[None]:
    """Turns the errors that are meant into one line and the exit status of the contract."""
    try:
        yield
        sys.stdout.flush()
    except UsageError as error:
        raise _end(str(error), USAGE) from None
    except DatabaseError as error:
        raise _end(str(error), DATABASE) from None
    except Rejected as error:
        raise _end(error.message, FAILED) from None
    except BrokenPipeError:
        _forget_stdout()
        raise typer.Exit(0) from None


def _end(message: str, status: int) -> typer.Exit:
    tell(f"ducha: {message}")
    return typer.Exit(status)


def _forget_stdout() -> None:
    """The reader is gone: nothing more may fail on it when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
