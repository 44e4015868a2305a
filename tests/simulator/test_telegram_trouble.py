"""Trouble on order: refusals, silence, broken answers."""

import asyncio
import time

import aiohttp
import pytest

from simulator import Telegram
from tests.simulator.asking import Bot


async def test_an_ordered_429_meets_the_next_call_and_no_other(
    telegram: Telegram, bot: Bot
) -> None:
    budi = telegram.phone("Budi", started=True)
    telegram.faults.next("sendMessage", status=429, retry_after=7)

    refused = await bot.ask("sendMessage", chat_id=budi.id, text="satu")
    await bot.do("sendMessage", chat_id=budi.id, text="dua")

    assert refused["parameters"] == {"retry_after": 7}
    assert refused["description"] == "Too Many Requests: retry after 7"
    assert [message.text for message in budi.heard] == ["dua"]


async def test_trouble_can_wait_for_one_chat_and_come_several_times(
    telegram: Telegram, bot: Bot
) -> None:
    budi, siti = (telegram.phone(name, started=True) for name in ("Budi", "Siti"))
    telegram.faults.next("*", times=2, status=500, chat=budi.id)

    await bot.do("sendMessage", chat_id=siti.id, text="Halo")
    refusals = [await bot.refused("sendMessage", chat_id=budi.id, text="Halo") for _ in range(2)]
    await bot.do("sendMessage", chat_id=budi.id, text="Halo")

    assert refusals == ["Internal Server Error"] * 2
    assert telegram.faults.left == 0


async def test_a_message_can_arrive_although_its_answer_never_does(
    telegram: Telegram, bot: Bot
) -> None:
    budi = telegram.phone("Budi", started=True)
    telegram.faults.next("sendMessage", delivered=True, hang=True)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await bot.ask("sendMessage", chat_id=budi.id, text="Halo")

    assert [message.text for message in budi.heard] == ["Halo"]
    assert len(telegram.journal.delivered(budi.id)) == 1


async def test_a_hang_without_delivery_delivers_nothing(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi", started=True)
    telegram.faults.next("sendMessage", hang=True)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await bot.ask("sendMessage", chat_id=budi.id, text="Halo")

    assert budi.heard == []


async def test_a_gateway_answers_with_a_page_instead_of_json(telegram: Telegram, bot: Bot) -> None:
    telegram.faults.next("getMe", html=True)

    async with bot.http.get(f"{bot.base}/getMe") as answer:
        assert answer.status == 502
        assert "<html>" in await answer.text()


@pytest.mark.parametrize("delivered", [False, True])
async def test_a_connection_can_be_cut_before_or_after_delivery(
    telegram: Telegram, bot: Bot, delivered: bool
) -> None:
    budi = telegram.phone("Budi", started=True)
    telegram.faults.next("sendMessage", reset=True, delivered=delivered)

    with pytest.raises(aiohttp.ClientError):
        await bot.ask("sendMessage", chat_id=budi.id, text="Halo")

    assert len(budi.heard) == delivered


async def test_a_slow_answer_is_still_an_answer(telegram: Telegram, bot: Bot) -> None:
    telegram.faults.next("getMe", delay=0.2)
    began = time.monotonic()

    await bot.do("getMe")

    assert time.monotonic() - began >= 0.2
