"""Whatever breaks between two writes, an answer is neither lost nor heard twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import Random
from typing import Any

import pytest
from sqlalchemy import event, select

from aftercare.records.check_ins import CheckIn
from aftercare.records.conversations import ConversationRow
from tests.town import Town


class Crash(RuntimeError):
    """The machine stopped here."""


@contextmanager
def crash_at(town: Town, statement: int) -> Iterator[None]:
    """The given statement from now on is never carried out; what comes after it is."""
    left = [statement]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Crash

    engine = town.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", count)


async def a_check_in(town: Town, seed: int, *, crashes: bool) -> dict[str, Any]:
    """Random answers, typed and tapped, until nothing is asked any more; what is left of it."""
    lot, places = Random(seed), Random(seed + 1)
    budi = town.budi
    await budi.writes("/cekin")
    for _ in range(25):
        if not budi.phone.newest.rows:
            break
        typed = lot.random() < 0.2
        data = [d for row in budi.phone.newest.rows for _, d, _ in row if d]
        choice, words = lot.choice(data), lot.choice(["3", "hmm", "iya", "besok aja"])
        if typed:
            budi.phone.writes(words)
        else:
            budi.phone.taps_data(choice, on=budi.phone.newest)
        await _settle(town, places.randint(1, 14) if crashes else 0)
    return await _left(town)


async def _settle(town: Town, statement: int) -> None:
    updates, town.phones.said[:] = list(town.phones.said), []
    await town.days.keep(updates, town._updates)
    town._updates += len(updates)
    if statement:
        with suppress(Crash), crash_at(town, statement):
            await town.doorway.empty()
    await town.days.settle()


async def _left(town: Town) -> dict[str, Any]:
    async with town.database.transaction() as db:
        talks = await db.scalars(select(ConversationRow).order_by(ConversationRow.id))
        answered = await db.scalars(select(CheckIn).order_by(CheckIn.id))
        return {
            "heard": [heard.text for heard in town.budi.phone.messages],
            "officer": [heard.text for heard in town.sari.phone.messages],
            "talks": [(row.flow, row.step, row.state, row.outcome) for row in talks],
            "answers": [one.items for one in answered],
        }


@pytest.mark.parametrize("seed", range(6))
async def test_crashes_between_any_two_writes_lose_and_double_nothing(
    town: Town, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = await _twin(town, tmp_path_factory)
    try:
        calm = await a_check_in(other, seed, crashes=False)

        shaken = await a_check_in(town, seed, crashes=True)

        assert shaken == calm
    finally:
        await other.leave()
        await other.database.close()


async def _twin(town: Town, folders: pytest.TempPathFactory) -> Town:
    """The same town on a database of its own, where nothing ever breaks."""
    from aftercare.clock import MovableClock
    from aftercare.records import schema
    from aftercare.records.database import Database

    database = Database(f"sqlite+aiosqlite:///{folders.mktemp('twin')}/kawan.db")
    await schema.upgrade(database)
    return await Town.found(database, MovableClock(town.clock.now()))
