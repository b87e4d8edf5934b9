"""Whole runs of the command line, with their time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parent.parent
_POLL: Final = 0.02


class Cost(NamedTuple):
    """Wall and CPU seconds of a process with its children; peak memory in MB of the process itself
    (0 where the system does not say) and of the largest of all."""

    wall: float
    cpu: float
    main: float
    largest: float


def ducha(*arguments: str) -> Cost:
    """Runs a command to its end. Raises RuntimeError when it fails or rejects a page."""
    began = time.perf_counter()
    command = [sys.executable, str(ROOT / "cli.py"), *arguments]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=_environment(), **pipes) as process:  # type: ignore[call-overload]
        peak, status, usage = _watched(process.pid)
        wall = time.perf_counter() - began
        said = process.stderr.read().decode() if process.stderr else ""
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1 or (process.returncode and " 0 rejected" not in said):
        raise RuntimeError(f"ducha {arguments[0]}: status {process.returncode}\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak / 1024, usage.ru_maxrss / 1024)


@cache
def _bytecode() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="ducha-bench-")


def _environment() -> dict[str, str]:
    """Bytecode is kept, as it is where a program is installed, but not in this checkout."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": _bytecode().name}


def _watched(pid: int) -> tuple[int, int, os.struct_rusage]:  # type: ignore[name-defined]
    """Waits for the process; its own peak in kB, its status and its usage with that of its children."""
    peak = 0
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            return peak, status, usage
        peak = max(peak, _high_water(pid))
        time.sleep(_POLL)


def _high_water(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
