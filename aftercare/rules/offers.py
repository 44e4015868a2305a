"""Which exercise is offered after a check-in, and why; one more need or module is one more line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RAISED_URGE: Final = 5
URGENT_URGE: Final = 8
LOW_MOOD: Final = 2
POOR_WEEK: Final = 1
STRONG_WEEKLY_URGE: Final = 3
HARD: Final = 7

#: The modules that help with a need, the one to try first at the front.
HELPS: Final[Mapping[str, tuple[str, ...]]] = {
    "urge": ("NAPAS",),
    "mood": ("NAPAS",),
    "sleep": ("NAPAS",),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """`because` names the needs. `urgent` also points to help that is there at once."""

    module: str
    because: tuple[str, ...]
    urgent: bool = False


def after_day(mood: int | None, urge: int | None) -> Offer | None:
    """Mood 1-5 and urge 0-10 of a daily check-in."""
    needs = [
        *(["urge"] if (urge or 0) >= RAISED_URGE else []),
        *(["mood"] if mood is not None and mood <= LOW_MOOD else []),
    ]
    return _first(needs, urgent=(urge or 0) >= URGENT_URGE)


def after_week(items: Mapping[str, int]) -> Offer | None:
    """The items of a weekly check-in, 0-4."""
    needs = [
        *(["urge"] if items.get("urge", 0) >= STRONG_WEEKLY_URGE else []),
        *(need for need in ("mood", "sleep") if items.get(need, 4) <= POOR_WEEK),
    ]
    return _first(needs, urgent=False)


def _first(needs: list[str], *, urgent: bool) -> Offer | None:
    return Offer(HELPS[needs[0]][0], tuple(needs), urgent) if needs else None


def felt(before: int | None, after: int | None) -> str:
    """How a module went, by its ratings 0-10: unrated, calmer, same or hard.

    Hard (7 or more, or risen) is followed by a person, not by another exercise alone; domain
    page on coping, 4.1.
    """
    if before is None or after is None:
        return "unrated"
    if after >= HARD or after > before:
        return "hard"
    return "calmer" if after < before else "same"
