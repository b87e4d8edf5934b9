"""The closed catalogue of what can be found wrong with a document, and the finding itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict, NonNegativeInt


class Severity(StrEnum):
    """``info``: worth knowing. ``warning``: check the place. ``error``: the document failed."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Entry(NamedTuple):
    """One kind of finding: how bad, what it says (``{detail}`` filled in), what to do."""

    severity: Severity
    template: str
    advice: str


CATALOGUE: Final[dict[str, Entry]] = {
    "no_tasks": Entry(Severity.ERROR, "no task found: {detail}", "look at the page: is it a report?"),
    "not_a_report": Entry(Severity.ERROR, "not a report: {detail}", "fetch the report itself"),
    "table_in_attachment": Entry(
        Severity.ERROR, "the tasks are in an attachment: {detail}", "ingest the attachment"
    ),
    "year_inferred": Entry(Severity.INFO, "report year inferred: {detail}", "give --report-year"),
    "sequence_gap": Entry(
        Severity.WARNING, "numbers missing in the sequence: {detail}", "compare with the page"
    ),
    "charset_conflict": Entry(Severity.INFO, "declared and found encoding differ: {detail}", "none"),
    "bytes_undecodable": Entry(
        Severity.WARNING, "bytes that no character stands for: {detail}", "find a better copy"
    ),
    "text_damaged": Entry(Severity.WARNING, "text damaged and not repaired: {detail}", "find a better copy"),
    "text_repaired": Entry(Severity.INFO, "damaged text repaired: {detail}", "compare with the original"),
    "text_chosen": Entry(
        Severity.WARNING, "lost character chosen: {detail}", "compare with another copy of the report"
    ),
    "markup_doubtful": Entry(Severity.WARNING, "two readings of the markup differ: {detail}", "see explain"),
    "layout_expectation": Entry(
        Severity.ERROR,
        "not what the issuer's form announces: {detail}",
        "see explain; mend the form or the page",
    ),
    "uncovered_text": Entry(Severity.WARNING, "text that no record accounts for: {detail}", "see explain"),
}


class Issue(BaseModel):
    """A finding: its code in the catalogue, a message, and its place in the page's text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    message: str
    start: NonNegativeInt | None = None
    end: NonNegativeInt | None = None
    task_id: str | None = None

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.code].severity


def issue(code: str, detail: str = "", start: int | None = None, end: int | None = None) -> Issue:
    """A finding of the catalogue at a place of the page's text.

    Raises KeyError for a code that the catalogue does not hold.

    >>> issue("no_tasks", "an empty page").message
    'no task found: an empty page'
    """
    return Issue(code=code, message=CATALOGUE[code].template.format(detail=detail), start=start, end=end)
