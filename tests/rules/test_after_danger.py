"""After danger the caring question comes before what can wait, and never stands in its way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from aftercare.rules import crisis

HEARD = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
THIRD_DAY = HEARD + timedelta(days=3)


def test_the_last_caring_question_is_due_three_days_after_danger_was_heard() -> None:
    assert crisis.last_follow_up(HEARD + crisis.HUSH) == THIRD_DAY
    assert crisis.last_follow_up(None) is None


def test_a_prompt_waits_past_the_question_and_keeps_its_own_hour() -> None:
    half_past_four = HEARD + timedelta(days=1, hours=20)

    until = crisis.holds_until(THIRD_DAY, half_past_four, followed_up=False)

    assert until == half_past_four + timedelta(days=2)
    assert until > THIRD_DAY


def test_a_question_that_is_late_is_waited_for_until_tomorrow() -> None:
    now = THIRD_DAY + timedelta(hours=2)

    assert crisis.holds_until(THIRD_DAY, now, followed_up=False) == now + timedelta(days=1)


def test_whoever_was_asked_has_prompts_again() -> None:
    assert crisis.holds_until(THIRD_DAY, THIRD_DAY, followed_up=True) is None


def test_whoever_cannot_be_asked_is_not_held_for_ever() -> None:
    now = THIRD_DAY + timedelta(days=1)

    assert crisis.holds_until(THIRD_DAY, now, followed_up=False) is None
