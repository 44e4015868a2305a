"""When people are asked: by their own calendar and clock, more rarely when it tires them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from aftercare.rules import rhythm
from aftercare.rules.rhythm import Change, Day

MONDAY = date(2026, 11, 23)
JAKARTA, MAKASSAR, JAYAPURA = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days(count: int, *, mood: int | None = 4, urge: int | None = 1) -> list[Day]:
    return [Day(MONDAY + timedelta(days=one), mood, urge) for one in range(count)]


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        # The same wall hour is another moment in each of the three zones.
        (JAKARTA, "2026-11-23 01:00", "2026-11-23 12:00"),
        (MAKASSAR, "2026-11-23 01:00", "2026-11-23 11:00"),
        (JAYAPURA, "2026-11-23 01:00", "2026-11-23 10:00"),
        # Half an hour ago in Jayapura is still to come in Jakarta.
        (JAYAPURA, "2026-11-23 10:30", "2026-11-24 10:00"),
        (JAKARTA, "2026-11-23 10:30", "2026-11-23 12:00"),
        # Monday evening in UTC is Tuesday morning in Jayapura.
        (JAYAPURA, "2026-11-23 18:00", "2026-11-24 10:00"),
        # The moment itself has passed: the next one is tomorrow.
        (JAKARTA, "2026-11-23 12:00", "2026-11-24 12:00"),
        # Saturday evening leads to Monday, since Sunday is the week's.
        (JAKARTA, "2026-11-28 13:00", "2026-11-30 12:00"),
        # Over the end of a month, of a year, and of a leap February.
        (JAKARTA, "2026-11-30 13:00", "2026-12-01 12:00"),
        (JAKARTA, "2026-12-31 13:00", "2027-01-01 12:00"),
        (JAKARTA, "2028-02-28 13:00", "2028-02-29 12:00"),
    ],
)
def test_the_daily_hour_is_the_clients_own(zone: str, now: str, due: str) -> None:
    assert rhythm.next_daily(at(now), "19:00", time_zone=zone, rhythm="daily") == at(due)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-23 01:00", "2026-11-23 12:00"),  # Monday morning: this evening
        ("2026-11-23 13:00", "2026-11-25 12:00"),  # then Wednesday
        ("2026-11-25 13:00", "2026-11-27 12:00"),  # then Friday
        ("2026-11-27 13:00", "2026-11-30 12:00"),  # then Monday again
    ],
)
def test_three_times_a_week_is_monday_wednesday_and_friday(now: str, due: str) -> None:
    found = rhythm.next_daily(at(now), "19:00", time_zone=JAKARTA, rhythm="three_a_week")

    assert found == at(due)


def test_the_week_is_asked_about_on_sunday() -> None:
    after_one = at("2026-11-29 12:00")

    assert rhythm.next_weekly(at("2026-11-23 01:00"), "19:00", time_zone=JAKARTA) == after_one
    assert rhythm.next_weekly(after_one, "19:00", time_zone=JAKARTA) == at("2026-12-06 12:00")
    assert [rhythm.kind_of(MONDAY + timedelta(days=one)) for one in range(7)].count("weekly") == 1


@pytest.mark.parametrize(
    ("due", "now", "useful"),
    [
        ("2026-11-23 12:00", "2026-11-23 12:01", True),
        ("2026-11-23 01:00", "2026-11-23 06:59", True),
        ("2026-11-23 01:00", "2026-11-23 07:00", False),  # six hours late
        ("2026-11-23 12:00", "2026-11-23 17:30", False),  # it is Tuesday in Jakarta by now
    ],
)
def test_a_question_that_is_late_by_hours_is_not_asked(due: str, now: str, useful: bool) -> None:
    assert rhythm.still_useful(at(due), at(now), JAKARTA) is useful


@pytest.mark.parametrize(
    ("asked", "change"),
    [
        (days(13), None),
        (days(14), Change("three_a_week", "stable")),
        ([*days(13), Day(MONDAY + timedelta(days=13))], None),  # one was not answered
        (days(14, urge=4), None),
        (days(14, urge=3, mood=3), Change("three_a_week", "stable")),
        (days(14, mood=2), None),
        (days(14, urge=None), None),
        ([], None),
    ],
)
def test_fourteen_stable_days_in_a_row_make_the_questions_rarer(
    asked: list[Day], change: Change | None
) -> None:
    assert rhythm.after_answer("daily", asked) == change


@pytest.mark.parametrize(
    ("urge", "change"), [(5, None), (6, Change("daily", "rising")), (None, None)]
)
def test_a_rising_urge_brings_the_daily_question_back(
    urge: int | None, change: Change | None
) -> None:
    assert rhythm.after_answer("three_a_week", [Day(MONDAY, 3, urge)]) == change


def test_two_ignored_questions_make_them_rarer_and_a_third_changes_nothing_more() -> None:
    assert rhythm.after_silence("daily", 1) is None
    assert rhythm.after_silence("daily", 2) == Change("three_a_week", "ignored")
    assert rhythm.after_silence("three_a_week", 3) is None
