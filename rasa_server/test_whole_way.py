"""A real Rasa server, trained from our own examples, reads for the bot and calls our answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest
import pytest_asyncio
from sqlalchemy import insert
from yarl import URL

from aftercare import sealed
from aftercare.clock import SystemClock
from aftercare.records import clients, offices, people, schema
from aftercare.records.consents import Consent
from aftercare.records.database import Database
from aftercare.records.staff import Staff
from bot.understanding import report, senders
from bot.understanding.rasa import Rasa
from rasa_server import servers
from rasa_server.servers import Wire
from tests.processes import machines
from tests.processes.machines import Desk

TOKEN: Final = "a-word-that-only-the-two-servers-know"
pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(frozen=True, slots=True)
class Place:
    """Everything that runs, and Budi, who has joined."""

    desk: Desk
    rasa: str
    actions: str
    wire: Wire
    phone: dict[str, Any]
    budi: int

    async def heard(self, since: int = 0) -> list[str]:
        chat = self.phone["id"]
        delivered = await self.desk.journal("delivered")
        return [str(one) for one in delivered if str(chat) in str(one)][since:]

    async def hears(self, words: str, since: int) -> float:
        """How many seconds it takes until a new message with these words is on Budi's phone."""
        began = time.monotonic()
        async with asyncio.timeout(30):
            while not any(words in one for one in await self.heard(since)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return time.monotonic() - began


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rasa")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place(folder: Path) -> AsyncIterator[Place]:
    model = await servers.train(folder)
    actions = servers.free_address()
    url = f"sqlite+aiosqlite:///{folder}/kawan.db"
    async with machines.simulator() as desk, servers.rasa(model, actions, TOKEN) as rasa:
        wire = Wire(rasa)
        phone = await desk.add_phone("Budi")
        budi = await settle_in(url, phone["id"])
        variables = {"KAWAN_DATABASE_URL": url, "KAWAN_TELEGRAM_API": desk.address}
        variables |= {"KAWAN_RASA_TOKEN": TOKEN}
        async with wire.open() as address:
            bot = await machines.start("run", folder, {**variables, "KAWAN_RASA_URL": address})
            listen = actions.removeprefix("http://")
            door = await machines.start("actions", folder, variables, "--listen", listen)
            try:
                await servers.answers(f"{actions}/health", door)
                yield Place(desk, rasa, actions, wire, phone, budi)
            finally:
                assert await machines.end(door) == 0
                assert await machines.end(bot) == 0


async def settle_in(url: str, account: int) -> int:
    """An office with Sari, and Budi, who said yes."""
    sealed.unlock(machines.KEY)
    database, now = Database(url), SystemClock().now()
    await schema.upgrade(database)
    async with database.transaction() as db:
        office = offices.Office(name="Bapas", waits={}, made_at=now)
        db.add(office)
        await db.flush()
        sari = people.add(db, "officer", "Sari", now=now, office_id=office.id)
        budi = people.add(db, "client", "Budi", now=now, office_id=office.id)
        await db.flush()
        budi.telegram_id = account
        db.add(Staff(id=sari.id))
        db.add(clients.Client(id=budi.id, officer_id=sari.id, joined_at=now))
        await db.flush()
        agreed = {"person_id": budi.id, "given": True, "text_version": "1", "at": now}
        rows = [{**agreed, "kind": kind} for kind in ("join", "check_ins")]
        await db.execute(insert(Consent), rows)
    await database.close()
    return budi.id


async def test_what_was_never_learnt_from_is_read_well_enough(place: Place) -> None:
    reader, held_out = Rasa(URL(place.rasa), patience=30), tuple(report.held_out_intents())

    read = [(one.intent, await reader.read(one.text, "somebody")) for one in held_out]

    right = sum(got is not None and got.name == meant for meant, got in read)
    mistakes = sum(got is not None and got.sure and got.name != meant for meant, got in read)
    print(f"right {right / len(read):.1%}, acted on and wrong {mistakes / len(read):.1%}")  # noqa: T201
    assert right / len(read) >= 0.80
    assert mistakes / len(read) <= 0.05


async def test_what_rasa_reads_is_answered_on_the_phone(place: Place) -> None:
    before = len(await place.heard())

    await place.desk.writes(place.phone["key"], "susah banget nih nahan pengen make")

    await place.hears("Lagi kuat-kuatnya", before)
    sent = place.wire.sent[-1]
    assert sent == {
        "text": "susah banget nih nahan pengen make",
        "sender_id": senders.pseudonym(place.budi),
    }


async def test_danger_is_answered_without_asking_rasa(place: Place) -> None:
    before, asked = len(await place.heard()), len(place.wire.sent)

    await place.desk.writes(place.phone["key"], "aku mau mati aja malam ini")

    await place.hears("119", before)
    assert len(place.wire.sent) == asked


async def test_a_server_that_dawdles_is_answered_without_after_two_seconds(place: Place) -> None:
    before, place.wire.pause = len(await place.heard()), 20.0

    await place.desk.writes(place.phone["key"], "makasih banyak ya udah dibantu")
    took = await place.hears("Sama-sama", before)

    place.wire.pause = 0.0
    assert took < 4


async def test_rasa_calls_our_answer_and_the_person_reads_it(place: Place) -> None:
    before = len(await place.heard())

    said = await told_to_rasa(place, senders.pseudonym(place.budi), "jadwal aku kapan ya kak")

    [told] = [one["text"] for one in said if "text" in one]
    await place.hears(told.splitlines()[0], before)


async def test_a_sender_that_we_did_not_name_gets_nothing(place: Place) -> None:
    before = len(await place.heard())

    said = await told_to_rasa(place, f"k{place.budi}-{'0' * 32}", "jadwal aku kapan ya kak")

    assert said == []
    assert await place.heard(before) == []


async def test_whoever_does_not_hold_the_token_is_turned_away(place: Place) -> None:
    call = {"next_action": "action_ask_schedule", "sender_id": "x", "tracker": {}}
    wrong = f"{place.actions}/webhook?token=wrong"
    async with aiohttp.ClientSession() as http, http.post(wrong, json=call) as answer:
        status = answer.status

    assert status == 401


async def told_to_rasa(place: Place, sender: str, words: str) -> list[dict[str, Any]]:
    """A whole turn of Rasa's: it reads, chooses the action, calls it, and gives what was said."""
    said = {"sender": sender, "message": words}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{place.rasa}/webhooks/rest/webhook", json=said) as answer,
    ):
        assert answer.status == 200
        return list(await answer.json())
