"""Text whose characters know where they stood in their source.

A ``Text`` is a string with an alignment: every character owns a half-open interval of
code points in the string it was made from. Slices, substitutions, translations and joins
carry the alignment along, so it is built while transforming and never recovered by diff.
The idea is that of tokenizers that own their alignment (Hugging Face ``NormalizedString``).

>>> text = Text.of("進展情況：  已完成。")
>>> done = text.sub(re.compile(r"\\s+"), "")[5:8]
>>> str(done), done.bounds()
('已完成', (7, 10))
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

Interval = tuple[int, int]
"""Half-open interval of code points: start, end."""

_SPACES: Final = (
    " \t\r\n\f\v\u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
)


class _Run(NamedTuple):
    """``size`` characters from ``start`` on, owning ``source`` … ``source + width``.

    Equal size and width: character by character. Otherwise every character of the run
    owns the whole interval (a repair, an entity); width 0: characters without a source.
    A tuple, since pages make them by the ten thousand.
    """

    start: int
    size: int
    source: int
    width: int

    @property
    def linear(self) -> bool:
        return self.size == self.width

    def cut(self, start: int, end: int, shift: int) -> _Run:
        """The part that covers text offsets start … end, moved by ``shift``."""
        low, high = max(start, self.start), min(end, self.start + self.size)
        if self.linear:
            return _Run(low + shift, high - low, self.source + low - self.start, high - low)
        return _Run(low + shift, high - low, self.source, self.width)


class Text:
    """An immutable string aligned to its source."""

    __slots__ = ("_keys", "_runs", "value")

    def __init__(self, value: str, runs: tuple[_Run, ...]) -> None:
        self.value = value
        self._runs = runs
        self._keys: list[int] | None = None

    @classmethod
    def of(cls, value: str, at: int = 0) -> Text:
        """A string as its own source, its first character standing at ``at``."""
        return cls(value, (_Run(0, len(value), at, len(value)),) if value else ())

    @classmethod
    def made(cls, value: str, at: int, end: int | None = None) -> Text:
        """Characters that stand for the source interval ``at`` … ``end`` as a whole.

        Without ``end`` they have no source of their own and only mark the place ``at``.
        """
        width = 0 if end is None else end - at
        return cls(value, (_Run(0, len(value), at, width),) if value else ())

    @classmethod
    def join(cls, parts: Iterable[Text], separator: str = "") -> Text:
        """The parts in order; the separator belongs to no source character."""
        values: list[str] = []
        runs: list[_Run] = []
        length = 0
        for part in parts:
            if values and separator:
                runs.append(_Run(length, len(separator), _end_of(runs), 0))
                values.append(separator)
                length += len(separator)
            values.append(part.value)
            for run in part._runs:
                _append(runs, _Run(run.start + length, run.size, run.source, run.width))
            length += len(part.value)
        return cls("".join(values), tuple(runs))

    def __str__(self) -> str:
        return self.value

    def __repr__(self) -> str:
        return f"Text({self.value!r}, {self.pieces()!r})"

    def __len__(self) -> int:
        return len(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return self.value == other.value and self._runs == other._runs

    def __hash__(self) -> int:
        return hash((self.value, self._runs))

    def __add__(self, other: Text) -> Text:
        return Text.join((self, other))

    def __getitem__(self, key: slice) -> Text:
        start, end, step = key.indices(len(self.value))
        if step != 1:
            raise ValueError("a Text is sliced with step 1")
        return self.cut(start, end)

    def cut(self, start: int, end: int) -> Text:
        """The characters start … end with their sources."""
        if start >= end or not self._runs:
            return Text("", ())
        if start == 0 and end == len(self.value):
            return self
        first = self._index(start)
        run = self._runs[first]
        if run.linear and end <= run.start + run.size:  # most fields lie in one run
            size = end - start
            return Text(self.value[start:end], (_Run(0, size, run.source + start - run.start, size),))
        last = self._index(end - 1)
        runs = tuple(run.cut(start, end, -start) for run in self._runs[first : last + 1])
        return Text(self.value[start:end], runs)

    def locate(self, start: int, end: int) -> Interval:
        """The smallest source interval that holds the characters start … end.

        An empty range gives an empty interval at the place of its next character.
        """
        if start >= end or not self._runs:
            return self._place(start)
        first = self._index(start)
        run = self._runs[first]
        if run.linear and end <= run.start + run.size:
            shift = run.source - run.start
            return (start + shift, end + shift)
        last = self._index(end - 1)
        parts = [run.cut(start, end, 0) for run in self._runs[first : last + 1]]
        return (min(part.source for part in parts), max(part.source + part.width for part in parts))

    def bounds(self) -> Interval:
        """The smallest source interval that holds the whole text."""
        return self.locate(0, len(self.value))

    def stretches(self) -> Iterator[tuple[int, int, Interval]]:
        """Start and end of each stretch of the text, in order, and the source interval it owns."""
        for run in self._runs:
            yield run.start, run.start + run.size, (run.source, run.source + run.width)

    def pieces(self) -> tuple[Interval, ...]:
        """The source intervals in text order, adjacent ones merged, made characters left out."""
        found: list[Interval] = []
        for run in self._runs:
            if not run.width:
                continue
            start, end = run.source, run.source + run.width
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], end)
            elif not found or found[-1] != (start, end):
                found.append((start, end))
        return tuple(found)

    def replaced(self, value: str) -> Text:
        """The same alignment under another string of the same length (a script fold).

        Raises ValueError when the lengths differ.
        """
        if len(value) != len(self.value):
            raise ValueError(f"length changed from {len(self.value)} to {len(value)}")
        return Text(value, self._runs)

    def sub(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> Text:
        """Every match replaced; the new characters own what the match owned."""
        parts: list[Text] = []
        done = 0
        for match in pattern.finditer(self.value):
            new = replacement if isinstance(replacement, str) else replacement(match)
            if new == match.group():
                continue
            parts.append(self.cut(done, match.start()))
            parts.append(self.stand_in(match.start(), match.end(), new))
            done = match.end()
        if not parts:
            return self
        parts.append(self.cut(done, len(self.value)))
        return Text.join(parts)

    def stand_in(self, start: int, end: int, value: str) -> Text:
        """``value`` owning what the characters start … end own."""
        low, high = self.locate(start, end)
        return Text.made(value, low, high)

    def strip(self, characters: str = _SPACES) -> Text:
        """Without the given characters (white space of all widths) at both ends."""
        start = len(self.value) - len(self.value.lstrip(characters))
        return self.cut(start, max(start, len(self.value.rstrip(characters))))

    def split(self, pattern: re.Pattern[str]) -> Iterator[Text]:
        """The texts between matches; empty ones included."""
        done = 0
        for match in pattern.finditer(self.value):
            yield self.cut(done, match.start())
            done = match.end()
        yield self.cut(done, len(self.value))

    def _index(self, offset: int) -> int:
        if len(self._runs) == 1:
            return 0
        if self._keys is None:
            self._keys = [run.start for run in self._runs]
        return bisect_right(self._keys, offset) - 1

    def _place(self, offset: int) -> Interval:
        if not self._runs:
            return (0, 0)
        if offset >= len(self.value):
            end = self._runs[-1].source + self._runs[-1].width
            return (end, end)
        run = self._runs[self._index(offset)]
        at = run.source + (offset - run.start if run.linear else 0)
        return (at, at)


def _end_of(runs: list[_Run]) -> int:
    return runs[-1].source + runs[-1].width if runs else 0


def _append(runs: list[_Run], run: _Run) -> None:
    """Append, melting character-by-character neighbours into one run."""
    if runs and run.linear and runs[-1].linear:
        last = runs[-1]
        if last.source + last.width == run.source:
            runs[-1] = _Run(last.start, last.size + run.size, last.source, last.width + run.width)
            return
    runs.append(run)
