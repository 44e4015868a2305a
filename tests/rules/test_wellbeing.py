"""The five questions of a month: what they add up to, what moved, and who hears of it."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.rules import flags, offers, wellbeing

DAY = date(2026, 12, 23)


def five(*answers: int) -> dict[str, int]:
    return dict(zip(wellbeing.ITEMS, answers, strict=True))


def four(*answers: int) -> dict[str, int]:
    return dict(zip(wellbeing.STRAIN, answers, strict=True))


@pytest.mark.parametrize(
    ("items", "score", "level", "code"),
    [
        (five(5, 5, 5, 5, 5), 100, "good", "month_good"),
        (five(3, 3, 3, 2, 2), 52, "good", "month_good"),
        (five(3, 3, 3, 2, 1), 48, "low", "month_lowish"),
        (five(2, 2, 2, 1, 1), 32, "low", "month_lowish"),
        (five(2, 2, 1, 1, 1), 28, "very_low", "month_low"),
        (five(0, 0, 0, 0, 0), 0, "very_low", "month_low"),
    ],
)
def test_five_answers_are_a_score_with_its_reason(
    items: dict[str, int], score: int, level: str, code: str
) -> None:
    found = wellbeing.judge(items)

    assert found is not None
    assert (found.score, found.level) == (score, level)
    assert [one for one, _ in found.because] == [code]


def test_a_missing_answer_is_not_a_low_one() -> None:
    items = five(0, 0, 0, 0, 0)
    del items["calm"]

    assert wellbeing.judge(items) is None
    assert flags.of_month(DAY, items, 3) == ()


@pytest.mark.parametrize(
    ("items", "strained"),
    [
        (four(1, 1, 1, 2), False),
        (four(2, 2, 1, 1), True),
        ({"gloomy": 3, "joyless": 3, "nervous": 3}, False),  # one was skipped
        ({}, False),
    ],
)
def test_much_to_carry_needs_all_four_answers(items: dict[str, int], strained: bool) -> None:
    assert wellbeing.is_strained(items) is strained


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        (five(2, 2, 2, 2, 2), five(2, 4, 2, 1, 2), ("calm", 2)),
        (five(2, 2, 2, 2, 2), five(1, 2, 2, 3, 2), ("rested", 1)),  # a rise before a fall
        (five(4, 2, 2, 2, 2), five(1, 2, 3, 2, 2), ("cheerful", -3)),
        (five(2, 2, 2, 2, 2), five(2, 2, 2, 2, 2), None),
    ],
)
def test_what_moved_most_is_named(
    before: dict[str, int], now: dict[str, int], moved: tuple[str, int] | None
) -> None:
    found = wellbeing.moved(before, now)

    assert (found and (found.item, found.by)) == moved


@pytest.mark.parametrize("level", [0, 1])
def test_below_level_two_nobody_hears_of_a_heavy_month(level: int) -> None:
    assert flags.of_month(DAY, five(0, 0, 0, 0, 0) | four(3, 3, 3, 3), level) == ()


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        (five(2, 2, 1, 1, 1), ["month_low"]),
        (five(2, 2, 2, 1, 1), None),
        (five(2, 2, 2, 1, 1) | four(2, 2, 2, 2), ["month_strain"]),
        (five(1, 1, 1, 1, 1) | four(2, 2, 2, 2), ["month_low", "month_strain"]),
    ],
)
def test_from_level_two_on_the_reason_is_a_threshold_and_never_an_answer(
    items: dict[str, int], codes: list[str] | None
) -> None:
    found = flags.of_month(DAY, items, 2)

    assert ([code for code, _ in found[0].because] if found else None) == codes
    assert all(one.kind == "mood_low" for one in found)
    assert all(values in ({}, {"at_most": 28}) for one in found for _, values in one.because)


@pytest.mark.parametrize(
    ("items", "needs"),
    [
        (five(3, 1, 3, 0, 3), ("sleep", "stress")),  # the lowest first
        (five(3, 3, 1, 3, 2), ("idle",)),
        (five(3, 2, 3, 3, 3) | four(0, 0, 1, 3), ("stress",)),
        (five(3, 3, 3, 3, 0) | four(3, 0, 2, 0), ("mood", "stress", "idle")),
        (five(3, 3, 3, 3, 3), ("mood",)),
    ],
)
def test_the_exercise_fits_what_was_answered(items: dict[str, int], needs: tuple[str, ...]) -> None:
    assert offers.after_month(items).because == needs
