"""Which family prompt comes next: twelve in order, events between them, one a week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from aftercare.casework import calendar
from aftercare.rules import prompts

ZONE = "Asia/Makassar"
MONDAY = date(2026, 11, 23)


def test_without_events_the_twelve_follow_each_other_and_then_comes_the_thank_you() -> None:
    said = [prompts.next_theme(n, (), last=None) for n in range(13)]

    assert said == [*(f"week_{n:02}" for n in range(1, 13)), "done"]


def test_an_event_takes_the_place_of_a_week_and_never_two_in_a_row() -> None:
    assert prompts.next_theme(3, {"payday"}, last="week_03") == "payday"
    assert prompts.next_theme(3, {"holiday"}, last="payday") == "week_04"


def test_what_is_nearest_to_the_heart_comes_first() -> None:
    near = {"payday", "holiday", "missed", "conflict", "birthday"}

    assert prompts.next_theme(0, near, last=None) == "conflict"
    assert prompts.next_theme(0, near - {"conflict"}, last=None) == "missed"


def test_after_the_twelfth_no_event_begins_anything_again() -> None:
    assert prompts.next_theme(12, {"holiday"}, last="week_12") == "done"


def test_a_week_lies_between_two_also_when_a_timer_is_early() -> None:
    assert prompts.too_soon(MONDAY, MONDAY)
    assert prompts.too_soon(MONDAY, MONDAY + timedelta(days=6))
    assert not prompts.too_soon(MONDAY, MONDAY + timedelta(days=7))
    assert not prompts.too_soon(None, MONDAY)


def test_the_next_one_is_a_week_later_at_the_persons_own_hour() -> None:
    now = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)

    due = prompts.next_due(MONDAY, now, at=prompts.CLIENT_AT, time_zone=ZONE)

    assert due == datetime(2026, 11, 30, 8, 30, tzinfo=UTC)


def test_after_a_long_silence_it_comes_tomorrow_and_not_today() -> None:
    now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    due = prompts.next_due(MONDAY - timedelta(days=40), now, at="10:00", time_zone=ZONE)

    assert due == datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def test_what_came_of_it_is_asked_before_the_next_prompt_or_not_at_all() -> None:
    asked = prompts.ask_at(MONDAY, MONDAY, ZONE)
    late = prompts.ask_at(MONDAY, MONDAY + timedelta(days=5), ZONE)

    assert asked == datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
    assert late == datetime(2026, 11, 29, 8, 30, tzinfo=UTC)
    assert prompts.ask_at(MONDAY, MONDAY + timedelta(days=6), ZONE) is None


def test_payday_in_a_short_month_is_its_last_day() -> None:
    assert prompts.is_payday_ahead(date(2027, 2, 24), 31)
    assert prompts.is_payday_ahead(date(2026, 11, 20), 25)
    assert not prompts.is_payday_ahead(date(2026, 11, 26), 25)
    assert not prompts.is_payday_ahead(date(2026, 11, 20), None)


def test_a_birthday_is_known_over_the_turn_of_the_year() -> None:
    assert prompts.is_birthday_ahead(date(2026, 12, 29), "01-02")
    assert not prompts.is_birthday_ahead(date(2026, 12, 29), "01-06")
    assert not prompts.is_birthday_ahead(date(2026, 12, 29), None)


def test_whoever_was_born_on_a_leap_day_has_a_birthday_every_year() -> None:
    assert prompts.is_birthday_ahead(date(2027, 2, 23), "02-29")
    assert not prompts.is_birthday_ahead(date(2027, 2, 22), "02-29")
    assert prompts.is_birthday_ahead(date(2028, 2, 29), "02-29")
    assert not prompts.is_birthday_ahead(date(2028, 3, 1), "02-29")


def test_only_holidays_on_which_families_meet_count_and_without_the_libraries_notes() -> None:
    near = calendar.holidays_near(date(2026, 12, 1))

    assert prompts.holiday(date(2026, 12, 20), near) == "Hari Raya Natal"
    assert prompts.holiday(date(2027, 3, 5), near) == "Hari Suci Nyepi"
    assert prompts.holiday(date(2027, 3, 9), near) == "Hari Raya Idul Fitri"
    assert prompts.holiday(date(2027, 4, 28), near) is None
