"""What a reading of prose tells, as the tests compare it."""

from __future__ import annotations


def rows(reading: object, kind: str) -> list[tuple[str | None, str, str | None]]:
    """Label, content and what is said of it, of each record of the kind."""
    found = []
    for d in reading.drafts:  # type: ignore[attr-defined]
        if d.kind == kind:
            value = next((d.fields[n] for n in ("progress", "problems", "next_steps") if n in d.fields), None)
            label = d.fields["label"].value if "label" in d.fields else None
            found.append((label, d.fields["content"].value, value.value if value else None))
    return found
