"""Every update becomes a row before Telegram is told that it arrived, whatever goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from aftercare.clock import MovableClock
from aftercare.records.database import Database
from aftercare.records.inbox import Update
from aftercare.settings import WrongToken
from bot import ears, hearing
from bot.ears import Ears
from simulator import Limits, Telegram, desk
from tests.waiting import until


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(limits=Limits(unpaced=True))


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ears, "FIRST_REST", 0.02)
    monkeypatch.setattr(ears, "LONGEST_REST", 0.05)


Listening = Callable[[], Any]


@pytest.fixture
async def listening(
    telegram: Telegram, database: Database, clock: MovableClock
) -> AsyncIterator[Listening]:
    """`async with listening():` has the ears open against the simulated Telegram."""
    async with desk.serving(telegram) as address:

        @asynccontextmanager
        async def open_ears(token: str = telegram.token) -> AsyncIterator[asyncio.Task[None]]:
            bot = hearing.bot(token, address)
            task = asyncio.ensure_future(Ears(bot, database, clock, poll_seconds=1).run())
            try:
                yield task
            finally:
                task.cancel()
                await asyncio.wait((task,))
                await bot.session.close()

        yield open_ears


async def kept(database: Database) -> list[Update]:
    async with database.transaction() as db:
        return list(await db.scalars(select(Update).order_by(Update.seq)))


async def until_kept(database: Database, number: int) -> list[Update]:
    async with asyncio.timeout(20):
        while len(rows := await kept(database)) < number:  # noqa: ASYNC110 - a row rings no bell
            await asyncio.sleep(0.01)
    return rows


async def test_what_budi_writes_is_kept_and_then_acknowledged(
    telegram: Telegram, database: Database, listening: Listening
) -> None:
    budi = telegram.phone("Budi", started=True)
    budi.writes("halo")

    async with listening():
        (row,) = await until_kept(database, 1)
        await until(lambda: not telegram.updates.waiting())

    assert row.sender == budi.chat.id
    assert "halo" in (row.raw or "")


async def test_nothing_is_acknowledged_while_the_database_is_away(
    telegram: Telegram,
    database: Database,
    listening: Listening,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, tries = ears.inbox.store, []

    async def locked(*given: Any) -> None:
        tries.append(given)
        if len(tries) < 4:
            assert telegram.updates.waiting()
            raise OperationalError("INSERT", {}, Exception("database is locked"))
        await store(*given)

    monkeypatch.setattr(ears.inbox, "store", locked)
    telegram.phone("Budi", started=True).writes("halo")

    async with listening():
        await until_kept(database, 1)

    assert len(tries) == 4


async def test_an_update_that_comes_again_is_known_again(
    telegram: Telegram, database: Database, listening: Listening
) -> None:
    message = {"message": {"text": "halo", "from": {"id": 7}}}
    telegram.inject({"update_id": 41, **message})
    async with listening():
        await until_kept(database, 1)
        await until(lambda: not telegram.updates.waiting())

    telegram.inject({"update_id": 41, **message})
    telegram.inject({"update_id": 42, **message})
    async with listening():
        await until_kept(database, 2)
        await until(lambda: not telegram.updates.waiting())

    assert [row.update_id for row in await kept(database)] == [41, 42]


async def test_numbers_that_start_again_lower_after_a_quiet_week_are_heard(
    telegram: Telegram, database: Database, listening: Listening
) -> None:
    budi = telegram.phone("Budi", started=True)
    budi.writes("sebelum")
    async with listening():
        await until_kept(database, 1)
        await until(lambda: not telegram.updates.waiting())
        telegram.updates.restart_at(1000)
        budi.writes("sesudah")
        budi.writes("sesudahnya lagi")
        rows = await until_kept(database, 3)

    assert [row.update_id for row in rows][1:] == [1000, 1001]


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 502, "html": True},
        {"status": 409, "description": "Conflict: terminated by other getUpdates request"},
        {"status": 500, "description": "Internal Server Error"},
        {"reset": True},
    ],
)
async def test_a_bad_answer_is_waited_out(
    telegram: Telegram, database: Database, listening: Listening, fault: dict[str, Any]
) -> None:
    telegram.faults.next("getUpdates", times=3, **fault)
    telegram.phone("Budi", started=True).writes("halo")

    async with listening():
        await until_kept(database, 1)

    assert not telegram.faults.left


async def test_a_429_is_waited_out_for_as_long_as_telegram_says(
    telegram: Telegram, database: Database, listening: Listening
) -> None:
    telegram.faults.next("getUpdates", status=429, retry_after=1)
    telegram.phone("Budi", started=True).writes("halo")
    began = asyncio.get_running_loop().time()

    async with listening():
        await until_kept(database, 1)

    assert asyncio.get_running_loop().time() - began >= 1.0


async def test_a_webhook_from_an_earlier_life_is_taken_down_and_what_waits_is_kept(
    telegram: Telegram, database: Database, listening: Listening
) -> None:
    telegram.webhook.url = "https://old.example.org/hook"
    telegram.phone("Budi", started=True).writes("halo")

    async with listening():
        await until_kept(database, 1)

    assert not telegram.webhook.url


async def test_an_update_that_no_library_can_read_is_kept_like_every_other(
    telegram: Telegram, database: Database, listening: Listening
) -> None:
    telegram.inject({"message": {"chat": "no object", "date": []}})
    telegram.phone("Budi", started=True).writes("halo")

    async with listening():
        rows = await until_kept(database, 2)
        await until(lambda: not telegram.updates.waiting())

    assert rows[0].sender == 0


async def test_a_wrong_token_ends_the_ears_with_one_clear_sentence(listening: Listening) -> None:
    async with listening(token="7100000001:wrong") as task:
        finished: Awaitable[Any] = asyncio.wait((task,), timeout=20)
        await finished

    assert isinstance(task.exception(), WrongToken)
    assert "KAWAN_BOT_TOKEN" in str(task.exception())
