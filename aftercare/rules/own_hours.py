"""The same hour on another clock: what was set for a client's own time follows that time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a client lives, and the hour that he or she chose to be asked at ("19:00")."""

    time_zone: str
    hour: str


def moved(due: datetime, before: Clock, after: Clock, *, follows_the_hour: bool) -> datetime:
    """The same day and time on the other wall, in UTC; by as much later or earlier as the hour."""
    wall = due.astimezone(ZoneInfo(before.time_zone)).replace(tzinfo=None)
    if follows_the_hour:
        wall += _since_midnight(after.hour) - _since_midnight(before.hour)
    return wall.replace(tzinfo=ZoneInfo(after.time_zone)).astimezone(UTC)


def first_ahead(due: datetime, now: datetime) -> datetime:
    """This hour, today or on a later day."""
    while due <= now:
        due += timedelta(days=1)
    return due


def _since_midnight(hour: str) -> timedelta:
    at = time.fromisoformat(hour)
    return timedelta(hours=at.hour, minutes=at.minute)
