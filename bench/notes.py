"""What was measured already, so that a long run can be taken up where it ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Notes:
    """Values by key in a JSON file; without a file they are kept for this run only.

    Notes taken under other ``options`` are thrown away.
    """

    def __init__(self, path: Path | None = None, options: Any = None) -> None:
        self._path = path
        self._taken: dict[str, Any] = {"options": options}
        if path and path.exists():
            found = json.loads(path.read_text(encoding="utf-8"))
            if found.get("options") == options:
                self._taken = found

    def kept(self, key: str, measure: Callable[[], Any]) -> Any:
        """The value noted under the key, else what ``measure`` gives; it must be plain JSON."""
        if key not in self._taken:
            self._taken[key] = measure()
            if self._path:
                self._path.write_text(json.dumps(self._taken, ensure_ascii=False), encoding="utf-8")
        return self._taken[key]
