"""Two messages that we start are enough for one day; what can wait comes the next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aftercare.rules import crowding

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(("started", "puts_off"), [(0, False), (1, False), (2, True), (5, True)])
def test_a_third_message_waits_for_tomorrow_at_the_same_hour(started: int, puts_off: bool) -> None:
    found = crowding.tomorrow(NOW, started)

    assert found == (NOW + timedelta(days=1) if puts_off else None)


@pytest.mark.parametrize("key", ["session.client.remind_h1", "check_in_daily.client.mood"])
def test_what_belongs_to_its_day_never_waits(key: str) -> None:
    assert not crowding.can_wait(key, None, NOW)


def test_what_would_be_too_late_tomorrow_comes_today() -> None:
    soon, later = NOW + timedelta(hours=20), NOW + timedelta(days=4)

    assert not crowding.can_wait("plan.client.offer", soon, NOW)
    assert crowding.can_wait("plan.client.offer", later, NOW)


def test_the_day_begins_with_the_persons_own_midnight() -> None:
    late = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)  # half past midnight in Bandung

    assert crowding.today(late, "Asia/Jakarta") == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert crowding.today(late, "Asia/Jayapura") == datetime(2026, 11, 23, 15, tzinfo=UTC)
