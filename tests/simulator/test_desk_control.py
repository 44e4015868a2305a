"""The desk as a process of its own, driven over HTTP as kill tests do."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from simulator import Telegram
from tests.simulator.asking import Bot, buttons, until


class Desk:
    """Somebody at the desk."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        self.http = http
        self.address = address

    async def post(self, path: str, **body: object):
        async with self.http.post(f"{self.address}{path}", json=body) as answer:
            return await answer.json()

    async def get(self, path: str):
        async with self.http.get(f"{self.address}{path}") as answer:
            return await answer.json()


@pytest.fixture
def desk(http: aiohttp.ClientSession, address: str) -> Desk:
    return Desk(http, address)


@pytest.fixture
async def process(http: aiohttp.ClientSession, tmp_path: Path) -> AsyncIterator[Desk]:
    command = (sys.executable, "-m", "simulator", "--journal", str(tmp_path / "journal.jsonl"))
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert child.stdout
    line = await asyncio.wait_for(child.stdout.readline(), 20)
    yield Desk(http, line.decode().strip())
    child.terminate()
    assert await asyncio.wait_for(child.wait(), 10) == 0


@pytest.mark.slow
async def test_a_process_of_its_own_is_driven_from_outside(process: Desk, tmp_path: Path) -> None:
    bot = Bot(process.http, f"{process.address}/bot{Telegram().token}")

    budi = await process.post("/control/phones", first_name="Budi", role="klien")
    await process.post(f"/control/phones/{budi['key']}/open", link="t.me/KawanPulihBot?start=abc")
    [started] = await bot.do("getUpdates")
    await process.post("/control/faults", method="sendMessage", status=429, retry_after=3)
    refused = await bot.ask("sendMessage", chat_id=budi["id"], text="Halo")
    await bot.do("sendMessage", chat_id=budi["id"], text="Halo", reply_markup=buttons(["Ya"]))
    await process.post(f"/control/phones/{budi['key']}/tap", label="Ya")

    assert started["message"]["text"] == "/start abc"
    assert refused["parameters"]["retry_after"] == 3
    assert [list(update)[1] for update in await bot.do("getUpdates")] == [
        "message",
        "callback_query",
    ]
    shown = await process.get(f"/control/phones/{budi['key']}")
    assert [message["text"] for message in shown["messages"]] == ["/start abc", "Halo"]
    lines = (tmp_path / "journal.jsonl").read_text().splitlines()
    assert [json.loads(line)["kind"] for line in lines].count("delivered") == 1
    assert await process.get("/control/journal?kind=delivered") == [
        entry for entry in map(json.loads, lines) if entry["kind"] == "delivered"
    ]


async def test_every_deed_has_an_address(telegram: Telegram, desk: Desk) -> None:
    budi = telegram.phone("Budi")
    here = "/control/phones/budi"

    await desk.post(f"{here}/offer", link=telegram.link("abc"))
    assert budi.pending_link
    await desk.post(f"{here}/start")
    await desk.post(f"{here}/write", text="Halo")
    await desk.post(f"{here}/send", content={"sticker": {}}, caption="x")
    await desk.post(f"{here}/block")
    refused = await desk.post(f"{here}/write", text="Halo")
    await desk.post(f"{here}/unblock")
    await desk.post(f"{here}/deactivate")

    assert refused == {"error": "Budi has blocked the bot and cannot write to it."}
    assert [message.text for message in budi.chat.in_order()] == ["/start abc", "Halo", ""]
    assert budi.chat.deactivated
    assert (await desk.post(f"{here}/fly"))["error"] == "nobody can fly"
    assert (await desk.post("/control/phones/nobody/write"))["error"] == "no such phone"
    assert "error" in await desk.post("/control/phones", nickname="Budi")


async def test_updates_numbers_and_floods_are_ordered_from_outside(
    telegram: Telegram, desk: Desk, bot: Bot
) -> None:
    budi = telegram.phone("Budi", started=True)

    await desk.post("/control/numbering", next_id=5)
    await desk.post("/control/updates", strange={"a": 1})
    await desk.post("/control/flood", seconds=30)

    assert await desk.get("/control/updates") == [{"update_id": 5, "strange": {"a": 1}}]
    assert (await bot.ask("sendMessage", chat_id=budi.id, text="x"))["error_code"] == 429
    assert "error" in await desk.post("/control/faults", method="getMe", colour="red")


