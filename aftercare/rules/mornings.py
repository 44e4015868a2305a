"""When the morning digest comes, and whether it has anything to say on a day off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from aftercare.rules import ladder

AT: Final = time(7, 30)
#: A digest that comes later than this is yesterday's news.
GOOD_FOR: Final = timedelta(hours=5)
STALE_AFTER: Final = 3


def next_at(now: datetime, time_zone: str) -> datetime:
    """The next half past seven on the office's clock, in UTC."""
    local = now.astimezone(ZoneInfo(time_zone))
    today = datetime.combine(local.date(), AT, local.tzinfo)
    day = today if today > local else datetime.combine(_after(local.date()), AT, local.tzinfo)
    return day.astimezone(UTC)


def _after(day: date) -> date:
    return day + timedelta(days=1)


def day_of(now: datetime, time_zone: str) -> tuple[datetime, datetime]:
    """The office's own day around `now`, [start, end)."""
    local = now.astimezone(ZoneInfo(time_zone))
    start = datetime.combine(local.date(), time(), local.tzinfo)
    return start, datetime.combine(_after(local.date()), time(), local.tzinfo)


def is_stale(
    touched_at: datetime, now: datetime, *, time_zone: str, holidays: Collection[date] = ()
) -> bool:
    """Taken, and nothing done about it for three working days."""
    zone = ZoneInfo(time_zone)
    start, end = touched_at.astimezone(zone).date(), now.astimezone(zone).date()
    return ladder.working_days_between(start, end, holidays) >= STALE_AFTER
