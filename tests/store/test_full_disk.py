"""A disk that is full in earnest: a small tmpfs in a name space of one's own, where the system lets one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
INSIDE = """
import subprocess, sys
from pathlib import Path
from schema.errors import DatabaseError
from store.batch import Plan, ingest
from tests.store import work
from tests.store.made import raw_of, report

disk, share = Path(sys.argv[1]), float(sys.argv[2])
database = disk / "x.duckdb"
plan = Plan(database, work.process, "1", jobs=0)
many = [raw_of(report(200, word=f"平台{n}"), f"报告/{n}.txt") for n in range(40)]


def sized(size):
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


ingest(plan, [raw_of(report(1))], lambda notice: None)
before = database.read_bytes()
sized(int(len(before) * (1 + share)) // 4096 * 4096)
try:
    ingest(plan, many, lambda notice: None)
except DatabaseError as error:
    print(error)
else:
    raise SystemExit("the disk was not full")
assert database.read_bytes() == before
assert sorted(file.name for file in disk.iterdir()) == ["x.duckdb", "x.duckdb.lock"]
sized(64 << 20)
assert ingest(plan, many[:2], lambda notice: None).documents == 2
"""


def inside(disk: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Runs a command where a tmpfs is mounted on the folder, for this command only."""
    script = 'mount -t tmpfs -o size=64m tmpfs "$1" && shift && exec "$@"'
    outer = ["unshare", "-rm", "sh", "-c", script, "sh", str(disk), *command]
    return subprocess.run(outer, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    if not shutil.which("unshare") or inside(tmp_path, "true").returncode:
        pytest.skip("this system lets nobody mount a tmpfs of their own (unshare -rm)")
    return tmp_path


@pytest.mark.parametrize("share", [0.3, 1.1], ids=["the copy does not fit", "the rows do not fit"])
def test_a_full_disk_leaves_the_old_state(disk: Path, share: float) -> None:
    done = inside(disk, sys.executable, "-c", INSIDE, str(disk), str(share))
    assert done.returncode == 0, done.stderr
    assert "x.duckdb can't be written" in done.stdout
    assert "o space left" in done.stdout
