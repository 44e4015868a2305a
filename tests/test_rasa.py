"""A Rasa server may read what people want; slow, down or wrong, it is done without."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.understanding import rasa, senders
from bot.understanding.rasa import Rasa
from tests.town import Neighbour, Town

WORDS = "duit abis, bingung bayar kontrakan"
EMBEDDED, BY_RASA = ["understood.client.money"], ["understood.client.sleep"]


def reads(name: str, confidence: float, *others: str) -> dict[str, Any]:
    """What `/model/parse` of Rasa 3.6 answers."""
    ranking = [{"name": name, "confidence": confidence}]
    ranking += [{"name": one, "confidence": 0.1} for one in others]
    return {"text": "-", "intent": ranking[0], "entities": [], "intent_ranking": ranking}


@dataclass
class FakeRasa:
    """Notes what it is sent; `answer` makes the answer."""

    answer: Callable[[], Awaitable[web.Response]]
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    async def parse(self, request: web.Request) -> web.Response:
        self.asked.append((request.path, request.query_string, await request.json()))
        return await self.answer()

    def says(self, said: object, status: int = 200) -> None:
        async def answer() -> web.Response:
            return web.Response(text=json.dumps(said), status=status)

        self.answer = answer


@pytest.fixture
async def fake(town: Town) -> AsyncIterator[FakeRasa]:
    made = FakeRasa(answer=asyncio.Event().wait)  # type: ignore[arg-type]
    made.says(reads("sleep", 0.97, "money", "work"))
    app = web.Application()
    app.router.add_post("/model/parse", made.parse)
    server = TestServer(app)
    await server.start_server()
    town.doorway.opinions.reader = Rasa.at(str(server.make_url("/")))
    yield made
    await server.close()


@pytest.fixture
async def budi(town: Town) -> Neighbour:
    await town.budi.heard()
    return town.budi


async def test_what_rasa_reads_is_answered(budi: Neighbour, fake: FakeRasa) -> None:
    await budi.writes(WORDS)

    assert await budi.heard() == BY_RASA


async def test_it_is_sent_the_words_and_a_pseudonym_and_nothing_else(
    budi: Neighbour, fake: FakeRasa
) -> None:
    await budi.writes(WORDS)

    ((path, query, sent),) = fake.asked
    assert (path, query) == ("/model/parse", "")
    assert sent == {"text": WORDS, "sender_id": senders.pseudonym(budi.id)}
    assert senders.person_of(sent["sender_id"]) == budi.id


async def test_a_token_in_the_address_is_sent_along(
    town: Town, budi: Neighbour, fake: FakeRasa
) -> None:
    known = town.doorway.opinions.reader
    assert isinstance(known, Rasa)
    known.url = known.url.with_query(token="abc")

    await budi.writes(WORDS)

    assert fake.asked[0][1] == "token=abc"


async def test_what_needs_no_reading_is_never_sent(
    town: Town, budi: Neighbour, fake: FakeRasa
) -> None:
    await budi.writes("pengen mati aja")
    await budi.taps("Aku aman")
    await budi.taps("Sudah reda")
    await budi.writes("/jadwal")
    await budi.writes("/cekin")
    await budi.writes("biasa saja")
    await budi.writes("3")
    await budi.writes("Ada")
    await budi.writes("saya sudah sampai")
    await budi.writes("gimana cara lolos tes urine")
    await town.sari.writes(WORDS)
    await (await town.stranger()).writes(WORDS)

    assert fake.asked == []


async def test_what_rasa_is_not_sure_of_is_asked_with_its_own_likeliest_meanings(
    budi: Neighbour, fake: FakeRasa
) -> None:
    fake.says(reads("sleep", rasa.SURE - 0.01, "money", "work"))

    await budi.writes(WORDS)

    assert await budi.heard() == ["understood.client.which"]
    assert budi.phone.buttons == ["Susah tidur", "Soal uang", "Soal kerja", "Bukan itu"]


async def test_the_reason_of_an_absence_is_read_here_where_rasa_gives_none(
    budi: Neighbour, fake: FakeRasa
) -> None:
    fake.says(reads("cannot_attend/work", 0.99))

    found = rasa.intent_of(reads("cannot_attend", 0.99), "maaf besok ga bisa, lagi demam")
    await budi.writes("ga bisa dateng, ngapain juga")

    assert (found.name, found.reason, found.sure) == ("cannot_attend", "illness", True)
    assert (await budi.heard())[0].startswith("understood.client.")


@pytest.mark.parametrize(
    "said",
    [
        [],
        "halo",
        None,
        {},
        {"intent": None},
        {"intent": "sleep"},
        {"intent": {"name": "sleep"}},
        {"intent": {"name": "sleep", "confidence": "much"}},
        {"intent": {"name": "sleep", "confidence": 1.7}},
        {"intent": {"name": "sleep", "confidence": -1}},
        {"intent": {"name": "sleep", "confidence": float("nan")}},
        {"intent": {"name": "sleep", "confidence": True}},
        {"intent": {"name": None, "confidence": 0.9}},
        {"intent": {"name": "order_pizza", "confidence": 0.99}},
        {"intent": {"name": "nlu_fallback", "confidence": 0.99}},
        {"intent": {"name": "sleep", "confidence": 0.9}, "long": "x" * 300_000},
    ],
    ids=lambda said: json.dumps(said)[:50],
)
async def test_nonsense_is_read_by_the_embedded_reader(
    budi: Neighbour, fake: FakeRasa, said: object
) -> None:
    fake.says(said)

    await budi.writes(WORDS)

    assert await budi.heard() == EMBEDDED
    assert len(fake.asked) == 1


@pytest.mark.parametrize("status", [204, 302, 401, 404, 500])
async def test_a_refusal_is_read_by_the_embedded_reader(
    budi: Neighbour, fake: FakeRasa, status: int
) -> None:
    fake.says(reads("sleep", 0.97), status)

    await budi.writes(WORDS)

    assert await budi.heard() == EMBEDDED


async def test_words_are_not_carried_on_to_another_address(budi: Neighbour, fake: FakeRasa) -> None:
    async def elsewhere() -> web.Response:
        return web.Response(status=307, headers={"Location": "/model/parse?again"})

    fake.answer = elsewhere
    await budi.writes(WORDS)

    assert len(fake.asked) == 1
    assert await budi.heard() == EMBEDDED


@pytest.mark.parametrize("said", ['{"intent": ', "<html>", "[" * 100_000], ids=lambda one: one[:9])
async def test_what_is_no_json_at_all_is_read_by_the_embedded_reader(
    budi: Neighbour, fake: FakeRasa, caplog: pytest.LogCaptureFixture, said: str
) -> None:
    async def broken() -> web.Response:
        return web.Response(text=said)

    fake.answer = broken
    await budi.writes(WORDS)

    assert await budi.heard() == EMBEDDED
    assert [one.message for one in caplog.records if one.levelname == "WARNING"] == [
        "read without rasa"
    ]


async def test_a_server_that_is_down_is_done_without(town: Town, budi: Neighbour) -> None:
    town.doorway.opinions.reader = Rasa.at("http://127.0.0.1:9")

    await budi.writes(WORDS)

    assert await budi.heard() == EMBEDDED


async def test_a_slow_server_is_waited_for_two_seconds_once_and_then_left_to_rest(
    budi: Neighbour, fake: FakeRasa
) -> None:
    async def slow() -> web.Response:
        await asyncio.sleep(20)
        return web.Response(text="{}")

    fake.answer = slow
    loop = asyncio.get_running_loop()
    began = loop.time()
    await budi.writes(WORDS)
    took = loop.time() - began
    await budi.writes(WORDS)
    again = loop.time() - began - took

    assert await budi.heard() == EMBEDDED * 2
    assert rasa.PATIENCE <= took < rasa.PATIENCE + 1.5
    assert again < rasa.PATIENCE
    assert len(fake.asked) == 1


async def test_nobody_waits_for_rasa_behind_somebody_else(
    town: Town, budi: Neighbour, fake: FakeRasa
) -> None:
    asep = await town.client("Asep")
    held = hold(fake)
    budi.phone.writes(WORDS)
    await town.keep()
    assert await town.doorway.let_in()
    asep.phone.writes("pengen mati aja")
    await town.keep()

    assert await town.doorway.let_in()
    await town.house.delivery.empty()

    assert (await asep.heard())[0].startswith("crisis.client.card")
    assert await budi.heard() == []
    held.set()
    await town.settle()
    assert await budi.heard() == BY_RASA


async def test_danger_in_ones_own_next_words_does_not_wait_for_rasa(
    town: Town, budi: Neighbour, fake: FakeRasa
) -> None:
    hold(fake)
    budi.phone.writes(WORDS)
    await town.keep()
    assert await town.doorway.let_in()
    assert await town.doorway.let_in() is False
    budi.phone.writes("pengen mati aja")
    loop = asyncio.get_running_loop()
    began = loop.time()

    await town.settle()

    heard = await budi.heard()
    assert loop.time() - began < rasa.PATIENCE
    assert {key.rpartition(".")[0] for key in heard} >= {"crisis.client", "understood.client"}


def hold(fake: FakeRasa) -> asyncio.Event:
    """Rasa answers when the event is set."""
    held = asyncio.Event()

    async def answer() -> web.Response:
        await held.wait()
        return web.Response(text=json.dumps(reads("sleep", 0.97)))

    fake.answer = answer
    return held


async def test_no_network_means_no_difference(town: Town, budi: Neighbour) -> None:
    assert town.doorway.opinions.reader is None

    await budi.writes(WORDS)

    assert await budi.heard() == EMBEDDED
