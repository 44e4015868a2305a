"""When a client is reminded of the plan for hard hours: in week two, then about once a month.

Catalogue of exercises, domain page on coping, 4.2: RENCANA in week two, reviewed monthly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

WEEK_TWO: Final = timedelta(days=8)
MONTH: Final = timedelta(days=30)
#: "Next week": also the least that lies between two such messages.
WEEK: Final = timedelta(days=7)
#: The hour of the day moves with days that are taken; a month need not be full to the minute.
_ABOUT: Final = timedelta(days=1)
Move = Literal["offer", "review", "nothing"]


@dataclass(frozen=True, slots=True)
class Past:
    """When the plan was last made and last looked at, and whether it was offered before."""

    made: datetime | None = None
    reviewed: datetime | None = None
    offered: bool = False

    @property
    def looked_at(self) -> datetime | None:
        return max((one for one in (self.made, self.reviewed) if one), default=None)


@dataclass(frozen=True, slots=True)
class Step:
    """What to do now, and when to look again."""

    do: Move
    look_in: timedelta = MONTH


def next_step(past: Past, now: datetime) -> Step:
    """A plan that was never made is offered once; one that was made is reviewed each month."""
    if past.made is None:
        return Step("nothing" if past.offered else "offer")
    age = now - (past.looked_at or past.made)
    if age < MONTH - _ABOUT:
        return Step("nothing", max(MONTH - age, WEEK))
    return Step("review")
