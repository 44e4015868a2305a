"""Kind and true words after a check-in: no shame on a gap, no cheering on a heavy day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aftercare.rules import offers, streaks
from aftercare.rules.rhythm import Day

MONDAY = date(2026, 11, 23)


def days(*answers: tuple[int, int] | None) -> list[Day]:
    first = MONDAY - timedelta(days=len(answers) - 1)
    return [Day(first + timedelta(days=at), *(one or ())) for at, one in enumerate(answers)]


@pytest.mark.parametrize(
    ("asked", "steps", "moment"),
    [
        (days((3, 1)), 1, "first"),
        (days((1, 1)), 1, "heavy"),  # heavy comes before everything else
        (days((3, 1), (3, 5)), 7, "heavy"),
        (days((3, 1), None, None, None, (3, 1)), 9, "back"),
        (days((3, 1), None, (3, 1)), 9, "steady"),  # one missed day is not worth a word
        (days(None, None, (3, 1)), 9, "back"),
        (days((3, 1), (3, 1)), 7, "steady"),  # round numbers have their own morning word
        (days((3, 4), (3, 2)), 8, "urge_down"),
        (days((3, 3), (3, 2)), 8, "steady"),
        (days((3, 1), (4, 1)), 8, "mood_up"),
        (days((3, 1), (3, 1), (3, 1)), 8, "in_a_row"),
    ],
)
def test_one_thing_is_said_and_it_fits_the_day(asked: list[Day], steps: int, moment: str) -> None:
    assert streaks.praise(asked, steps).moment == moment


def test_a_gap_ends_the_row_but_takes_no_step_away() -> None:
    found = streaks.praise(days((3, 1), (3, 1), None, (3, 1)), steps=23)

    assert (found.in_a_row, found.steps) == (1, 23)


def test_the_change_is_named_with_both_numbers() -> None:
    found = streaks.praise(days((3, 4), (3, 1)), steps=12)

    assert (found.before, found.now) == (4, 1)


@pytest.mark.parametrize(
    ("mood", "urge", "because", "urgent"),
    [
        (3, 4, None, False),
        (3, 5, ("urge",), False),
        (2, 0, ("mood",), False),
        (1, 7, ("urge", "mood"), False),
        (3, 8, ("urge",), True),
        (None, None, None, False),
    ],
)
def test_a_breath_is_offered_on_a_heavy_day(
    mood: int | None, urge: int | None, because: tuple[str, ...] | None, urgent: bool
) -> None:
    offer = offers.after_day(mood, urge)

    assert (offer and offer.because) == because
    assert (offer is not None and offer.urgent) == urgent


@pytest.mark.parametrize(
    ("items", "because"),
    [
        ({"urge": 2, "mood": 2, "sleep": 2}, None),
        ({"urge": 3}, ("urge",)),
        ({"mood": 1, "sleep": 0}, ("mood", "sleep")),
        ({}, None),
    ],
)
def test_a_hard_week_is_followed_by_an_offer(
    items: dict[str, int], because: tuple[str, ...] | None
) -> None:
    offer = offers.after_week(items)

    assert (offer and offer.because) == because


@pytest.mark.parametrize(
    ("before", "after", "felt"),
    [
        (7, 4, "calmer"),
        (4, 4, "same"),
        (4, 5, "hard"),  # risen
        (9, 7, "hard"),  # fallen, and still high
        (7, None, "unrated"),
        (None, 3, "unrated"),
    ],
)
def test_a_module_is_judged_by_its_two_ratings(
    before: int | None, after: int | None, felt: str
) -> None:
    assert offers.felt(before, after) == felt
