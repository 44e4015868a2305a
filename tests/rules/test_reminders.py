"""When a client hears of a session, on the client's own clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from aftercare.rules import reminders
from aftercare.rules.reminders import H0, H1, H4

BANDUNG = ZoneInfo("Asia/Jakarta")
LONG_BEFORE = datetime(2026, 11, 2, 9, 0, tzinfo=BANDUNG)


def at(day: int, hour: int, minute: int = 0, zone: str = "Asia/Jakarta") -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(zone))


def due(
    starts_at: datetime, now: datetime = LONG_BEFORE, zone: str = "Asia/Jakarta"
) -> dict[str, datetime]:
    return {
        one.kind: one.due_at.astimezone(ZoneInfo(zone))
        for one in reminders.points(starts_at, now=now, time_zone=zone)
    }


def test_a_session_has_a_plan_an_evening_and_a_day_to_be_spoken_of() -> None:
    assert due(at(26, 9)) == {H4: at(22, 17), H1: at(25, 18), H0: at(26, 7)}


@pytest.mark.parametrize(
    ("starts_at", "expected"),
    [
        (at(26, 7), at(26, 6)),  # five in the morning is quiet: at six instead
        (at(26, 6, 15), at(26, 6)),  # a quarter of an hour is enough to be of use
        (at(26, 6, 10), None),  # ten minutes are not
        (at(26, 8), at(26, 6)),
        (at(26, 8, 30), at(26, 6, 30)),
        (at(27, 14), at(27, 13)),  # Friday noon belongs to prayer
        (at(27, 13, 31), at(27, 13)),
        (at(27, 15, 30), at(27, 13, 30)),
        (at(27, 13), at(27, 11)),  # eleven is before the prayers
        (at(26, 14), at(26, 12)),  # noon on a Thursday is an hour like any other
    ],
)
def test_the_reminder_of_the_day_keeps_out_of_quiet_hours(
    starts_at: datetime, expected: datetime | None
) -> None:
    assert due(starts_at).get(H0) == expected


def test_a_session_late_at_night_has_no_reminder_in_the_quiet_before_it() -> None:
    assert H0 not in due(at(26, 23, 30))


@pytest.mark.parametrize(
    ("booked_at", "kept"),
    [
        (at(22, 16), {H4, H1, H0}),
        (at(22, 16, 50), {H1, H0}),  # ten minutes after the booking it would only repeat it
        (at(22, 17), {H1, H0}),
        (at(25, 17, 45), {H1, H0}),
        (at(25, 18), {H0}),
        (at(25, 23), {H0}),
        (at(26, 6, 45), {H0}),
        (at(26, 6, 50), set()),
        (at(26, 8), set()),
    ],
)
def test_what_a_late_booking_has_missed_is_not_made_up_for(
    booked_at: datetime, kept: set[str]
) -> None:
    assert set(due(at(26, 9), now=booked_at)) == kept


@pytest.mark.parametrize(
    ("zone", "hour_in_jakarta"),
    [("Asia/Jakarta", 18), ("Asia/Makassar", 17), ("Asia/Jayapura", 16)],
)
def test_the_evening_is_the_clients_own(zone: str, hour_in_jakarta: int) -> None:
    evening = due(at(26, 9), zone=zone)[H1]

    assert evening.astimezone(BANDUNG) == at(25, hour_in_jakarta)


def test_the_evening_before_is_of_the_day_on_the_clients_wall() -> None:
    half_past_midnight_in_jayapura = at(26, 0, 30, zone="Asia/Jayapura")

    evening = due(half_past_midnight_in_jayapura, zone="Asia/Jayapura")[H1]

    assert evening == at(25, 18, zone="Asia/Jayapura")


def test_no_reminder_is_good_once_the_session_has_begun() -> None:
    points = reminders.points(at(26, 9), now=LONG_BEFORE, time_zone="Asia/Jakarta")

    assert all(one.due_at < one.expires_at <= at(26, 9) for one in points)
    assert next(one for one in points if one.kind == H4).expires_at == at(25, 18)
