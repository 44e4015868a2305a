"""When nothing is begun: at night, and while Friday prayers are held, on the person's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.rules import quiet

WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026 in UTC; the 27th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "until"),
    [
        (at(23, 14, 0), WIB, at(23, 23, 0)),
        (at(23, 13, 59), WIB, None),
        (at(23, 22, 59), WIB, at(23, 23, 0)),
        (at(23, 23, 0), WIB, None),
        (at(23, 13, 0), WITA, at(23, 22, 0)),
        (at(23, 12, 0), WIT, at(23, 21, 0)),
    ],
)
def test_the_night_lasts_from_nine_to_six(now: datetime, zone: str, until: datetime | None) -> None:
    assert quiet.ends_at(now, zone) == until


def test_friday_prayers_are_quiet_and_the_same_hour_on_thursday_is_not() -> None:
    assert quiet.ends_at(at(27, 4, 30), WIB) == at(27, 6, 0)
    assert quiet.ends_at(at(27, 6, 0), WIB) is None
    assert quiet.ends_at(at(26, 4, 30), WIB) is None


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: at(1, 0) + timedelta(minutes=minutes)),
    st.sampled_from([WIB, WITA, WIT]),
)
def test_every_quiet_ends_in_a_moment_at_which_we_may_speak(now: datetime, zone: str) -> None:
    until = quiet.ends_at(now, zone)

    if until is not None:
        assert until > now
        assert quiet.ends_at(until, zone) is None


def test_news_waits_for_the_end_of_the_night_only_where_that_is_early_enough() -> None:
    at_ten = at(27, 15, 0)  # 22.00 in Bandung, the night ends at 23.00 UTC
    morning = at(27, 23, 0)

    assert quiet.news_waits_until(at_ten, WIB, morning + timedelta(hours=1)) == morning
    assert quiet.news_waits_until(at_ten, WIB, morning + timedelta(minutes=59)) is None
    assert quiet.news_waits_until(at(27, 3, 0), WIB, at(27, 6, 0)) is None
