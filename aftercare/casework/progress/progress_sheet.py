"""What a picture of the last weeks shows, read from the records and ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Came = Literal["came", "excused", "missed"]
_LITTLE: Final = 2
_TWO: Final = 2
Points = tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn: mood 1-5, urge 0-10, sessions with how they went, from `start` to `end`.

    `months` reach further back than the rest.
    """

    start: date
    end: date
    mood: Points
    urge: Points
    meetings: tuple[tuple[date, Came], ...]
    steps: int
    #: What each answered month added up to, 0-100; drawn from the second one on.
    months: Points = ()

    @property
    def is_little(self) -> bool:
        return len(self.mood) < _LITTLE

    @property
    def has_months(self) -> bool:
        return len(self.months) >= _TWO

    @property
    def came(self) -> int:
        return sum(how == "came" for _, how in self.meetings)
