"""What the command line does with streams, signals and its surroundings."""

from __future__ import annotations

import fcntl
import json
import signal
import subprocess
import sys
import termios
import time
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.command import ROOT, ducha, fill, page


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    fill(folder)
    return folder


def test_help_is_quick(tmp_path: Path) -> None:
    times = []
    for _ in range(5):
        started = time.monotonic()
        done = ducha("--help", cwd=tmp_path)
        times.append(time.monotonic() - started)
        assert done.returncode == 0
        assert b"Exit status" in done.stdout
    assert min(times) < 0.4  # the others tell how busy the machine is


def test_output_is_utf8_in_any_locale(filled: Path) -> None:
    sql = "SELECT title FROM tasks ORDER BY ALL"
    plain = ducha("query", sql, cwd=filled).stdout
    for environment in (
        {"LC_ALL": "C"},
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONUTF8": "0", "LANG": "zh_CN.GBK"},
    ):
        assert ducha("query", sql, cwd=filled, **environment).stdout == plain
    assert "科普" in plain.decode()


def test_standard_input(tmp_path: Path) -> None:
    data = page(tmp_path).read_bytes()
    done = ducha("ingest", "-", "--db", "x.duckdb", "--format", "json", "--jobs", 0, cwd=tmp_path, stdin=data)
    assert (done.returncode, json.loads(done.stdout)["tasks"]) == (0, 3)


def test_a_closed_pipe_is_quiet(filled: Path) -> None:
    command = [
        sys.executable,
        str(ROOT / "cli.py"),
        "query",
        "FROM range(1000000)",
        "--limit",
        "0",
        "--format",
        "csv",
    ]
    with subprocess.Popen(command, cwd=filled, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def unread(pipe: IO[bytes]) -> int:
    """How many bytes written to a pipe its reader has not taken yet."""
    count = array("i", [0])
    fcntl.ioctl(pipe.fileno(), termios.FIONREAD, count)
    return count[0]


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A shell with the tests in its background has told them to ignore interrupts; children inherit that."""
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, kept)


@pytest.mark.usefixtures("interruptible")
def test_interrupted(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "ingest", "-", "--db", "x.duckdb"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(b"x")
        process.stdin.flush()
        while unread(process.stdin):  # until the command has come to its input
            time.sleep(0.05)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
