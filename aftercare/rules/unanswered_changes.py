"""When a client's wish for another hour has waited too long for an answer.

A working day is what the office promises itself for anything that waits for nobody's life; a day
before the session the client has to know whether to set out (domain page on law and practice,
10.2: the reminder of the evening before is the one that counts).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from aftercare.rules import ladder, officer_messages

WORKING_DAYS: Final = 1
BEFORE: Final = timedelta(days=1)
#: Whoever was asked only now has this long, or half of what is left before the session.
GRACE: Final = timedelta(hours=1)
#: The session is this near: the cover is asked after hours and not after days.
NEAR: Final = timedelta(days=2)
_LAST_HOUR: Final = time(ladder.CLOSES.hour - 1)


def due_at(
    starts_at: datetime, now: datetime, *, time_zone: str, holidays: Collection[date] = (),
    at_latest: datetime | None = None,
) -> datetime:  # fmt: skip
    """A working day from now, or in office hours at least a day before the session.

    `at_latest` is when an earlier wish of the client would have been; `time_zone` is the office's.
    """
    opens = ladder.within_hours(now, time_zone, holidays)
    next_day = officer_messages.missed_at(
        opens, WORKING_DAYS, time_zone=time_zone, holidays=holidays
    )
    at = min(next_day, _open_before(starts_at - BEFORE, time_zone, holidays))
    at = max(min(at, at_latest or at), now + min(GRACE, (starts_at - now) / 2))
    in_hours = ladder.within_hours(at, time_zone, holidays)
    return in_hours if in_hours < starts_at else at


def _open_before(at: datetime, time_zone: str, holidays: Collection[date]) -> datetime:
    """`at` itself where the office is open then, else the last hour of the day before it."""
    local = at.astimezone(ZoneInfo(time_zone))
    while not ladder.is_open(local, time_zone, holidays):
        day = local.date() if local.time() >= ladder.CLOSES else local.date() - timedelta(days=1)
        local = datetime.combine(day, _LAST_HOUR, local.tzinfo)
    return local.astimezone(at.tzinfo)


def level(starts_at: datetime, now: datetime) -> Literal["medium", "high"]:
    return "high" if starts_at - now <= NEAR else "medium"
