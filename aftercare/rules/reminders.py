"""When a client hears of a session: four days before, the evening before, two hours before.

After the domain page on law and practice, 10.2: the evening before is the core (a text one day
ahead was worth 29 percent of the missed appointments in the Arkansas trial, one two days ahead
nothing), quiet hours bind, and what is late is good until the session begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from aftercare.rules import quiet

H4: Final = "session.remind_h4"
H1: Final = "session.remind_h1"
H0: Final = "session.remind_h0"
KINDS: Final = (H4, H1, H0)

PLAN_HOUR: Final = time(17, 0)
EVENING: Final = time(18, 0)
SAME_DAY: Final = timedelta(hours=2)
#: A reminder that would come sooner than this after the booking, or before the start, says nothing.
MARGIN: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Point:
    """One reminder; both moments in UTC. Past `expires_at` it is dropped."""

    kind: str
    due_at: datetime
    expires_at: datetime


def points(starts_at: datetime, *, now: datetime, time_zone: str) -> tuple[Point, ...]:
    """The reminders still ahead at `now`, on the client's own clock."""
    evening = _wall(starts_at, days=-1, at=EVENING, time_zone=time_zone)
    found = [
        Point(H4, _wall(starts_at, days=-4, at=PLAN_HOUR, time_zone=time_zone), evening),
        Point(H1, evening, starts_at),
    ]
    if (same_day := _same_day(starts_at, time_zone)) is not None:
        found.append(Point(H0, same_day, starts_at))
    return tuple(one for one in found if one.due_at >= now + MARGIN)


def _same_day(starts_at: datetime, time_zone: str) -> datetime | None:
    """Two hours before, or when the quiet that lies there is over; None where that is too late."""
    due = starts_at - SAME_DAY
    due = quiet.ends_at(due, time_zone) or due
    return due.astimezone(UTC) if due <= starts_at - MARGIN else None


def _wall(moment: datetime, *, days: int, at: time, time_zone: str) -> datetime:
    """This hour of a day that lies `days` from the moment's own, as the client's wall shows it."""
    zone = ZoneInfo(time_zone)
    day = moment.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, at, zone).astimezone(UTC)
