"""Which days the monthly check-in has: about every thirty, never a Sunday, once more if ignored."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from aftercare.rules import months

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)


def turns(joined: date, days: int) -> dict[date, str]:
    every = [joined + timedelta(days=at) for at in range(days)]
    return {day: turn for day in every if (turn := months.turn_on(day, joined))}


def test_a_client_is_asked_every_thirty_days_and_once_more_after_three() -> None:
    assert turns(MONDAY, 70) == {
        MONDAY + timedelta(days=30): "first",  # a Wednesday
        MONDAY + timedelta(days=33): "again",
        MONDAY + timedelta(days=60): "first",  # a Friday
        MONDAY + timedelta(days=63): "again",
    }


@pytest.mark.parametrize("weekday", range(7))
def test_no_month_ever_falls_on_a_sunday(weekday: int) -> None:
    found = turns(MONDAY + timedelta(days=weekday), 700)

    assert all(day.weekday() != 6 for day in found)
    assert len(found) == 2 * 23


def test_nothing_is_asked_in_the_first_month() -> None:
    assert turns(MONDAY, 30) == {}


def test_the_next_moment_is_at_the_clients_own_hour() -> None:
    after = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    due = months.next_at(after, "19:00", time_zone="Asia/Jayapura", joined=MONDAY)

    assert due == datetime(2026, 12, 23, 10, 0, tzinfo=UTC)


def test_from_the_moment_itself_the_next_one_is_the_second_asking() -> None:
    first = datetime(2026, 12, 23, 12, 0, tzinfo=UTC)

    again = months.next_at(first, "19:00", time_zone="Asia/Jakarta", joined=MONDAY)
    next_month = months.next_at(again, "19:00", time_zone="Asia/Jakarta", joined=MONDAY)

    assert again == first + timedelta(days=3)
    assert next_month == first + timedelta(days=30)


@pytest.mark.parametrize(
    ("day", "free"),
    [
        (SUNDAY, SUNDAY + timedelta(days=1)),
        (MONDAY, MONDAY),
        (MONDAY + timedelta(days=30), MONDAY + timedelta(days=31)),
        (MONDAY + timedelta(days=33), MONDAY + timedelta(days=35)),  # Saturday, then Sunday
    ],
)
def test_what_may_wait_makes_room_for_check_ins(day: date, free: date) -> None:
    assert months.first_free(day, MONDAY) == free
