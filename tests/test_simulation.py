"""A made-up office lives some days, and everything in it is accounted for."""

from __future__ import annotations

import pytest

from kawan import simulation
from kawan.simulation import Wish

pytestmark = pytest.mark.slow


async def test_the_books_of_a_made_up_office_balance() -> None:
    report = await simulation.simulate(Wish(clients=6, days=5, seed=11))

    assert {book.sentence: book.found - book.expected for book in report.books} == {
        book.sentence: 0 for book in report.books
    }
    assert sum(report.attendance.values()) >= 6
    assert report.check_ins["asked"] > 0


async def test_the_same_seed_gives_the_same_days() -> None:
    first = await simulation.simulate(Wish(clients=3, days=3, seed=5))

    again = await simulation.simulate(Wish(clients=3, days=3, seed=5))

    assert again.as_json() == first.as_json()


async def test_another_seed_gives_other_days() -> None:
    first = await simulation.simulate(Wish(clients=3, days=3, seed=5))

    other = await simulation.simulate(Wish(clients=3, days=3, seed=6))

    assert other.as_json() != first.as_json()
