"""Which opportunity fits whom, and why: a table of hands, places, prices and days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from aftercare.rules import applications, matching
from aftercare.rules.matching import Offer, Seeker

TODAY = date(2026, 11, 23)
SEWING = Offer(1, "job", frozenset({"jahit"}), TODAY, district="Coblong, Bandung")
BUDI = Seeker(frozenset({"jahit", "las"}), "Coblong")


def codes(offer: Offer, seeker: Seeker = BUDI, today: date = TODAY) -> tuple[str, ...] | None:
    found = matching.judge(offer, seeker, today)
    return found and tuple(one.code for one in found.because)


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({}, ("skill", "near", "free")),
        ({"cost": 150_000}, ("skill", "near", "costs")),
        ({"online": True}, ("skill", "online", "free")),
        ({"district": "Cimahi"}, ("skill", "far", "free")),
        ({"district": None}, ("skill", "somewhere", "free")),
        ({"skills": frozenset()}, ("anyone", "near", "free")),
        ({"skills": frozenset({"tani"})}, None),
        ({"skills": frozenset({"tani"}), "kind": "business_help"}, None),
        ({"skills": frozenset({"tani"}), "kind": "training"}, ("learn", "near", "free")),
        ({"skills": frozenset({"tani"}), "kind": "education"}, ("learn", "near", "free")),
        ({"skills": frozenset({"tani"}), "kind": "training", "district": "Garut"}, None),
        ({"closes_on": TODAY}, ("skill", "near", "free", "closes_soon")),
        ({"closes_on": TODAY + timedelta(days=7)}, ("skill", "near", "free", "closes_soon")),
        ({"closes_on": TODAY + timedelta(days=8)}, ("skill", "near", "free")),
        ({"closes_on": TODAY - timedelta(days=1)}, None),
        ({"closes_on": TODAY - timedelta(days=1), "ends_on": TODAY + timedelta(days=9)}, None),
        ({"starts_on": TODAY - timedelta(days=1)}, None),
        ({"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY}, ("skill", "near", "free")),
    ],
)
def test_every_reason_is_said(changed: dict[str, Any], because: tuple[str, ...] | None) -> None:
    assert codes(replace(SEWING, **changed)) == because


def test_which_skill_fits_is_named_and_so_is_the_place() -> None:
    found = matching.judge(replace(SEWING, skills=frozenset({"las", "jahit", "tani"})), BUDI, TODAY)

    assert found
    assert found.because[0].values == {"skills": ("jahit", "las")}
    assert found.because[1].values == {"district": "Coblong, Bandung"}


def test_what_was_shown_before_is_not_shown_again() -> None:
    assert codes(SEWING, replace(BUDI, known=frozenset({1}))) is None


def test_without_any_date_it_is_open_for_sixty_days_after_the_office_confirmed_it() -> None:
    assert codes(SEWING, today=TODAY + timedelta(days=60))
    assert codes(SEWING, today=TODAY + timedelta(days=61)) is None


def test_the_best_stands_first_and_of_equals_the_one_that_ends_first() -> None:
    offers = [
        replace(SEWING, id=1, district="Cimahi"),
        replace(SEWING, id=2, closes_on=TODAY + timedelta(days=30)),
        replace(SEWING, id=3, closes_on=TODAY + timedelta(days=20)),
        replace(SEWING, id=4, skills=frozenset()),
        replace(SEWING, id=5, closes_on=TODAY + timedelta(days=2)),
        replace(SEWING, id=6, cost=50_000, closes_on=TODAY + timedelta(days=20)),
    ]

    assert [one.offer.id for one in matching.best(offers, BUDI, TODAY)] == [5, 3, 2, 6, 4, 1]


@pytest.mark.parametrize(
    ("changed", "worth"),
    [
        ({}, True),
        ({"skills": frozenset()}, True),
        ({"district": "Cimahi"}, False),
        ({"skills": frozenset({"tani"}), "kind": "training"}, False),
        ({"skills": frozenset(), "district": None}, False),
        ({"district": None}, True),
    ],
)
def test_only_what_fits_well_is_told_unasked(changed: dict[str, Any], worth: bool) -> None:
    offer = replace(SEWING, **changed)
    told = matching.best_news(matching.shelved([offer], TODAY), BUDI, TODAY)

    assert matching.judge(offer, BUDI, TODAY)
    assert told == (matching.judge(offer, BUDI, TODAY) if worth else None)


def test_news_are_the_best_that_is_open_and_was_not_shown() -> None:
    offers = [
        replace(SEWING, id=1, skills=frozenset({"jahit", "las"}), closes_on=TODAY),
        replace(SEWING, id=2, closes_on=TODAY - timedelta(days=1)),
        replace(SEWING, id=3, cost=50_000),
        replace(SEWING, id=4),
    ]
    shelves = matching.shelved(offers, TODAY)
    found = matching.best_news(shelves, replace(BUDI, known=frozenset({1})), TODAY)

    assert found
    assert found.offer.id == 4
    assert matching.best_news(shelves, replace(BUDI, known=frozenset({1, 3, 4})), TODAY) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Coblong", "coblong", True),
        ("Kec. Coblong", "Coblong, Kota Bandung", True),
        ("Coblong Bandung", "Coblong", True),
        ("Kota Bandung", "Coblong, Bandung", True),
        ("Coblog", "Coblong", True),
        ("Cibiru", "Cibeber", False),
        ("Garut", "Bandung", False),
        ("Solo", "Sola", False),
        ("Kecamatan", "Kota", False),
        ("", "Bandung", False),
    ],
)
def test_a_district_is_known_however_it_is_written(one: str, other: str, same: bool) -> None:
    assert matching.same_district(one, other) is same
    assert matching.same_district(other, one) is same


@pytest.mark.parametrize(
    ("now", "zone", "due"),
    [
        ("2026-11-23 01:00", "Asia/Jakarta", "2026-11-25 03:00"),
        ("2026-11-25 02:59", "Asia/Jakarta", "2026-11-25 03:00"),
        ("2026-11-25 03:00", "Asia/Jakarta", "2026-12-02 03:00"),
        ("2026-11-24 20:00", "Asia/Jayapura", "2026-11-25 01:00"),
        ("2026-11-29 03:00", "Asia/Makassar", "2026-12-02 02:00"),
    ],
)
def test_news_come_on_wednesday_at_ten_of_the_clients_own_clock(
    now: str, zone: str, due: str
) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert f"{matching.next_news_at(at, zone):%Y-%m-%d %H:%M}" == due


@pytest.mark.parametrize(
    ("state", "asked", "unanswered", "again"),
    [
        ("sent", 0, 0, True),
        ("called", 3, 1, True),
        ("sent", 6, 0, False),
        ("sent", 2, 2, False),
        ("accepted", 0, 0, False),
        ("not_yet", 0, 0, False),
    ],
)
def test_an_application_is_asked_about_while_somebody_else_still_has_to_answer(
    state: str, asked: int, unanswered: int, again: bool
) -> None:
    assert applications.asks_again(state, asked, unanswered) is again
