"""Other hours for a session: office hours, no holidays, nobody there twice, no Friday prayers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from aftercare.rules import ladder, quiet

HORIZON: Final = 28
"""Days that are looked through; who is busy for four weeks is asked."""
_WEEK: Final = timedelta(days=7)
_STEP: Final = timedelta(minutes=30)
_NOON: Final = time(12, 0)
_SATURDAY: Final = 5

Busy = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the new hour should be like. `like` is the moment of the old one."""

    like: datetime
    minutes: int
    time_zone: str
    count: int = 3


def free(
    wish: Wish, *, after: datetime, busy: Sequence[Busy] = (), holidays: Collection[date] = ()
) -> list[datetime]:
    """At most `count` free starts, in UTC, the soonest first: near days, and the usual hour."""
    found: list[datetime] = []
    for start in _in_order(wish, after, holidays):
        if len(found) == wish.count:
            break
        if start not in found and _is_free(start, wish, busy, holidays):
            found.append(start)
    return sorted(one.astimezone(UTC) for one in found)


def _in_order(wish: Wish, after: datetime, holidays: Collection[date]) -> Iterator[datetime]:
    """The next days at the usual hour, another half of a day, the usual weekday, then all else."""
    zone = ZoneInfo(wish.time_zone)
    like, today = wish.like.astimezone(zone), after.astimezone(zone).date()
    ahead = (today + timedelta(days=one) for one in range(1, HORIZON + 1))
    days = [day for day in ahead if day.weekday() < _SATURDAY and day not in holidays]
    usual = [datetime.combine(day, like.time(), zone) for day in days]
    yield from usual[:3]
    yield from (datetime.combine(day, _other_half(like.time()), zone) for day in days[1:4])
    yield from (one for one in usual if one.weekday() == like.weekday())
    yield from usual
    for day in days:
        opens = datetime.combine(day, ladder.OPENS, zone)
        yield from (opens + one * _STEP for one in range(16))


def _other_half(usual: time) -> time:
    return time(13, 30) if usual < _NOON else time(9, 0)


def _is_free(start: datetime, wish: Wish, busy: Sequence[Busy], holidays: Collection[date]) -> bool:
    end = start + timedelta(minutes=wish.minutes)
    if start == wish.like or not _in_office_hours(start, end, wish.time_zone, holidays):
        return False
    return not any(start < busy_end and busy_start < end for busy_start, busy_end in busy)


def _in_office_hours(
    start: datetime, end: datetime, time_zone: str, holidays: Collection[date]
) -> bool:
    moments = [start + one * _STEP for one in range((end - start) // _STEP + 1)]
    if any(quiet.ends_at(one, time_zone) for one in moments if one < end):
        return False
    same_day = end.date() == start.date() and end.time() <= ladder.CLOSES
    return same_day and ladder.is_open(start, time_zone, holidays)
