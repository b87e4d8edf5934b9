"""One piece of work in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread


class Chore:
    """Begins at once; ``done`` waits for it. Lighter to load than a pool of one thread."""

    def __init__(self, action: Callable[[], object]) -> None:
        self._action = action
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, name="ducha-writer")
        self._thread.start()

    def done(self) -> None:
        """Returns when the work is done. Raises, every time, what it raised."""
        self.wait()
        if self._error is not None:
            raise self._error

    def wait(self) -> None:
        """Returns when the work has ended, well or not."""
        self._thread.join()

    def _run(self) -> None:
        try:
            self._action()
        except BaseException as error:  # told to whom waits for it
            self._error = error
