"""Which answers a human hears of, by rules that can be read and that give their reasons.

F1 to F5 and F8 of the domain page on instruments, 3.3. What a flag says stays within the sharing
level that the client chose; silence (F4) and a wish for a call (F8) are no answers, so they
pass at every level. Only counts and thresholds are given as reasons, never the answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any, Final, Literal

from aftercare.rules import wellbeing
from aftercare.rules.rhythm import Day

Level = Literal["low", "medium"]
Reason = tuple[str, Mapping[str, Any]]

SHARES_RISK: Final = 2
HIGH_URGE: Final = 8
RAISED_URGE: Final = 6
RAISED_DAYS: Final = 3
LOW_MOOD: Final = 2
LOW_MOOD_DAYS: Final = 5
LOW_CONFIDENCE: Final = 1
RISK_RISE: Final = 4
STRENGTH_FALL: Final = 3
QUIET_DAYS: Final = 7
LONG_QUIET_DAYS: Final = 14
_ASKED_AT_LEAST: Final = 3
_WEEK: Final = timedelta(days=7)
_BEST: Final = 4  # the highest answer of a weekly item


@dataclass(frozen=True, slots=True)
class Flag:
    """`episode` tells one bout from the next: the same kind in the same episode is raised once."""

    kind: str
    level: Level
    episode: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The eight weekly items, 0-4 as the client gave them; unanswered ones are absent."""

    on: date
    items: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Silence:
    """Days since the last answer (or since joining), and how often we asked in that time."""

    since: date
    asked: int


def of_days(days: Sequence[Day], sharing_level: int) -> tuple[Flag, ...]:
    """F1 and F5 from the daily answers, oldest first; the last one is the newest."""
    if sharing_level < SHARES_RISK or not days:
        return ()
    week = [day for day in days if day.on > days[-1].on - _WEEK]
    return tuple(flag for flag in (_urge(week), _mood(week)) if flag)


def _urge(week: Sequence[Day]) -> Flag | None:
    today = week[-1]
    raised = sum((day.urge or 0) >= RAISED_URGE for day in week)
    if (today.urge or 0) >= HIGH_URGE:
        reason: Reason = ("urge_today", {"from": HIGH_URGE})
        return Flag("urge_high", "medium", today.on.isoformat(), (reason,))
    if (today.urge or 0) >= RAISED_URGE and raised >= RAISED_DAYS:
        reason = ("urge_days", {"days": raised, "from": RAISED_URGE})
        return Flag("urge_high", "medium", _iso_week(today.on), (reason,))
    return None


def _mood(week: Sequence[Day]) -> Flag | None:
    low = [day.on for day in week if day.mood is not None and day.mood <= LOW_MOOD]
    if len(low) < LOW_MOOD_DAYS or low[-1] != week[-1].on:
        return None
    return Flag("mood_low", "medium", _iso_week(week[-1].on), (("mood_days", {"days": len(low)}),))


def of_weeks(weeks: Sequence[Week], sharing_level: int) -> tuple[Flag, ...]:
    """F2 and F3 from the weekly answers, oldest first; the last one is the newest."""
    if sharing_level < SHARES_RISK or not weeks:
        return ()
    return tuple(flag for flag in (_confidence(weeks[-1]), _trend(weeks)) if flag)


def _confidence(week: Week) -> Flag | None:
    confidence = week.items.get("confidence")
    if confidence is None or confidence > LOW_CONFIDENCE:
        return None
    return Flag("confidence_low", "medium", _iso_week(week.on), (("confidence", {}),))


def _trend(weeks: Sequence[Week]) -> Flag | None:
    """This week against the median of the client's own last four weeks."""
    *_, newest = weeks
    before = [week for week in weeks[:-1] if week.on >= newest.on - 4 * _WEEK]
    reasons: list[Reason] = []
    if (rise := _against(before, newest, risk)) is not None and rise >= RISK_RISE:
        reasons.append(("risk_rose", {"by": _plain(rise)}))
    if (change := _against(before, newest, strength)) is not None and -change >= STRENGTH_FALL:
        reasons.append(("strength_fell", {"by": _plain(-change)}))
    return Flag("trend", "medium", _iso_week(newest.on), tuple(reasons)) if reasons else None


def _against(before: Sequence[Week], newest: Week, measure: Any) -> float | None:
    known = [found for week in before if (found := measure(week)) is not None]
    now = measure(newest)
    return None if now is None or not known else now - median(known)


def risk(week: Week) -> int | None:
    """0-20, higher is heavier: sleep, mood, urge, risky places, family. None if one is missing."""
    items = week.items
    if not {"sleep", "mood", "urge", "places", "family"} <= items.keys():
        return None
    good = items["sleep"] + items["mood"] + items["family"]
    return 3 * _BEST - good + items["urge"] + items["places"]


def strength(week: Week) -> int | None:
    """0-12, higher is stronger: confidence, activity, support. None if one is missing."""
    items = week.items
    if not {"confidence", "activity", "support"} <= items.keys():
        return None
    return items["confidence"] + items["activity"] + items["support"]


def of_month(on: date, items: Mapping[str, int], sharing_level: int) -> tuple[Flag, ...]:
    """F5 from the monthly answers: very low, or much to carry by the four that may follow."""
    found = wellbeing.judge(items)
    if sharing_level < SHARES_RISK or found is None:
        return ()
    reasons: list[Reason] = list(found.because) if found.level == "very_low" else []
    if wellbeing.is_strained(items):
        reasons.append(("month_strain", {}))
    episode = f"{on.isoformat()}:month"
    return (Flag("mood_low", "medium", episode, tuple(reasons)),) if reasons else ()


def of_silence(silence: Silence, today: date) -> Flag | None:
    """F4: nothing heard although we asked. Low after a week, medium after two."""
    days = (today - silence.since).days
    if silence.asked < _ASKED_AT_LEAST or days < QUIET_DAYS:
        return None
    level: Level = "medium" if days >= LONG_QUIET_DAYS else "low"
    episode = f"{silence.since.isoformat()}:{level}"
    return Flag("silent", level, episode, (("silent_days", {"days": days}),))


def _iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}W{week:02}"


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number
