"""When we do not start a conversation: at night, and while Friday prayers are held.

Binds what we start (reminders, prompts, check-ins), never replies and never danger.
Hours after the domain page on law and practice, 10.2.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

NIGHT_FROM: Final = time(21, 0)
NIGHT_TO: Final = time(6, 0)
PRAYER_FROM: Final = time(11, 30)
PRAYER_TO: Final = time(13, 0)
#: So long before it begins, people set out.
ON_THE_WAY: Final = timedelta(hours=1)
_FRIDAY: Final = 4


def ends_at(now: datetime, time_zone: str) -> datetime | None:
    """When the quiet that `now` lies in is over; None where we may speak."""
    local = now.astimezone(ZoneInfo(time_zone))
    if local.time() >= NIGHT_FROM:
        return _at(local + timedelta(days=1), NIGHT_TO)
    if local.time() < NIGHT_TO:
        return _at(local, NIGHT_TO)
    if local.weekday() == _FRIDAY and PRAYER_FROM <= local.time() < PRAYER_TO:
        return _at(local, PRAYER_TO)
    return None


def news_waits_until(now: datetime, time_zone: str, begins_at: datetime) -> datetime | None:
    """The same for news of something that begins then; None where waiting would be too late.

    Better a message at night than a way for nothing.
    """
    until = ends_at(now, time_zone)
    return until if until and until + ON_THE_WAY <= begins_at else None


def _at(day: datetime, hour: time) -> datetime:
    return datetime.combine(day.date(), hour, day.tzinfo)
