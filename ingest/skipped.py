"""What gave no document, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path or a member of an archive that gave no document, and why.

    ``code`` is one of ``other_kind`` ``page_files`` ``special`` ``loop`` ``too_large`` ``unreadable``,
    and in containers ``bomb`` ``damaged`` ``encrypted`` ``nested`` ``frame`` ``http_status`` ``compression``;
    ``rejected`` when it should have given one: it was named, or its suffix is a known one.
    """

    uri: str
    code: str
    message: str
    rejected: bool
