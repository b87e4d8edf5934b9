"""What can come of an address: the closed set of outcomes in ``fetched.jsonl``."""

from __future__ import annotations

from typing import Final

OUTCOMES: Final = {
    "stored": "the original lies in the folder",
    "unchanged": "the site says, or the bytes show, that the stored original is still the current one",
    "forbidden": "robots.txt forbids it",
    "robots_unreachable": "robots.txt could not be read, so nothing may be asked for; try later",
    "private_address": "the address is private or of this machine; --allow-private lets it through",
    "challenge": "the site answers with a test for browsers instead of the page",
    "error_page": "the site answers with an error page under status 200",
    "failed": "the site answers with an error status",
    "redirects": "more than five redirects, a loop, or a redirect to another scheme",
    "too_large": "larger than the limit",
    "timeout": "not complete within the deadline",
    "incomplete": "the connection broke before the end",
    "unreachable": "no connection: unknown host, refused, or no valid certificate",
    "deferred": "the site asks to come back later than this run can wait",
    "duplicate": "redirects to an address that was fetched anyway",
    "unreadable": "the answer is no page",
}
"""Every outcome in ``fetched.jsonl`` and what it means."""
GOOD: Final = frozenset({"stored", "unchanged", "duplicate"})
"""The outcomes that leave nothing to do."""
