"""What a human hears of: each flag at its threshold, with its reason, within the sharing level."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aftercare.rules import flags
from aftercare.rules.flags import Silence, Week
from aftercare.rules.rhythm import Day

MONDAY = date(2026, 11, 23)
CALM = {
    "sleep": 3, "mood": 3, "urge": 1, "confidence": 3,
    "places": 1, "family": 3, "activity": 3, "support": 3,
}  # fmt: skip


def days(*answers: tuple[int | None, int | None]) -> list[Day]:
    """Moods and urges of one day after the other, the last one on Monday."""
    first = MONDAY - timedelta(days=len(answers) - 1)
    return [Day(first + timedelta(days=at), *one) for at, one in enumerate(answers)]


def weeks(*changes: dict[str, int]) -> list[Week]:
    first = MONDAY - timedelta(weeks=len(changes) - 1)
    return [Week(first + timedelta(weeks=at), CALM | one) for at, one in enumerate(changes)]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (days((3, 7)), []),
        (days((3, 8)), ["urge_today"]),
        (days((3, 8), (3, 2)), []),  # it was heard of yesterday
        (days((3, 6), (3, 6)), []),
        (days((3, 6), (3, 6), (3, 6)), ["urge_days"]),
        (days((3, 6), (3, 0), (3, 7), (3, 1), (3, 6)), ["urge_days"]),
        (days((3, 6), (3, 6), (3, 6), (3, 1)), []),  # three of seven, but today is calm
        (days((3, 6), *[(3, 0)] * 5, (3, 6), (3, 6)), []),  # the first one is eight days ago
        (days((2, 1), (2, 1), (2, 1), (2, 1)), []),
        (days((2, 1), (1, 1), (2, 1), (2, 1), (2, 1)), ["mood_days"]),
        (days((2, 1), (2, 1), (2, 1), (2, 1), (3, 1)), []),
        (days((2, 1), (None, None), (2, 1), (2, 1), (None, None), (2, 1), (2, 1)), ["mood_days"]),
        (days((1, 9), (1, 9), (1, 9), (1, 9), (1, 9)), ["urge_today", "mood_days"]),
        (days((None, None)), []),
        ([], []),
    ],
)
def test_daily_answers_raise_a_flag_at_its_threshold(asked: list[Day], codes: list[str]) -> None:
    found = flags.of_days(asked, sharing_level=2)

    assert [code for flag in found for code, _ in flag.because] == codes


@pytest.mark.parametrize("level", [0, 1])
def test_below_level_two_no_answer_raises_anything(level: int) -> None:
    assert flags.of_days(days(*[(1, 10)] * 7), level) == ()
    assert flags.of_weeks(weeks({}, {"confidence": 0, "urge": 4, "sleep": 0}), level) == ()


def test_reasons_carry_counts_and_thresholds_but_never_an_answer() -> None:
    (flag,) = flags.of_days(days((3, 9)), sharing_level=3)

    assert flag.because == (("urge_today", {"from": 8}),)
    assert flag.level == "medium"


def test_the_same_bout_has_the_same_episode_and_a_new_day_a_new_one() -> None:
    (monday,) = flags.of_days(days((3, 9)), 2)
    (again,) = flags.of_days(days((3, 10)), 2)
    (raised,) = flags.of_days(days((3, 6), (3, 6), (3, 6)), 2)

    assert monday.episode == again.episode == "2026-11-23"
    assert raised.episode == "2026W48"


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (weeks({}), []),
        (weeks({"confidence": 2}), []),
        (weeks({"confidence": 1}), ["confidence"]),
        (weeks({}, {"urge": 4}), []),  # three more than usual
        (weeks({}, {"urge": 4, "places": 2}), ["risk_rose"]),
        (weeks({}, {}, {"urge": 4, "sleep": 2, "mood": 2}), ["risk_rose"]),
        (weeks({}, {"support": 1}), []),
        (weeks({}, {"support": 0}), ["strength_fell"]),
        # The median of the last four weeks, not the heavy one among them.
        (weeks({}, {}, {"urge": 4, "places": 4}, {}, {"urge": 4, "places": 2}), ["risk_rose"]),
    ],
)
def test_weekly_answers_are_held_against_the_clients_own_weeks(
    asked: list[Week], codes: list[str]
) -> None:
    found = flags.of_weeks(asked, sharing_level=2)

    assert [code for flag in found for code, _ in flag.because] == codes


def test_a_week_longer_ago_than_four_is_no_measure() -> None:
    long_ago = Week(MONDAY - timedelta(weeks=5), CALM)
    heavy = Week(MONDAY, CALM | {"urge": 4, "places": 4})

    assert flags.of_weeks([long_ago, heavy], 2) == ()


def test_a_week_with_an_item_left_out_is_not_added_up() -> None:
    partly = Week(MONDAY, {"sleep": 0, "mood": 0, "urge": 4})

    assert flags.risk(partly) is None
    assert flags.of_weeks([Week(MONDAY - timedelta(weeks=1), CALM), partly], 2) == ()


@pytest.mark.parametrize(
    ("quiet_days", "asked", "level"),
    [(6, 6, None), (7, 2, None), (7, 3, "low"), (13, 6, "low"), (14, 6, "medium")],
)
def test_silence_counts_only_when_we_asked(quiet_days: int, asked: int, level: str | None) -> None:
    flag = flags.of_silence(Silence(MONDAY - timedelta(days=quiet_days), asked), MONDAY)

    assert (flag and flag.level) == level
    assert flag is None or flag.because == (("silent_days", {"days": quiet_days}),)
