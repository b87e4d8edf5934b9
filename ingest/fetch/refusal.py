"""Why an address was not fetched: exceptions of the download, and the outcomes that they mean."""

from __future__ import annotations

from typing import Final

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)


class Refused(IgnoreRequest):
    """A request that is not sent, or not answered in a way that can be used."""

    def __init__(self, outcome: str, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


class PrivateAddress(Exception):
    """A connection to an address that is not public, refused before it was made."""


_BY_TYPE: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (PrivateAddress, "private_address"),
    (DownloadTimeoutError, "timeout"),
    (DownloadCancelledError, "too_large"),
    (ResponseDataLossError, "incomplete"),
    (CannotResolveHostError, "unreachable"),
    (DownloadConnectionRefusedError, "unreachable"),
)
# what Scrapy says in an IgnoreRequest of its own
_BY_WORDS: Final = (("redirections", "redirects"), ("DOWNLOAD_MAXSIZE", "too_large"))


def outcome_of(error: BaseException) -> tuple[str, str]:
    """The outcome that an exception of the download means, and a message of one line."""
    if isinstance(error, Refused):
        return error.outcome, str(error)
    message = " ".join(str(error).split())[:300] or type(error).__name__
    if is_tls(error):
        return "unreachable", f"no valid certificate: {message}"
    by_type = (outcome for kind, outcome in _BY_TYPE if isinstance(error, kind))
    by_words = (outcome for words, outcome in _BY_WORDS if words in message)
    return next(by_type, None) or next(by_words, "incomplete"), message


def is_tls(error: BaseException) -> bool:
    """Whether the secure connection failed: another try would too."""
    return "SSL" in str(error) or "certificate" in str(error)
