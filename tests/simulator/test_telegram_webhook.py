"""Updates that are posted to the bot's own address."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from simulator import Limits, Telegram, serving
from tests.simulator.asking import Bot, buttons, until


class Hook:
    """The bot's own address: writes down what came and answers as it was told."""

    def __init__(self) -> None:
        self.came: list[dict] = []
        self.secrets: list[str | None] = []
        self.times: list[float] = []
        self.answers: list[web.Response] = []
        self.failing_for: set[int] = set()
        self.slow = asyncio.Event()
        self.slow.set()
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.came.append(update)
        self.times.append(time.monotonic())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.slow.wait()
        if update.get("message", {}).get("chat", {}).get("id") in self.failing_for:
            return web.Response(status=500)
        return self.answers.pop(0) if self.answers else web.Response()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.came]

    async def has(self, count: int) -> None:
        await until(lambda: len(self.came) >= count)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def nothing_waits(telegram: Telegram) -> None:
    await until(lambda: not telegram.updates.waiting())


async def test_updates_are_posted_with_the_secret_and_confirmed_by_a_200(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    budi = telegram.phone("Budi")
    budi.writes("satu")

    await bot.do("setWebhook", url=hook.url, secret_token="rahasia-1")
    budi.writes("dua")
    await hook.has(2)
    await nothing_waits(telegram)

    assert hook.texts == ["satu", "dua"]
    assert hook.secrets == ["rahasia-1"] * 2
    info = await bot.do("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (hook.url, 0)


async def test_a_failing_update_comes_again_and_holds_up_only_its_own_chat(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    budi, siti = telegram.phone("Budi"), telegram.phone("Siti")
    hook.failing_for.add(budi.id)
    await bot.do("setWebhook", url=hook.url)

    budi.writes("satu")
    budi.writes("dua")
    siti.writes("lain")
    await hook.has(5)
    seen_while_failing = set(hook.texts)
    info = await bot.do("getWebhookInfo")
    hook.failing_for.clear()
    await nothing_waits(telegram)

    assert seen_while_failing == {"satu", "lain"}
    assert (
        info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    )
    assert info["pending_update_count"] == 2
    assert hook.texts[-1] == "dua"


async def test_between_tries_the_pauses_double(http: aiohttp.ClientSession, hook: Hook) -> None:
    telegram = Telegram(limits=Limits(webhook_second=0.05))
    budi = telegram.phone("Budi")
    hook.failing_for.add(budi.id)

    async with serving(telegram) as address:
        await Bot(http, f"{address}/bot{telegram.token}").do("setWebhook", url=hook.url)
        budi.writes("Halo")
        await hook.has(5)

    pauses = [later - sooner for sooner, later in itertools.pairwise(hook.times)]
    assert pauses[0] < 0.09
    assert 0.1 <= pauses[1] < pauses[2] < pauses[3]
    assert pauses[3] >= 0.4


async def test_a_press_and_a_message_of_one_person_travel_side_by_side(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    budi = telegram.phone("Budi", started=True)
    await bot.do("sendMessage", chat_id=budi.id, text="?", reply_markup=buttons(["Ya"]))
    hook.slow.clear()
    await bot.do("setWebhook", url=hook.url)

    budi.writes("satu")
    budi.writes("dua")
    budi.taps("Ya")
    await hook.has(2)
    under_way = [sorted(update.keys() - {"update_id"}) for update in hook.came]
    hook.slow.set()
    await nothing_waits(telegram)

    assert sorted(under_way) == [["callback_query"], ["message"]]
    assert len(hook.came) == 3


async def test_a_webhook_may_answer_with_a_method(telegram: Telegram, bot: Bot, hook: Hook) -> None:
    budi = telegram.phone("Budi")
    hook.answers.append(
        web.json_response({"method": "sendMessage", "chat_id": budi.id, "text": "Halo juga"})
    )
    await bot.do("setWebhook", url=hook.url)

    budi.writes("Halo")
    await nothing_waits(telegram)
    await until(lambda: budi.heard)

    assert budi.last.text == "Halo juga"


async def test_an_unreachable_webhook_loses_nothing(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    budi = telegram.phone("Budi")
    await bot.do("setWebhook", url="http://127.0.0.1:9/hook")
    budi.writes("Halo")
    await until(lambda: telegram.webhook.failure)
    assert (await bot.do("getWebhookInfo"))["last_error_message"].startswith("Connection failed")

    await bot.do("setWebhook", url=hook.url)
    await hook.has(1)

    assert hook.texts == ["Halo"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"secret_token": "ada spasi"}, "secret token contains unallowed characters"),
        ({"secret_token": "a" * 257}, "secret token is too long"),
        ({"url": "rumah"}, "invalid webhook URL specified"),
        (
            {"url": "http://bapas.go.id/hook"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://bapas.go.id/hook"},
            "bad webhook: the simulator posts only to this machine",
        ),
    ],
)
async def test_a_webhook_that_cannot_be(bot: Bot, asked: dict, words: str) -> None:
    given = {"url": "http://127.0.0.1:9/hook", **asked}

    assert await bot.refused("setWebhook", **given) == f"Bad Request: {words}"


async def test_waiting_updates_go_only_when_the_bot_says_so(telegram: Telegram, bot: Bot) -> None:
    telegram.phone("Budi").writes("Halo")

    await bot.do("deleteWebhook")
    kept = await bot.do("getUpdates")
    await bot.do("deleteWebhook", drop_pending_updates=True)

    assert len(kept) == 1
    assert await bot.do("getUpdates") == []
