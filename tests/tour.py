"""The commands shown in README.md, run again. As a module it rewrites the output that stands under them.

It ends with status 1 when anything changed, as `tests.golden` does.
"""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
README: Final = ROOT / "README.md"
# A fenced session; what begins with `$ ducha` is run, what follows it is its output.
_SESSION: Final = re.compile(r"(?<=```console\n)\$ ducha .*?(?=^```)", re.MULTILINE | re.DOTALL)
_PROMPT: Final = re.compile(r"^\$ ducha (.*)\n", re.MULTILINE)
# What `make demo` says first; its seconds are the machine's
_STORED: Final = re.compile(r"^\d+ documents with \d+ tasks(?= stored in ducha\.duckdb;)", re.MULTILINE)
_COUNTS: Final = (
    "SELECT (SELECT count(*) FROM documents) || ' documents with ' || count(*) || ' tasks' AS told FROM tasks"
)


def store(database: Path) -> None:
    """The samples in a database of their own."""
    assert _run(["ingest", "--jobs", "0", str(ROOT / "samples")], database)


def replayed(readme: str, database: Path) -> str:
    """The text with the output under every command, and what is stored, as it is now."""
    told = _run(["query", "--format", "csv", _COUNTS], database).splitlines()[-1]
    return _SESSION.sub(lambda session: _replay(session.group(), database), _STORED.sub(told, readme))


def main() -> int:
    """Rewrites README.md when its sessions differ from what the commands print."""
    old = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "ducha.duckdb"
        store(database)
        new = replayed(old, database)
    if new != old:
        README.write_text(new, encoding="utf-8")
        sys.stdout.write("README.md changed\n")
    return int(new != old)


def _replay(session: str, database: Path) -> str:
    commands = [match.group(1) for match in _PROMPT.finditer(session)]
    outputs = [_run(shlex.split(command), database) for command in commands]
    return "\n".join(
        f"$ ducha {command}\n{output}" for command, output in zip(commands, outputs, strict=True)
    )


def _run(arguments: list[str], database: Path) -> str:
    """What the command prints, standard error included."""
    from typer.testing import CliRunner

    import cli

    result = CliRunner().invoke(cli.app, arguments, env={"DUCHA_DB": str(database)})
    if result.exit_code:
        raise RuntimeError(f"{shlex.join(arguments)}: status {result.exit_code}\n{result.output}")
    return result.output


if __name__ == "__main__":
    sys.exit(main())
