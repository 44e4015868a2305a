"""When relatives hear of a family session again: the evening before it, and some hours after it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from aftercare.rules import quiet

#: Earlier than the client's own reminder, so that nobody at home is told twice in one minute.
EVENING: Final = time(17, 0)
FEEDBACK_AFTER: Final = timedelta(hours=3)


def eve(starts_at: datetime, time_zone: str) -> datetime:
    zone = ZoneInfo(time_zone)
    day = starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(day, EVENING, zone).astimezone(UTC)


def after(ends_at: datetime, time_zone: str) -> datetime:
    """Once everybody is at home, never at night."""
    due = ends_at + FEEDBACK_AFTER
    return quiet.ends_at(due, time_zone) or due
