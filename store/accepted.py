"""Scores against the last accepted ones: what was gained and what was lost."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from schema.errors import UsageError
from store.ratio import Ratio
from store.score import Score

_SHARES: Final = ("precision", "recall", "f1")
_SLACK: Final = 0.00005  # shares are written with four places


@dataclass(frozen=True, slots=True)
class Change:
    """What became better or worse, a line each."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]


def read(path: Path) -> dict[str, Any]:
    """Accepted scores: what ``eval --format json`` printed, or TOML with a table ``[total.tasks]``.

    Raises UsageError when the file holds no ``total``.
    """
    try:
        text = path.read_text("utf-8")
        accepted: Any = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} can't be read: {error}") from None
    if not isinstance(accepted, dict) or not isinstance(accepted.get("total"), dict):
        raise UsageError(f"{path} holds no scores: no table named total")
    return accepted


def compare(accepted: dict[str, Any], scores: Iterable[Score], total: dict[str, Ratio]) -> Change:
    """Figures in total, then labelled values one by one where the accepted scores list them."""
    kept = list(scores)
    gained, lost = _figures(accepted["total"], total)
    for name, before in _listed(accepted).items():
        now = {item for one in kept if one.file_name == name for item in _items(one)}
        gained += [f"{name}: {item}" for item in sorted(before - now)]
        lost += [f"{name}: {item}" for item in sorted(now - before)]
    return Change(tuple(gained), tuple(lost))


def _figures(accepted: dict[str, Any], total: dict[str, Ratio]) -> tuple[list[str], list[str]]:
    gained: list[str] = []
    lost: list[str] = []
    for measure, shares in accepted.items():
        now = (total.get(measure) or Ratio()).told()
        for share in _SHARES:
            before, after = shares.get(share), now[share]
            if before is None or after is None or abs(after - before) < _SLACK:
                continue
            side = gained if after > before else lost
            side.append(f"total: {measure} {share} {before:.4f} → {after:.4f}")
    return gained, lost


def _listed(accepted: dict[str, Any]) -> dict[str, set[str]]:
    """The differences that were accepted, by document."""
    documents = accepted.get("documents", [])
    return {one["file_name"]: {known["item"] for known in one["differences"]} for one in documents}


def _items(score: Score) -> set[str]:
    return {difference.item for difference in score.differences}
