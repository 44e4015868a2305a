"""What waits for the bot, what confirms it, and who may ask."""

import asyncio
from datetime import timedelta

from simulator import Telegram
from simulator.clock import HandClock
from tests.simulator.asking import Bot, buttons


def texts(updates: list[dict]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_come_again_until_the_offset_passes_them(
    telegram: Telegram, bot: Bot
) -> None:
    budi = telegram.phone("Budi")
    for text in ("satu", "dua", "tiga"):
        budi.writes(text)

    first = await bot.do("getUpdates")
    again = await bot.do("getUpdates")
    rest = await bot.do("getUpdates", offset=first[1]["update_id"])
    none = await bot.do("getUpdates", offset=first[2]["update_id"] + 1)

    assert texts(first) == ["satu", "dua", "tiga"]
    assert again == first
    assert texts(rest) == ["dua", "tiga"]
    assert none == await bot.do("getUpdates") == []


async def test_at_most_a_hundred_come_at_once(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi")
    for number in range(120):
        budi.writes(str(number))

    assert len(await bot.do("getUpdates")) == 100
    assert len(await bot.do("getUpdates", limit=500)) == 100
    assert texts(await bot.do("getUpdates", limit=2)) == ["0", "1"]
    assert texts(await bot.do("getUpdates", offset=-1)) == ["119"]


async def test_a_long_poll_ends_when_somebody_writes(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi")

    async with asyncio.timeout(5), asyncio.TaskGroup() as work:
        poll = work.create_task(bot.do("getUpdates", timeout=50))
        await asyncio.sleep(0.05)
        budi.writes("Halo")

    assert texts(poll.result()) == ["Halo"]


async def test_a_long_poll_ends_empty_after_its_time(bot: Bot) -> None:
    async with asyncio.timeout(5):
        assert await bot.do("getUpdates", timeout=1) == []


async def test_a_second_poller_sends_the_first_away(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi")

    async with asyncio.timeout(5), asyncio.TaskGroup() as work:
        first = work.create_task(bot.ask("getUpdates", timeout=50))
        await asyncio.sleep(0.05)
        second = work.create_task(bot.ask("getUpdates", timeout=50))
        await asyncio.sleep(0.05)
        budi.writes("Halo")

    assert first.result()["error_code"] == 409
    assert first.result()["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert texts(second.result()["result"]) == ["Halo"]


async def test_polling_beside_a_webhook_is_refused(bot: Bot) -> None:
    async with asyncio.timeout(5), asyncio.TaskGroup() as work:
        poll = work.create_task(bot.refused("getUpdates", timeout=50))
        await asyncio.sleep(0.05)
        await bot.do("setWebhook", url="http://127.0.0.1:9/hook")

    assert poll.result() == "Conflict: terminated by setWebhook request"
    assert await bot.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await bot.do("deleteWebhook")
    assert await bot.do("getUpdates") == []


async def test_allowed_updates_count_when_an_update_is_made(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi")
    budi.writes("before")

    await bot.do("getUpdates", allowed_updates=["callback_query"])
    budi.writes("unwanted")
    kept = await bot.do("getUpdates")
    await bot.do("getUpdates", allowed_updates=[])
    budi.writes("after")

    assert texts(kept) == ["before"]
    assert texts(await bot.do("getUpdates")) == ["before", "after"]


async def test_a_press_lives_a_hundred_and_fifty_seconds_and_a_message_a_day(
    telegram: Telegram, bot: Bot, clock: HandClock
) -> None:
    budi = telegram.phone("Budi", started=True)
    await bot.do("sendMessage", chat_id=budi.id, text="?", reply_markup=buttons(["Ya"]))
    budi.taps("Ya")
    budi.writes("Halo")

    await clock.move(timedelta(seconds=151))
    after_a_while = await bot.do("getUpdates")
    await clock.move(timedelta(hours=24))

    assert texts(after_a_while) == ["Halo"]
    assert await bot.do("getUpdates") == []


async def test_after_a_quiet_week_the_numbers_start_anywhere(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi")
    budi.writes("before")
    [before] = await bot.do("getUpdates")
    offset = before["update_id"] + 1
    await bot.do("getUpdates", offset=offset)

    telegram.updates.restart_at(123_456)
    budi.writes("after")
    [after] = await bot.do("getUpdates", offset=offset)

    assert after["update_id"] == 123_456
    assert await bot.do("getUpdates", offset=123_457) == []
