"""The mouth speaks evenly, never too fast, hardly ever too slowly."""

from __future__ import annotations

import time
from bisect import bisect_left
from itertools import pairwise

import pytest

from scheduler.pace import Pace


@pytest.mark.parametrize("rate", [28.0, 100.0])
async def test_no_second_holds_more_than_the_rate_and_little_of_it_is_wasted(rate: float) -> None:
    pace, left = Pace(rate), []

    while len(left) < rate * 2.5:
        await pace.turn()
        left.append(time.monotonic())
        pace.took_its_turn(person_id=len(left))

    in_a_second = [bisect_left(left, at + 1.0) - n for n, at in enumerate(left)]
    assert max(in_a_second) <= rate
    assert (len(left) - 1) / (left[-1] - left[0]) >= 0.95 * rate


async def test_a_slow_rate_keeps_its_whole_interval_from_the_first_message_on() -> None:
    pace, left = Pace(4.0), []

    for number in range(4):
        await pace.turn()
        left.append(time.monotonic())
        pace.took_its_turn(number)

    assert min(later - earlier for earlier, later in pairwise(left)) > 0.2


async def test_whoever_has_heard_four_messages_at_once_rests_while_others_are_spoken_to() -> None:
    pace = Pace(1000)

    for _ in range(4):
        pace.took_its_turn(person_id=1)
    pace.took_its_turn(person_id=2)

    assert pace.resting() == {1}


async def test_telegrams_pause_is_kept_to_the_moment() -> None:
    pace, began = Pace(1000), time.monotonic()

    pace.pause(0.3)
    await pace.turn()

    assert 0.3 <= time.monotonic() - began < 0.4
    assert not pace.rest_left()


async def test_several_failures_at_once_are_one_and_the_rests_grow_and_start_again() -> None:
    pace = Pace(1000)

    for _ in range(8):
        pace.line_failed()
    first = pace.rest_left()
    pace.say_now()
    pace.line_failed()
    second = pace.rest_left()
    pace.line_works()
    pace.say_now()
    pace.line_failed()

    assert first == pytest.approx(1.0, abs=0.05)
    assert second == pytest.approx(2.0, abs=0.05)
    assert pace.rest_left() == pytest.approx(1.0, abs=0.05)


def test_a_quick_line_needs_one_message_in_flight_and_a_slow_one_several_but_never_many() -> None:
    quick, slow, stuck = Pace(28), Pace(28), Pace(28)

    for _ in range(50):
        quick.line_works(0.005)
        slow.line_works(0.2)
        stuck.line_works(15.0)

    assert (quick.at_once(), slow.at_once(), stuck.at_once()) == (1, 6, 8)
