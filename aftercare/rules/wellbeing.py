"""What the five questions of a month add up to, and what the four that may follow say.

The idea is that of the WHO-5 (0-5 each, times four: 0-100; 50 and below is low, 28 and below very
low; domain page on instruments, 3.1) and of the PHQ-4 (0-3 each, 0-12; from 6 on much to carry).
The words are ours and have not been validated: this tells nobody what somebody has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Item = Literal["cheerful", "calm", "active", "rested", "interested"]
Level = Literal["good", "low", "very_low"]
Items = Mapping[str, int]
Reason = tuple[str, Mapping[str, Any]]

ITEMS: Final[tuple[Item, ...]] = ("cheerful", "calm", "active", "rested", "interested")
STRAIN: Final = ("gloomy", "joyless", "nervous", "worried")
TIMES: Final = 4
LOW: Final = 50
VERY_LOW: Final = 28
STRAINED: Final = 6


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """`score` 0-100, higher is better. `because` names the thresholds, never an answer."""

    score: int
    level: Level
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """The question whose answer changed most, and by how many steps up or down."""

    item: Item
    by: int


def score(items: Items) -> int | None:
    """0-100; none while one of the five is missing."""
    if any(one not in items for one in ITEMS):
        return None
    return TIMES * sum(items[one] for one in ITEMS)


def judge(items: Items) -> Wellbeing | None:
    """None while one of the five is missing: a missing answer is not a low one."""
    found = score(items)
    if found is None:
        return None
    if found <= VERY_LOW:
        return Wellbeing(found, "very_low", (("month_low", {"at_most": VERY_LOW}),))
    if found <= LOW:
        return Wellbeing(found, "low", (("month_lowish", {"at_most": LOW}),))
    return Wellbeing(found, "good", (("month_good", {"above": LOW}),))


def strain(items: Items) -> int | None:
    """0-12, higher is heavier; none while one of the four was skipped."""
    if any(one not in items for one in STRAIN):
        return None
    return sum(items[one] for one in STRAIN)


def is_strained(items: Items) -> bool:
    return (strain(items) or 0) >= STRAINED


def strongest(items: Items) -> Item:
    return max(ITEMS, key=lambda one: items.get(one, 0))  # the earliest of equals


def moved(before: Items, now: Items) -> Moved | None:
    """Of two months; a rise goes before a fall of the same size. None where nothing changed."""
    steps = [Moved(one, now[one] - before[one]) for one in ITEMS if one in before and one in now]
    changed = [one for one in steps if one.by]
    return max(changed, key=lambda one: (abs(one.by), one.by)) if changed else None
