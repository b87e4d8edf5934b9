"""What a document says about itself that its fields are read by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """The reporting agency (as named in the document), the year reported on, the publication date.

    ``region`` is what places the agency when the document names it (``北京市``); ``first_leads``
    says that the document gives the lead to the first-listed unit (排在第一位的为牵头单位，下同).
    """

    agency: str | None = None
    report_year: int | None = None
    published_on: dt.date | None = None
    region: str | None = None
    first_leads: bool = False
