"""Who is told of an alert, and when the next one is: officer, covering officer, head.

Danger to life goes on at 0, 5 and 15 minutes (domain page on safety, 6.3). Everything else waits
for working hours: an alert that grows at midnight helps nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

#: Minutes after the alert was opened at which the cover, then the head, is told.
WAITS: Final[Mapping[str, tuple[int, int]]] = {
    "crisis": (5, 15),
    "high": (4 * 60, 24 * 60),
    "medium": (24 * 60, 48 * 60),
    "low": (48 * 60, 96 * 60),
}
LAST_STEP: Final = 2
OPENS: Final = time(8, 0)
CLOSES: Final = time(16, 0)
_SATURDAY: Final = 5


def next_step_at(
    level: str, step: int, opened_at: datetime, *, time_zone: str, waits: Mapping[str, Any],
    holidays: Collection[date] = (),
) -> datetime | None:  # fmt: skip
    """When step `step + 1` is due, in UTC; None where the head has already been told.

    `waits` are the office's own minutes by level and win over ours.
    """
    if step >= LAST_STEP:
        return None
    minutes = (waits.get(level) or WAITS[level])[step]
    at = opened_at + timedelta(minutes=minutes)
    return at if level == "crisis" else within_hours(at, time_zone, holidays)


def within_hours(at: datetime, time_zone: str, holidays: Collection[date] = ()) -> datetime:
    """`at` itself where the office is open then, else the moment it opens next."""
    local = at.astimezone(ZoneInfo(time_zone))
    if local.time() >= CLOSES:
        local = _opening(local + timedelta(days=1))
    while local.weekday() >= _SATURDAY or local.date() in holidays:
        local = _opening(local + timedelta(days=1))
    return max(local, _opening(local)).astimezone(at.tzinfo)


def is_open(at: datetime, time_zone: str, holidays: Collection[date] = ()) -> bool:
    return within_hours(at, time_zone, holidays) == at


def _opening(day: datetime) -> datetime:
    return datetime.combine(day.date(), OPENS, day.tzinfo)
