"""Updates are let in once each, in order a person, and one that fails stops nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Dispatcher, Router
from aiogram.types import Message as Heard
from sqlalchemy import select

from aftercare.clock import MovableClock
from aftercare.messages import Message
from aftercare.records import inbox
from aftercare.records.database import Database
from aftercare.records.inbox import Update
from aftercare.records.outbox import Outgoing
from bot import hearing
from bot.doorway import Doorway
from bot.flows.playing import Turn


async def echo(heard: Heard, turn: Turn) -> None:
    """Says the words back; fails after having said something where it is told to."""
    turn.say(Message("note.anyone.plain", {"words": heard.text}))
    await asyncio.sleep(0)
    if heard.text == "gagal":
        raise ValueError("a handler that fails")


@pytest.fixture
async def doorway(database: Database, clock: MovableClock) -> AsyncIterator[Doorway]:
    router = Router()
    router.message.register(echo)
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)
    made = Doorway(database, dispatcher, hearing.bot("1:test", "http://127.0.0.1:9"), clock)
    yield made
    await made.bot.session.close()


async def arrives(doorway: Doorway, *updates: dict[str, Any]) -> None:
    async with doorway.database.transaction() as db:
        received = [inbox.received(update) for update in updates]
        await inbox.store(db, received, doorway.clock.now())


def wrote(number: int, sender: int, words: str) -> dict[str, Any]:
    who = {"id": sender, "is_bot": False, "first_name": "Orang"}
    chat = {"id": sender, "type": "private"}
    message = {"message_id": number, "date": 0, "chat": chat, "from": who, "text": words}
    return {"update_id": number, "message": message}


async def said(database: Database) -> list[str]:
    async with database.transaction() as db:
        rows = await db.scalars(select(Outgoing).order_by(Outgoing.id))
        return [str(row.message.values["words"]) for row in rows]


async def test_everybody_is_answered_once_in_the_order_of_their_words(doorway: Doorway) -> None:
    await arrives(doorway, wrote(1, 7, "satu"), wrote(2, 8, "dua"), wrote(3, 7, "tiga"))
    await arrives(doorway, wrote(3, 7, "tiga"), wrote(1, 7, "satu"))

    await doorway.empty()
    await doorway.empty()

    assert await said(doorway.database) == ["satu", "dua", "tiga"]


async def test_a_handler_that_fails_three_times_leaves_nothing_behind_and_stops_nobody(
    doorway: Doorway,
) -> None:
    await arrives(doorway, wrote(1, 7, "gagal"), wrote(2, 7, "lanjut"), wrote(3, 8, "lain"))

    await doorway.empty()

    assert sorted(await said(doorway.database)) == ["lain", "lanjut"]
    async with doorway.database.transaction() as db:
        (aside,) = await inbox.aside(db)
    assert (aside.update_id, aside.tries, aside.error) == (1, 3, "ValueError")
    assert "gagal" in (aside.raw or "")


async def test_what_was_kept_aside_is_let_in_again_when_somebody_asks(doorway: Doorway) -> None:
    await arrives(doorway, wrote(1, 7, "gagal"))
    await doorway.empty()

    async with doorway.database.transaction() as db:
        assert await inbox.retry_aside(db) == 1
    await doorway.empty()

    async with doorway.database.transaction() as db:
        assert [row.tries for row in await inbox.aside(db)] == [3]


async def test_an_update_that_cannot_be_decoded_is_kept_aside_and_the_next_one_goes_on(
    doorway: Doorway,
) -> None:
    broken = wrote(1, 7, "rusak")
    broken["message"]["date"] = {"no": "date"}
    await arrives(doorway, broken, wrote(2, 7, "lanjut"))

    await doorway.empty()

    assert await said(doorway.database) == ["lanjut"]
    async with doorway.database.transaction() as db:
        assert [row.update_id for row in await inbox.aside(db)] == [1]


async def test_a_handled_update_keeps_its_number_but_not_its_words(doorway: Doorway) -> None:
    await arrives(doorway, wrote(1, 7, "rahasia"))

    await doorway.empty()

    async with doorway.database.transaction() as db:
        (row,) = list(await db.scalars(select(Update)))
    assert row.raw is None
    assert row.handled_at is not None


async def test_two_doorways_side_by_side_keep_each_persons_order(
    doorway: Doorway, clock: MovableClock
) -> None:
    other_database = Database(doorway.database.url.render_as_string(hide_password=False))
    other = Doorway(other_database, doorway.dispatcher, doorway.bot, clock)
    people, words = range(1, 9), range(10)
    await arrives(
        doorway, *(wrote(10 * n + who * 1000, who, f"{who}-{n}") for n in words for who in people)
    )

    await asyncio.gather(doorway.empty(), other.empty())
    while await doorway.empty():
        pass
    await other_database.close()

    heard = await said(doorway.database)
    assert len(heard) == len(people) * len(words)
    for who in people:
        own = [one for one in heard if one.startswith(f"{who}-")]
        assert own == [f"{who}-{n}" for n in words]
