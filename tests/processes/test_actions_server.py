"""`kawan actions`: rasa-sdk's server with our answers, behind a token and the client's yes."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest
from sqlalchemy import select

from aftercare.casework.taking_part import leaving
from aftercare.records import clients
from aftercare.records.alerts import Alert
from aftercare.records.conversations import ConversationRow
from aftercare.records.database import Database
from aftercare.records.outbox import Outgoing
from bot.understanding import rules, senders
from kawan import serving
from kawan.commands import processes
from tests.processes import machines
from tests.town import Neighbour, Town

TOKEN: Final = "a-long-word-that-two-servers-share"


@dataclass(slots=True)
class Server:
    address: str
    http: aiohttp.ClientSession

    async def runs(
        self, action: str, sender: str, text: str = "", token: str = TOKEN, **latest: Any
    ) -> tuple[int, dict[str, Any]]:
        """What Rasa gets when it asks for this action."""
        said = {"text": text, "message_id": latest.pop("message_id", text), **latest}
        call = {
            "next_action": action,
            "sender_id": sender,
            "version": "3.21.0",
            "tracker": {"sender_id": sender, "slots": {}, "latest_message": said, "events": []},
        }
        headers = {"Authorization": f"Bearer {token}"}
        async with self.http.post(f"{self.address}/webhook", json=call, headers=headers) as got:
            return got.status, await got.json()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
async def server(town: Town, tmp_path: Path) -> AsyncIterator[Server]:
    port = free_port()
    url = town.database.url.render_as_string(hide_password=False)
    known = {"KAWAN_DATABASE_URL": url, "KAWAN_RASA_TOKEN": TOKEN}
    place = f"127.0.0.1:{port}"
    process = await machines.start("actions", tmp_path, known, "--listen", place)
    try:
        async with aiohttp.ClientSession() as http:
            found = Server(f"http://{place}", http)
            async with asyncio.timeout(60):
                while not await answers(found):  # noqa: ASYNC110 - it rings no bell here
                    await asyncio.sleep(0.2)
            yield found
    finally:
        assert await machines.end(process) == 0


async def answers(server: Server) -> bool:
    try:
        async with server.http.get(f"{server.address}/health") as got:
            return got.status == 200
    except aiohttp.ClientConnectionError:
        return False


async def waiting_for(town: Town, who: Neighbour) -> list[str]:
    async with town.database.transaction() as db:
        keys = select(Outgoing.key).where(Outgoing.person_id == who.id).order_by(Outgoing.id)
        return list(await db.scalars(keys))


async def test_an_answer_is_said_in_telegram_and_noted_by_rasa_in_words(
    town: Town, server: Server
) -> None:
    me = senders.pseudonym(town.budi.id)

    status, said = await server.runs("action_craving", me, "pengen make lagi")

    (one,) = said["responses"]
    assert status == 200
    assert one["custom"] == {"key": "understood.client.craving"}
    assert one["text"].startswith("Lagi kuat-kuatnya")
    assert [button["title"] for button in one["buttons"]][-1] == "Tidak sekarang"
    assert await waiting_for(town, town.budi) == ["understood.client.craving"]


async def test_the_same_call_twice_says_it_once(town: Town, server: Server) -> None:
    me = senders.pseudonym(town.budi.id)

    for _ in range(2):
        await server.runs("action_thanks", me, "makasih", message_id="m1")

    assert await waiting_for(town, town.budi) == ["understood.client.thanks"]


async def test_a_call_that_comes_again_later_begins_nothing_anew(
    town: Town, server: Server
) -> None:
    me = senders.pseudonym(town.budi.id)
    await server.runs("action_lapse", me, "gw make lagi semalem", message_id="m1")
    async with town.database.transaction() as db:
        (first,) = list(await db.scalars(select(ConversationRow)))
        first.state, first.outcome = "ended", "stopped"

    status, said = await server.runs("action_lapse", me, "gw make lagi semalem", message_id="m1")

    assert (status, said["responses"]) == (200, [])
    async with town.database.transaction() as db:
        assert len(list(await db.scalars(select(ConversationRow)))) == 1


async def test_a_conversation_that_an_answer_begins_goes_on_in_telegram(
    town: Town, server: Server
) -> None:
    me = senders.pseudonym(town.budi.id)

    _, said = await server.runs("action_lapse", me, "gw make lagi semalem")

    (one,) = said["responses"]
    assert one["custom"] == {"key": "understood.client.lapse"}
    assert await waiting_for(town, town.budi) == [
        "understood.client.lapse", "lapse_told.client.body",
    ]  # fmt: skip
    assert await waiting_for(town, town.sari) == []


async def test_a_wrong_token_and_none_are_refused_before_anything_is_looked_at(
    town: Town, server: Server
) -> None:
    me = senders.pseudonym(town.budi.id)

    for token in ("wrong", "", TOKEN[:-1], TOKEN + "x"):
        status, _ = await server.runs("action_craving", me, "pengen make", token)
        assert status == 401
    async with server.http.get(f"{server.address}/actions") as got:
        assert got.status == 401
    async with server.http.get(f"{server.address}/actions", params={"token": TOKEN}) as got:
        assert len(await got.json()) == 30
    assert await waiting_for(town, town.budi) == []


async def test_a_pseudonym_that_was_not_made_here_is_nobody(town: Town, server: Server) -> None:
    true = senders.pseudonym(town.budi.id)
    forged = (str(town.budi.id), f"k{town.budi.id}", f"k{town.budi.id}-{'0' * 32}", true[:-1], "")

    for sender in (*forged, senders.pseudonym(town.sari.id), senders.pseudonym(99_999)):
        status, said = await server.runs("action_ask_schedule", sender, "jadwal")
        assert (status, "responses" in said) == (400, False), sender


async def test_who_has_taken_the_consent_back_is_not_answered(town: Town, server: Server) -> None:
    async with town.database.transaction() as db:
        client = await clients.get(db, town.budi.id)
        await leaving.leave(db, client, town.clock.now())

    status, _ = await server.runs("action_craving", senders.pseudonym(town.budi.id), "pengen make")

    assert status == 400


async def test_danger_is_heard_whatever_action_was_chosen(town: Town, server: Server) -> None:
    me = senders.pseudonym(town.budi.id)

    status, said = await server.runs("action_thanks", me, "makasih semuanya, gw udah siapin tali")

    assert (status, said["responses"]) == (200, [])
    assert (await waiting_for(town, town.budi))[0].startswith("crisis.client.card")
    async with town.database.transaction() as db:
        (alert,) = await db.scalars(select(Alert))
    assert alert.level == "crisis"


async def test_a_way_around_a_test_is_refused_whatever_action_was_chosen(
    town: Town, server: Server
) -> None:
    me = senders.pseudonym(town.budi.id)

    await server.runs("action_out_of_scope", me, "gimana cara lolos tes urine")

    assert await waiting_for(town, town.budi) == ["understood.client.evading"]


async def test_rasas_own_doubt_becomes_one_question_of_its_likeliest_meanings(
    town: Town, server: Server
) -> None:
    ranking = [{"name": one, "confidence": 0.3} for one in ("nlu_fallback", "money", "work")]

    _, said = await server.runs(
        "action_nlu_fallback", senders.pseudonym(town.budi.id), "hmm", intent_ranking=ranking
    )

    (one,) = said["responses"]
    assert [button["title"] for button in one["buttons"]] == [
        "Soal uang",
        "Soal kerja",
        "Bukan itu",
    ]


async def test_an_action_that_nobody_has_and_a_call_that_is_none_stop_nothing(
    town: Town, server: Server
) -> None:
    me = senders.pseudonym(town.budi.id)
    headers = {"Authorization": f"Bearer {TOKEN}"}

    assert (await server.runs("action_fly", me))[0] == 404
    for body in ("[]", "{", '{"next_action": "action_thanks"}', ""):
        async with server.http.post(f"{server.address}/webhook", data=body, headers=headers) as got:
            assert got.status in (400, 500)

    assert (await server.runs("action_thanks", me, "makasih"))[0] == 200


async def test_nothing_that_was_written_is_in_the_log(
    town: Town, server: Server, tmp_path: Path
) -> None:
    me = senders.pseudonym(town.budi.id)
    await server.runs("action_money", me, "semangkukmelati abis")
    await server.runs("action_fly", me, "semangkukmelati")

    log = machines.log_of(tmp_path)
    assert "semangkukmelati" not in log
    assert TOKEN not in log


async def test_a_call_is_answered_quickly(town: Town, server: Server) -> None:
    me = senders.pseudonym(town.budi.id)
    loop = asyncio.get_running_loop()
    await server.runs("action_thanks", me, "makasih")

    began = loop.time()
    await server.runs("action_thanks", me, "makasih lagi")

    assert loop.time() - began < 1.0


async def refused(folder: Path, *words: str, **variables: str) -> str:
    """What `kawan actions` says instead of serving; it ends with status 2."""
    known = {"KAWAN_SECRET_KEY": machines.KEY, "PYTHONPATH": str(machines.ROOT), **variables}
    theirs = {name: one for name, one in os.environ.items() if not name.startswith("KAWAN_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from kawan.command import main; main()", "actions", *words,
        cwd=folder, env={**theirs, **known}, stderr=PIPE,
    )  # fmt: skip
    _, told = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 2
    return told.decode()


async def test_without_a_token_and_with_a_wrong_place_it_says_what_it_takes(
    url: str, tmp_path: Path
) -> None:
    known = {"KAWAN_DATABASE_URL": url}

    assert "KAWAN_RASA_TOKEN is not set" in await refused(tmp_path, **known)
    known["KAWAN_RASA_TOKEN"] = "short"
    assert "KAWAN_RASA_TOKEN" in await refused(tmp_path, **known)
    known["KAWAN_RASA_TOKEN"] = TOKEN
    for place in ("nowhere", "127.0.0.1:0", "127.0.0.1:99999", ":5055"):
        assert "--listen takes HOST:PORT" in await refused(tmp_path, "--listen", place, **known)


def test_it_listens_on_this_machine_alone_unless_told_otherwise() -> None:
    assert json.dumps(processes.actions.__defaults__) == '["127.0.0.1:5055"]'


async def test_what_hears_danger_is_read_before_the_first_call_and_not_at_a_cry(
    database: Database,
) -> None:
    rules.load.cache_clear()

    await serving.warm(database)

    assert rules.load.cache_info().currsize == 1
