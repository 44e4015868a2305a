"""What can wait does not make a day crowded: two messages that we start are enough for one day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

#: From so many on, what can wait comes tomorrow. Check-ins, reminders and praise count, and are
#: never put off: they belong to their day.
ENOUGH: Final = 2
_CAN_WAIT: Final = ("prompt.client.", "plan.client.offer")
_TOMORROW: Final = timedelta(days=1)


def can_wait(key: str, expires_at: datetime | None, now: datetime) -> bool:
    """Whether it is as good tomorrow at this hour."""
    lasts = expires_at is None or expires_at > now + _TOMORROW
    return lasts and key.startswith(_CAN_WAIT)


def today(now: datetime, time_zone: str) -> datetime:
    """The midnight with which the person's day began."""
    day = now.astimezone(ZoneInfo(time_zone)).date()
    return datetime.combine(day, time(), ZoneInfo(time_zone))


def tomorrow(now: datetime, started_today: int) -> datetime | None:
    """When to come instead; None where there is room today."""
    return now + _TOMORROW if started_today >= ENOUGH else None
