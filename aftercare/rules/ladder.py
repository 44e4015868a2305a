"""Who is told of an alert, and when the next one is: officer, covering officer, head.

Danger goes on at 0, 5 and 15 minutes (domain page on safety, 6.3); where a life is at risk now,
officer and cover are told in the same moment and the head after 5. Everything else waits
for working hours: an alert that grows at midnight helps nobody. A wait begins when the step
before it was told, and never before the office has opened: whoever is told on a Friday evening
has the same time on Monday as somebody told on Monday morning.
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
#: Kinds of alert where minutes decide: the cover is told together with the officer.
AT_ONCE: Final = frozenset({"crisis_t3", "crisis_overdose"})
OPENS: Final = time(8, 0)
CLOSES: Final = time(16, 0)
#: Danger to life that nobody has taken although everybody on the ladder was told: the colleagues
#: are asked, then everybody again, this often and for this long.
AGAIN: Final = timedelta(minutes=15)
KEEPS_ASKING: Final = timedelta(hours=2)
#: Nobody at all could be told: how soon to look again.
RETRY: Final[Mapping[str, timedelta]] = {"crisis": timedelta(minutes=5)}
USUAL_RETRY: Final = timedelta(hours=1)
_SATURDAY: Final = 5


def next_step_at(
    level: str, step: int, told_at: datetime, *, time_zone: str, waits: Mapping[str, Any],
    holidays: Collection[date] = (),
) -> datetime | None:  # fmt: skip
    """When somebody is asked next, in UTC; None where the head has already been told.

    Danger goes on after the head: the colleagues, then everybody again.

    `told_at` is when step `step` was told. `waits` are the office's own minutes by level,
    counted from the opening of the alert as in WAITS, and win over ours.
    """
    if step >= LAST_STEP:
        return told_at + AGAIN if level == "crisis" else None
    minutes = waits.get(level) or WAITS[level]
    gap = timedelta(minutes=minutes[step] - (minutes[step - 1] if step else 0))
    if level == "crisis":
        return told_at + gap
    return within_hours(within_hours(told_at, time_zone, holidays) + gap, time_zone, holidays)


def retry_at(
    level: str, now: datetime, *, time_zone: str, holidays: Collection[date] = ()
) -> datetime:
    """When to look again for somebody to tell, where nobody could be."""
    at = now + RETRY.get(level, USUAL_RETRY)
    return at if level == "crisis" else within_hours(at, time_zone, holidays)


def within_hours(at: datetime, time_zone: str, holidays: Collection[date] = ()) -> datetime:
    """`at` itself where the office is open then, else the moment it opens next."""
    local = at.astimezone(ZoneInfo(time_zone))
    if local.time() >= CLOSES:
        local = _opening(local + timedelta(days=1))
    while not is_working_day(local.date(), holidays):
        local = _opening(local + timedelta(days=1))
    return max(local, _opening(local)).astimezone(at.tzinfo)


def is_open(at: datetime, time_zone: str, holidays: Collection[date] = ()) -> bool:
    return within_hours(at, time_zone, holidays) == at


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays


def working_days_between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """How many working days have begun after `start`, up to and with `end`."""
    days = (start + timedelta(days=one) for one in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def _opening(day: datetime) -> datetime:
    return datetime.combine(day.date(), OPENS, day.tzinfo)
