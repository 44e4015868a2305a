"""When a client is asked: at the hour he or she chose, daily or three times a week.

The fatigue rule follows the domain page on instruments, 3.2: fewer questions after fourteen
stable days or two ignored ones, every day again when the urge rises or the client wishes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

Rhythm = Literal["daily", "three_a_week"]
Kind = Literal["daily", "weekly", "monthly"]

#: Sunday belongs to the weekly check-in, which takes the place of that day's daily one.
WEEKLY_ON: Final = frozenset({6})
DAILY_ON: Final[dict[Rhythm, frozenset[int]]] = {
    "daily": frozenset(range(6)),
    "three_a_week": frozenset({0, 2, 4}),
}
STABLE_DAYS: Final = 14
IGNORED_DAYS: Final = 2
RISING_URGE: Final = 6
_STABLE_URGE: Final = 3
_STABLE_MOOD: Final = 3
_STILL_USEFUL: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Day:
    """One daily check-in that was asked; no mood and no urge means that no answer came."""

    on: date
    mood: int | None = None
    urge: int | None = None

    @property
    def answered(self) -> bool:
        return self.mood is not None or self.urge is not None

    @property
    def stable(self) -> bool:
        return (self.mood or 0) >= _STABLE_MOOD and self.urge is not None and (
            self.urge <= _STABLE_URGE
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """Another rhythm from now on, and why."""

    to: Rhythm
    because: Literal["stable", "ignored", "rising", "wished"]


def after_answer(rhythm: Rhythm, days: Sequence[Day]) -> Change | None:
    """`days` are those asked since the rhythm last changed, oldest first, today's last."""
    if rhythm == "three_a_week":
        rises = bool(days) and (days[-1].urge or 0) >= RISING_URGE
        return Change("daily", "rising") if rises else None
    last = days[-STABLE_DAYS:]
    is_stable = len(last) == STABLE_DAYS and all(day.stable for day in last)
    return Change("three_a_week", "stable") if is_stable else None


def after_silence(rhythm: Rhythm, ignored: int) -> Change | None:
    """`ignored` counts the questions in a row that got no answer."""
    if rhythm == "daily" and ignored >= IGNORED_DAYS:
        return Change("three_a_week", "ignored")
    return None


@lru_cache(maxsize=4096)  # thousands of clients are looked at in the same moment
def local_day(now: datetime, time_zone: str) -> date:
    return now.astimezone(ZoneInfo(time_zone)).date()


def still_useful(due: datetime, now: datetime, time_zone: str) -> bool:
    """A question that is late by hours, or belongs to yesterday, is not asked any more."""
    same_day = local_day(due, time_zone) == local_day(now, time_zone)
    return same_day and now - due < _STILL_USEFUL


def kind_of(day: date) -> Literal["daily", "weekly"]:
    """By the day of the week alone; see `months` for the days of the monthly one."""
    return "weekly" if day.weekday() in WEEKLY_ON else "daily"


def next_daily(after: datetime, hour: str, *, time_zone: str, rhythm: Rhythm) -> datetime:
    """The first moment after `after` at which the daily check-in is due, in UTC."""
    return _next(after, hour, time_zone, DAILY_ON[rhythm])


def next_weekly(after: datetime, hour: str, *, time_zone: str) -> datetime:
    return _next(after, hour, time_zone, WEEKLY_ON)


def next_on(after: datetime, weekday: int, hour: str, *, time_zone: str) -> datetime:
    """The first moment after `after` on this day of the week (Monday is 0), in UTC."""
    return _next(after, hour, time_zone, frozenset({weekday}))


def next_day(after: datetime, hour: str, *, time_zone: str) -> datetime:
    """Tomorrow at this hour, by the client's own calendar and clock."""
    return at(local_day(after, time_zone) + timedelta(days=1), hour, time_zone)


def _next(after: datetime, hour: str, time_zone: str, weekdays: frozenset[int]) -> datetime:
    today = _today(after.replace(minute=0, second=0, microsecond=0), time_zone)
    due = _first_from(today, hour, time_zone, weekdays)
    return due if due > after else _first_from(today + timedelta(days=1), hour, time_zone, weekdays)


# Thousands of clients share a few hours and zones: each is worked out once a day.
@lru_cache(maxsize=1024)
def _today(hour: datetime, time_zone: str) -> date:
    return local_day(hour, time_zone)


@lru_cache(maxsize=4096)
def _first_from(day: date, hour: str, time_zone: str, weekdays: frozenset[int]) -> datetime:
    while day.weekday() not in weekdays:
        day += timedelta(days=1)
    return at(day, hour, time_zone)


def at(day: date, hour: str, time_zone: str) -> datetime:
    """This hour of a day by the client's clock, in UTC."""
    wall = datetime.combine(day, time.fromisoformat(hour), ZoneInfo(time_zone))
    return wall.astimezone(UTC)
