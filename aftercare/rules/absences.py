"""Folds what was recorded, session by session, into how often in a row somebody was missed.

Only `absent` counts and only presence starts anew (domain page on law and practice, 10.3).
An excuse, early or late, is a person who spoke to us: it neither counts as a missed session nor
as one that was attended, and so stands between two missed ones without hiding them. The same
holds for what the office cancelled. What nobody recorded says something about the office, not
about the client.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

PRESENT: Final = frozenset({"present", "present_online"})
ABSENT: Final = "absent"
NOTICE_AT: Final = 3
Level = Literal["low", "medium", "high"]
Moment = Literal["first", "second", "third"]


@dataclass(frozen=True, slots=True)
class Missed:
    """One missed session: the how-maniest in a row, and what that asks of us."""

    id: int
    in_a_row: int

    @property
    def level(self) -> Level:
        return ("low", "medium", "high")[min(self.in_a_row, 3) - 1]

    @property
    def moment(self) -> Moment:
        """Which words the client hears: the third ones stay for every one after it."""
        return ("first", "second", "third")[min(self.in_a_row, 3) - 1]


def fold(history: Iterable[tuple[int, str | None]]) -> list[Missed]:
    """Every missed session of (id, outcome) pairs, oldest first."""
    found: list[Missed] = []
    in_a_row = 0
    for number, outcome in history:
        if outcome in PRESENT:
            in_a_row = 0
        elif outcome == ABSENT:
            in_a_row += 1
            found.append(Missed(number, in_a_row))
    return found


def streak(outcomes: Sequence[str | None]) -> int:
    """How many were missed in a row until now."""
    missed = fold(enumerate(outcomes))
    last_seen = max((at for at, one in enumerate(outcomes) if one in PRESENT), default=-1)
    return missed[-1].in_a_row if missed and missed[-1].id > last_seen else 0


def came_after(history: Sequence[tuple[int, str | None]], number: int) -> bool:
    """Whether the client was there at a later session than this one."""
    later = False
    for one, outcome in history:
        if later and outcome in PRESENT:
            return True
        later = later or one == number
    return False


def third_in_a_row(history: Sequence[tuple[int, str | None]]) -> int | None:
    """The session that made it three in the row that still lasts; None where there is none."""
    missed = fold(history)
    if streak([outcome for _, outcome in history]) < NOTICE_AT:
        return None
    return next(one.id for one in reversed(missed) if one.in_a_row == NOTICE_AT)
