"""Which of many possible numbers are the document's own: chosen by their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.numbering import Marker, Style


@dataclass(slots=True)
class _Stack:
    """The numbering levels open at a place and the last number of each form so far."""

    levels: list[Marker] = field(default_factory=list)
    last: dict[Style, int] = field(default_factory=dict)

    def fits(self, marker: Marker, second: bool) -> bool:
        """Whether the marker continues an open level, runs on across sections, or opens a level."""
        for level in self.levels:
            if level.style == marker.style:
                return marker.number == level.number + 1 or (marker.number == 1 and second)
        runs_on = self.last.get(marker.style, 0) + 1 == marker.number
        return (marker.number == 1 and second) or (runs_on and marker.number > 1)

    def take(self, marker: Marker) -> None:
        styles = [level.style for level in self.levels]
        if marker.style in styles:
            del self.levels[styles.index(marker.style) :]
        self.levels.append(marker)
        self.last[marker.style] = marker.number


def nested(markers: Sequence[Marker]) -> list[Marker]:
    """The markers that form nested runs 1, 2, 3 …; the others are numbers in the text.

    A level opens with 1 when a 2 of the same form follows somewhere, or with the number
    after the last one of its form (numbers that run on across sections).
    """
    stack = _Stack()
    later: dict[tuple[Style, int], int] = {}
    for index, marker in enumerate(markers):
        later[marker.style, marker.number] = index
    chosen: list[Marker] = []
    for index, marker in enumerate(markers):
        if stack.fits(marker, later.get((marker.style, 2), -1) > index):
            stack.take(marker)
            chosen.append(marker)
    return chosen


def run(markers: Sequence[Marker]) -> list[Marker]:
    """The longest run 1, 2, 3 … of one form from left to right; [] when there is no 2."""
    chosen: list[Marker] = []
    for marker in markers:
        if marker.number == len(chosen) + 1:
            chosen.append(marker)
        elif marker.number == 1 and len(chosen) < 2:
            chosen = [marker]
    return chosen if len(chosen) > 1 else []