async def test_the_clock_moves_by_as_much_as_it_is_told(telegram: Telegram, desk: Desk) -> None:
    before = telegram.clock.now()

    moved = await desk.post("/clock", minutes=90)
    backwards = await desk.post("/clock", minutes=-5)
    nothing_next = await desk.post("/clock", to="next")

    assert telegram.clock.now() - before == timedelta(minutes=90)
    assert moved["moving"] is False
    assert datetime.fromisoformat(moved["now"]) == telegram.clock.now()
    assert "Jam hanya maju" in backwards["error"]
    assert nothing_next["error"] == "Tidak ada acara berikutnya."


class SlowClock:
    """Moves only when it is let go, like a product with much to do."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        self.let_go = asyncio.Event()

    def now(self) -> datetime:
        return self.moment

    async def move(self, delta: timedelta) -> None:
        self.moment += delta / 2
        await self.let_go.wait()
        self.moment += delta / 2

    async def to_next_event(self) -> None:
        await self.move(timedelta(hours=3))


async def test_while_the_clock_moves_its_progress_shows_and_nobody_else_moves_it(
    http: aiohttp.ClientSession,
) -> None:
    from simulator import serving

    clock = SlowClock()
    async with (
        asyncio.timeout(10),
        serving(Telegram(clock=clock)) as address,
        asyncio.TaskGroup() as work,
    ):
        desk = Desk(http, address)
        moving = work.create_task(desk.post("/clock", minutes=60))
        await until(lambda: clock.moment.minute == 30)
        shown = await desk.get("/clock")
        second = await desk.post("/clock", minutes=1)
        clock.let_go.set()
        done = await moving
        await desk.post("/clock", to="next")

    assert (shown["moving"], shown["progress"]) == (True, 0.5)
    assert second["error"] == "Jam masih berjalan. Tunggu sebentar, ya."
    assert (done["moving"], done["now"]) == (False, "2026-11-23T03:00:00+00:00")
    assert clock.now().hour == 6


async def test_a_real_clock_is_left_alone(http: aiohttp.ClientSession) -> None:
    from simulator import serving

    async with serving(Telegram()) as address:
        desk = Desk(http, address)
        refused = await desk.post("/clock", minutes=60)
        shown = await desk.get("/clock")

    assert refused["error"] == "Jam ini jam sungguhan, jadi tidak bisa dimajukan."
    assert shown["movable"] is False


@pytest.mark.parametrize("path", ["/control/phones", "/clock", "/control/updates"])
async def test_a_strangers_page_cannot_drive_the_desk(
    telegram: Telegram, http: aiohttp.ClientSession, address: str, path: str
) -> None:
    async with http.post(f"{address}{path}", data='{"first_name": "X"}') as form:
        assert form.status == 415
    async with http.get(f"{address}/control/phones", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403
    assert telegram.phones == {}


async def test_the_stream_tells_everything_first_and_then_each_change(
    telegram: Telegram, http: aiohttp.ClientSession, address: str, bot: Bot
) -> None:
    budi = telegram.phone("Budi", role="klien", started=True)

    async with http.get(f"{address}/stream") as stream:
        events = (json.loads(line[6:]) async for line in stream.content if line.startswith(b"data"))
        everything = await anext(events)
        await bot.do("sendMessage", chat_id=budi.id, text="Halo <b>")
        told = await anext(events)
        while told["what"] == "clock":
            told = await anext(events)

    assert everything["what"] == "everything"
    assert [phone["role"] for phone in everything["phones"]] == ["klien"]
    assert (told["what"], told["phone"]["unread"]) == ("message", 1)
    assert told["message"]["html"] == "Halo &lt;b&gt;"


async def test_a_lock_screen_covers_what_is_hidden(telegram: Telegram, bot: Bot) -> None:
    from simulator import views

    budi = telegram.phone("Budi", started=True)
    await bot.do(
        "sendMessage", chat_id=budi.id, text="Kode: <tg-spoiler>4411</tg-spoiler>\n" + "a" * 200,
        parse_mode="HTML",
    )  # fmt: skip
    await bot.upload("sendDocument", "document", ("surat.pdf", b"%PDF"), chat_id=budi.id)

    first, second = (views.preview(message) for message in budi.heard)
    assert first.startswith("Kode: ▒▒▒▒ aaa")
    assert first.endswith("…")
    assert len(first) <= 111
    assert second == "📎 surat.pdf"
