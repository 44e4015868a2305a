"""Other hours for a session: near, at the usual hour, and never where nobody could come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aftercare.rules import slots
from aftercare.rules.slots import Wish

BANDUNG = ZoneInfo("Asia/Jakarta")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BANDUNG)


MONDAY = at(23, 8)


def wish(like: datetime, minutes: int = 60, count: int = 3) -> Wish:
    return Wish(like, minutes, "Asia/Jakarta", count)


def test_the_next_days_at_the_usual_hour_come_first() -> None:
    assert slots.free(wish(at(26, 10)), after=MONDAY)[:2] == [at(24, 10), at(25, 10)]


def test_the_old_hour_itself_is_not_offered_again() -> None:
    found = slots.free(wish(at(24, 10), count=10), after=MONDAY)

    assert at(24, 10) not in found


def test_weekends_and_holidays_are_passed_over() -> None:
    friday = at(20, 9)

    found = slots.free(wish(at(27, 9)), after=friday, holidays={date(2026, 11, 23)})

    assert found[0] == at(24, 9)


def test_who_is_busy_is_not_offered() -> None:
    busy = [(at(24, 9, 30), at(24, 10, 30)), (at(25, 10, 59), at(25, 12))]

    found = slots.free(wish(at(26, 10), count=8), after=MONDAY, busy=busy)

    assert at(24, 10) not in found
    assert at(25, 10) not in found


def test_what_ends_just_when_the_next_begins_is_free() -> None:
    busy = [(at(24, 9), at(24, 10)), (at(24, 11), at(24, 12))]

    assert at(24, 10) in slots.free(wish(at(26, 10)), after=MONDAY, busy=busy)


def test_nothing_begins_before_eight_ends_after_four_or_runs_into_friday_prayers() -> None:
    found = slots.free(wish(at(26, 15), minutes=90, count=60), after=MONDAY)

    assert len(found) == 60
    for start in (one.astimezone(BANDUNG) for one in found):
        end = start + timedelta(minutes=90)
        assert start.hour >= 8
        assert end <= start.replace(hour=16, minute=0)
        if start.weekday() == 4:
            assert end <= start.replace(hour=11, minute=30) or start.hour >= 13


def test_an_unusual_hour_is_brought_into_office_hours() -> None:
    found = slots.free(wish(at(26, 19)), after=MONDAY)

    assert len(found) == 3
    assert all(8 <= one.astimezone(BANDUNG).hour < 16 for one in found)


def test_four_full_weeks_leave_nothing_to_offer() -> None:
    assert (
        slots.free(wish(at(26, 10)), after=MONDAY, busy=[(MONDAY, at(30, 8) + timedelta(60))]) == []
    )
