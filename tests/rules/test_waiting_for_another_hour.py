"""When a wish for another hour has waited too long: a working day, and a day before the session."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.rules import ladder
from aftercare.rules import unanswered_changes as rule

ZONE = "Asia/Jakarta"
WIB = ZoneInfo(ZONE)
HOLIDAY = date(2026, 11, 25)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026 in Bandung; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("asked", "starts_at", "due"),
    [
        (at(23, 8), at(26, 9), at(24, 8)),  # a working day
        (at(23, 22), at(26, 9), at(25, 8)),  # from when the office has opened
        (at(27, 10), at(30, 14), at(27, 15)),  # not on Sunday, but before it
        (at(24, 14), at(26, 9), at(25, 9)),  # a day before the session comes first
        (at(25, 9, 30), at(26, 9), at(25, 10, 30)),  # asked late: an hour
        (at(26, 8), at(26, 9), at(26, 8, 30)),  # asked very late: half of what is left
        (at(28, 10), at(30, 14), at(30, 8)),  # on a Saturday: when the office opens
        (at(28, 10), at(29, 14), at(28, 11)),  # it would open too late
    ],
)
def test_nobody_waits_longer_than_this_for_an_answer(
    asked: datetime, starts_at: datetime, due: datetime
) -> None:
    assert rule.due_at(starts_at, asked, time_zone=ZONE) == due


def test_a_holiday_is_no_working_day() -> None:
    due = rule.due_at(at(30, 9), at(24, 9), time_zone=ZONE, holidays={HOLIDAY})

    assert due == at(26, 9)


def test_whoever_asks_anew_has_not_waited_less() -> None:
    first = rule.due_at(at(27, 9), at(23, 9), time_zone=ZONE)

    again = rule.due_at(at(27, 9), at(23, 15), time_zone=ZONE, at_latest=first)
    late = rule.due_at(at(27, 9), at(24, 8, 50), time_zone=ZONE, at_latest=first)

    assert (first, again, late) == (at(24, 9), at(24, 9), at(24, 9, 50))


@given(st.integers(1, 60 * 24 * 20), st.integers(0, 60 * 24 * 7))
def test_it_is_always_after_the_wish_and_before_the_session(left: int, minute: int) -> None:
    now = at(23, 0) + timedelta(minutes=minute)
    starts_at = now + timedelta(minutes=left)

    due = rule.due_at(starts_at.astimezone(UTC), now.astimezone(UTC), time_zone=ZONE)

    assert now < due < starts_at
    opens = ladder.within_hours(now + rule.GRACE, ZONE)
    assert ladder.is_open(due, ZONE) or opens >= starts_at or left < 120


@pytest.mark.parametrize(("hours", "level"), [(47, "high"), (48, "high"), (49, "medium")])
def test_the_nearer_the_session_the_sooner_others_are_asked(hours: int, level: str) -> None:
    assert rule.level(at(23, 9) + timedelta(hours=hours), at(23, 9)) == level
