"""When the next person is told of an alert."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.rules import ladder

WIB = "Asia/Jakarta"
MONDAY_TEN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
FRIDAY_THREE_PM = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
NEXT_MONDAY_EIGHT = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


def due(level: str, step: int, told_at: datetime, **office: object) -> datetime | None:
    return ladder.next_step_at(
        level,
        step,
        told_at,
        **{"time_zone": WIB, "waits": {}, **office},  # type: ignore[arg-type]
    )


def test_danger_goes_on_after_five_and_fifteen_minutes_at_any_hour() -> None:
    night = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)

    assert due("crisis", 0, night) == night + timedelta(minutes=5)
    assert due("crisis", 1, night + timedelta(minutes=5)) == night + timedelta(minutes=15)


def test_after_the_head_there_is_nobody_to_wait_for_unless_a_life_is_in_danger() -> None:
    assert due("high", 2, MONDAY_TEN) is None
    assert due("crisis", 2, MONDAY_TEN) == MONDAY_TEN + ladder.AGAIN
    assert due("low", 2, MONDAY_TEN) is None


@pytest.mark.parametrize(
    ("level", "cover", "head"), [("high", 4, 24), ("medium", 24, 48), ("low", 48, 96)]
)
def test_the_waits_are_counted_from_the_opening(level: str, cover: int, head: int) -> None:
    told_cover = due(level, 0, MONDAY_TEN)

    assert told_cover == MONDAY_TEN + timedelta(hours=cover)
    assert due(level, 1, told_cover) == MONDAY_TEN + timedelta(hours=head)


def test_what_would_grow_on_a_friday_evening_waits_for_monday() -> None:
    assert due("high", 0, FRIDAY_THREE_PM) == NEXT_MONDAY_EIGHT


def test_the_cover_has_time_on_monday_before_the_head_is_told() -> None:
    head = due("high", 1, NEXT_MONDAY_EIGHT)

    assert head is not None
    assert head >= NEXT_MONDAY_EIGHT + timedelta(hours=8)


def test_whoever_is_told_at_night_has_the_same_time_from_the_morning_on() -> None:
    sunday_night = datetime(2026, 11, 29, 15, 0, tzinfo=UTC)

    assert due("high", 0, sunday_night) == NEXT_MONDAY_EIGHT + timedelta(hours=4)


def test_public_holidays_are_not_working_days() -> None:
    tuesday = date(2026, 11, 24)

    assert due("medium", 0, MONDAY_TEN, holidays={tuesday}) == datetime(
        2026, 11, 25, 1, 0, tzinfo=UTC
    )


def test_the_office_may_set_its_own_waits() -> None:
    own = {"high": [30, 90]}

    assert due("high", 0, MONDAY_TEN, waits=own) == MONDAY_TEN + timedelta(minutes=30)
    assert due("high", 1, MONDAY_TEN, waits=own) == MONDAY_TEN + timedelta(minutes=60)
    assert due("medium", 0, MONDAY_TEN, waits=own) == MONDAY_TEN + timedelta(hours=24)


def test_an_office_in_jayapura_opens_two_hours_before_jakarta() -> None:
    early = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)

    assert ladder.within_hours(early, "Asia/Jayapura") == datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    assert ladder.within_hours(early, WIB) == datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_where_nobody_can_be_told_danger_is_looked_at_every_five_minutes() -> None:
    night = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)

    assert ladder.retry_at("crisis", night, time_zone=WIB) == night + timedelta(minutes=5)
    assert ladder.retry_at("low", night, time_zone=WIB) == NEXT_MONDAY_EIGHT


def test_three_working_days_pass_over_a_weekend() -> None:
    friday, wednesday = date(2026, 11, 27), date(2026, 12, 2)

    assert ladder.working_days_between(friday, wednesday) == 3
    assert ladder.working_days_between(friday, friday) == 0


moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: MONDAY_TEN + timedelta(minutes=minutes)
)


@given(moments, st.sampled_from(["high", "medium", "low"]), st.integers(0, 1))
def test_nothing_but_danger_grows_outside_working_hours(
    told_at: datetime, level: str, step: int
) -> None:
    at = due(level, step, told_at)

    assert at is not None
    assert at > told_at
    assert ladder.is_open(at, WIB)
