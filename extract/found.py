"""A value read from text together with the characters that state it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from schema.text import Text

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Found(Generic[Value_co]):
    """``value`` as stated by ``at``, a Text aligned to the page's text; ``rule`` names what read it."""

    value: Value_co
    at: Text
    rule: str = ""
