"""What is kind and true to say after a check-in: steps only ever grow, a gap is never counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from aftercare.rules.rhythm import Day

Moment = Literal["heavy", "first", "back", "urge_down", "mood_up", "in_a_row", "steady"]
HEAVY_URGE: Final = 5
HEAVY_MOOD: Final = 2
_GAP_DAYS: Final = 4
_ROW: Final = 3
_NOTICEABLE: Final = 2


@dataclass(frozen=True, slots=True)
class Praise:
    """One thing to say. `steps` are all days with an answer so far ("hari melangkah")."""

    moment: Moment
    steps: int
    in_a_row: int = 0
    before: int = 0
    now: int = 0


def is_heavy(day: Day) -> bool:
    return (day.urge or 0) >= HEAVY_URGE or (day.mood is not None and day.mood <= HEAVY_MOOD)


def in_a_row(days: Sequence[Day]) -> int:
    """How many of the newest questions in a row were answered."""
    for count, day in enumerate(reversed(days)):
        if not day.answered:
            return count
    return len(days)


def praise(days: Sequence[Day], steps: int) -> Praise:
    """`days` were asked lately, oldest first, with today's answer as the last of them."""
    today = days[-1]
    answered = [day for day in days[:-1] if day.answered]
    last = answered[-1] if answered else None
    row = in_a_row(days)
    if is_heavy(today):
        return Praise("heavy", steps, row)
    if steps <= 1:
        return Praise("first", steps, row)
    if last is None or (today.on - last.on).days >= _GAP_DAYS:
        return Praise("back", steps, row)
    return _change(last, today, steps, row)


def _change(last: Day, today: Day, steps: int, row: int) -> Praise:
    if last.urge is not None and today.urge is not None and last.urge - today.urge >= _NOTICEABLE:
        return Praise("urge_down", steps, row, last.urge, today.urge)
    if last.mood is not None and today.mood is not None and today.mood > last.mood:
        return Praise("mood_up", steps, row, last.mood, today.mood)
    return Praise("in_a_row" if row >= _ROW else "steady", steps, row)
