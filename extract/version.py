"""The rules in force, by name: kept apart from them, so that a batch with nothing to read loads none."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from extract.layouts.form import Form

PARSER_VERSION: Final = "2026.11.3"
"""Changes with every change of the rules: documents stored under another one are read again."""


def version(forms: Sequence[Form] = ()) -> str:
    """The rules in force: PARSER_VERSION, and a digest of the forms that were added to them."""
    if not forms:
        return PARSER_VERSION
    told = "\n".join(form.model_dump_json() for form in forms)
    return f"{PARSER_VERSION}+{sha256(told.encode()).hexdigest()[:8]}"
