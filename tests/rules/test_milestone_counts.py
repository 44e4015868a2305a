"""What part of the way is worth a word, and that it is one word a day."""

from __future__ import annotations

import pytest

from aftercare.rules import milestones
from aftercare.rules.milestones import Milestone, Way


def said(way: Way, *known: tuple[str, int]) -> tuple[str, int] | None:
    found = milestones.look(way, {Milestone(*one) for one in known})  # type: ignore[arg-type]
    return (found.say.kind, found.say.count) if found.say else None


@pytest.mark.parametrize(
    ("way", "word"),
    [
        (Way(6), None),
        (Way(7), ("days", 7)),
        (Way(13), ("days", 7)),  # heard a few days late
        (Way(14), None),  # too long ago to be true of today
        (Way(365), ("days", 365)),
        (Way(730), ("days", 730)),
        (Way(3, sessions=1), ("sessions", 1)),
        (Way(3, sessions=4), ("sessions", 1)),
        (Way(3, modules=5), ("modules", 5)),
        (Way(3, modules=40), ("modules", 32)),
    ],
)
def test_one_word_fits_the_way(way: Way, word: tuple[str, int] | None) -> None:
    assert said(way) == word


def test_nothing_is_said_twice() -> None:
    assert said(Way(7), ("days", 7)) is None


def test_of_several_the_oldest_waits_no_longer_than_it_must_and_the_rest_comes_tomorrow() -> None:
    found = milestones.look(Way(30, sessions=5, modules=1), set())

    assert found.say == Milestone("days", 30)
    assert found.more
    assert set(found.passed) == {Milestone("days", 7), Milestone("sessions", 1)}


def test_who_comes_from_far_hears_of_the_highest_alone() -> None:
    found = milestones.look(Way(200, sessions=12), set())

    assert found.say == Milestone("sessions", 10)
    assert not found.more
    assert {(one.kind, one.count) for one in found.passed} >= {("sessions", 5), ("days", 180)}


def test_the_way_goes_on_after_a_year() -> None:
    assert [milestones.next_day(one) for one in (0, 7, 89, 364, 365, 800)] == [
        7, 30, 90, 365, 730, 1095,
    ]  # fmt: skip
