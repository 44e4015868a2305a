"""What was set for somebody's own time follows the zone and the hour that are chosen later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aftercare.rules import own_hours
from aftercare.rules.own_hours import Clock

BANDUNG, DENPASAR = "Asia/Jakarta", "Asia/Makassar"
#: Tuesday, 1 December, 19.30 in Bandung.
EVENING = datetime(2026, 12, 1, 12, 30, tzinfo=UTC)


def test_half_past_seven_in_bandung_becomes_half_past_seven_in_denpasar() -> None:
    before, after = Clock(BANDUNG, "19:00"), Clock(DENPASAR, "19:00")

    moved = own_hours.moved(EVENING, before, after, follows_the_hour=True)

    assert moved == EVENING - timedelta(hours=1)


def test_what_comes_half_an_hour_after_the_chosen_hour_still_does() -> None:
    before, after = Clock(BANDUNG, "19:00"), Clock(BANDUNG, "07:00")

    moved = own_hours.moved(EVENING, before, after, follows_the_hour=True)

    assert moved == datetime(2026, 12, 1, 0, 30, tzinfo=UTC)  # 07.30 in Bandung


def test_an_hour_of_ours_does_not_follow_the_clients_hour() -> None:
    before, after = Clock(BANDUNG, "19:00"), Clock(BANDUNG, "07:00")

    assert own_hours.moved(EVENING, before, after, follows_the_hour=False) == EVENING


@pytest.mark.parametrize(("passed", "days"), [(timedelta(0), 1), (timedelta(hours=-1), 0)])
def test_an_hour_that_has_gone_by_today_comes_tomorrow(passed: timedelta, days: int) -> None:
    found = own_hours.first_ahead(EVENING, EVENING + passed)

    assert found == EVENING + timedelta(days=days)
