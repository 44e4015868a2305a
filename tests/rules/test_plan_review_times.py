"""When the plan for hard hours comes up: offered once, then looked at about once a month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aftercare.rules import plan_reviews
from aftercare.rules.plan_reviews import Past, Step

NOW = datetime(2026, 12, 23, 12, 30, tzinfo=UTC)


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("past", "do", "days"),
    [
        (Past(), "offer", 30),
        (Past(offered=True), "nothing", 30),  # once is enough
        (Past(made=ago(30)), "review", 30),
        (Past(made=ago(29)), "review", 30),  # the hour of the day moved
        (Past(made=ago(3)), "nothing", 27),
        (Past(made=ago(28)), "nothing", 7),
        (Past(made=ago(90), reviewed=ago(5)), "nothing", 25),
        (Past(made=ago(90), reviewed=ago(31)), "review", 30),
        (Past(made=ago(2), reviewed=ago(60)), "nothing", 28),  # written anew since
    ],
)
def test_the_plan_comes_up_when_it_is_time(past: Past, do: str, days: int) -> None:
    assert plan_reviews.next_step(past, NOW) == Step(do, timedelta(days=days))  # type: ignore[arg-type]
