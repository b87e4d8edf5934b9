"""What one document may cost its worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may cost: wall seconds and bytes of resident memory of its worker."""

    seconds: float = 20.0
    memory: int = 1 << 30


DEFAULT: Final = Limits()
