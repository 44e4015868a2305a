"""Which day of a client's month belongs to the monthly check-in, and which one asks again.

A month is thirty days from joining. Sunday belongs to the weekly check-in, so the monthly one
moves to the day after; like the weekly one it takes the place of that day's daily one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, Literal

from aftercare.rules import rhythm

EVERY_DAYS: Final = 30
#: Whoever did not answer is asked once more after this many days, and then not until next month.
AGAIN_AFTER: Final = timedelta(days=3)
Turn = Literal["first", "again"]


def turn_on(day: date, joined: date) -> Turn | None:
    """What this day is to the monthly check-in of a client who joined then."""
    first, again = _of_month(_month(day, joined), joined)
    if day == first:
        return "first"
    return "again" if day == again else None


def is_free(day: date, joined: date) -> bool:
    """Whether neither the weekly nor the monthly check-in has this day."""
    return day.weekday() not in rhythm.WEEKLY_ON and turn_on(day, joined) is None


def first_free(day: date, joined: date) -> date:
    """This day, or the first one after it that is free."""
    while not is_free(day, joined):
        day += timedelta(days=1)
    return day


def next_at(after: datetime, hour: str, *, time_zone: str, joined: date) -> datetime:
    """The first moment after `after` at which it is asked, or asked again, in UTC."""
    month = _month(rhythm.local_day(after, time_zone), joined)
    moments = (rhythm.at(day, hour, time_zone) for day in _from_month(month, joined))
    return next(one for one in moments if one > after)


def _month(day: date, joined: date) -> int:
    """Full months since joining; at the least the first one that is asked about."""
    return max(1, (day - joined).days // EVERY_DAYS)


def _from_month(month: int, joined: date) -> Iterator[date]:
    while True:
        yield from _of_month(month, joined)
        month += 1


def _of_month(month: int, joined: date) -> tuple[date, date]:
    first = _not_weekly(joined + timedelta(days=EVERY_DAYS * month))
    return first, _not_weekly(first + AGAIN_AFTER)


def _not_weekly(day: date) -> date:
    return day + timedelta(days=1) if day.weekday() in rhythm.WEEKLY_ON else day
