"""How many of the labelled values were found, and how many of the stored ones are right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Ratio:
    """Two counts, apart because labels of a part of a document say nothing about the rest.

    ``found`` of ``labelled`` is the recall, ``right`` of ``stored`` the precision.
    """

    labelled: int = 0
    found: int = 0
    stored: int = 0
    right: int = 0

    @property
    def recall(self) -> float | None:
        return self.found / self.labelled if self.labelled else None

    @property
    def precision(self) -> float | None:
        return self.right / self.stored if self.stored else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean; None where there is nothing to tell it from.

        >>> Ratio(labelled=4, found=3, stored=3, right=3).f1  # 3 of 4 任务
        0.8571428571428571
        >>> Ratio(labelled=4).f1, Ratio().f1, Ratio(stored=2).f1
        (0.0, None, 0.0)
        """
        if not self.right and (self.labelled or self.stored) and not self.found:
            return 0.0
        if self.precision is None or self.recall is None:
            return None
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def count(self, labelled: bool, stored: bool, same: bool) -> None:
        """One value: whether there is a label for it, a stored value, and whether they agree."""
        self.labelled += labelled
        self.found += labelled and same
        self.stored += stored
        self.right += stored and same

    def add(self, other: Ratio) -> None:
        self.labelled += other.labelled
        self.found += other.found
        self.stored += other.stored
        self.right += other.right

    def told(self) -> dict[str, int | float | None]:
        """The counts with what follows from them, rounded to four places."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        rounded = {name: None if share is None else round(share, 4) for name, share in shares.items()}
        return asdict(self) | rounded


def total(ratios: Iterable[Ratio]) -> Ratio:
    """All of them as one."""
    whole = Ratio()
    for ratio in ratios:
        whole.add(ratio)
    return whole
