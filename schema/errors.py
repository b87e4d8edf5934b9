"""The few exceptions: raised only when the work at hand cannot go on."""


class DuchaError(Exception):
    """Base of all errors this project raises on purpose."""


class UsageError(DuchaError):
    """Wrong usage: a missing path, an unknown format (exit status 2)."""


class DatabaseError(DuchaError):
    """The database can't be used: locked, newer schema, not a database (exit status 3)."""


class Rejected(DuchaError):
    """One document can't be read; it goes to ``rejects`` and the rest goes on.

    ``stage`` is the step that refused it (``read``, ``decode``, ``parse``, ``extract``,
    ``store``), ``code`` a short stable word for scripts.
    """

    def __init__(self, stage: str, code: str, message: str) -> None:
        super().__init__(message)
        self.stage = stage
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        return (type(self), (self.stage, self.code, self.message))
