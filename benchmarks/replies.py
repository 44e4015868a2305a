"""How long an answer takes: from the update's arrival to sendMessage at the stand-in."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import Any

from aftercare.clock import SystemClock
from aftercare.settings import Settings
from benchmarks import stage
from kawan import house, running
from kawan.running import Parts
from scheduler.mouth import TelegramMouth
from simulator import Limits, Telegram, serving
from simulator.phones import Phone


async def measure(rounds: int = 60) -> dict[str, Any]:
    telegram = Telegram(limits=Limits(unpaced=True))
    async with stage.database() as database, serving(telegram) as address:
        mouth = TelegramMouth(telegram.token, address, 1000)
        built = house.build(database, SystemClock(), mouth, rate=1000)
        settings = Settings(bot_token=telegram.token, telegram_api=address)
        stop = asyncio.Event()
        await mouth.open()
        everything = Parts(hears=True, speaks=True)
        living = asyncio.create_task(
            running.live(built, mouth, settings, parts=everything, stop=stop)
        )
        phones = [telegram.phone(f"Tamu {n}", started=True) for n in range(rounds + 5)]
        waits = [await _answered(telegram, phone) for phone in phones][5:]
        stop.set()
        await living
        await mouth.close()
    median = statistics.median(waits) * 1000
    return {
        "median, ms": round(median, 1),
        "slowest of twenty, ms": round(statistics.quantiles(waits, n=20)[-1] * 1000, 1),
        "target": "20 ms",
        "met": median <= 20,
    }


async def _answered(telegram: Telegram, phone: Phone) -> float:
    came = asyncio.Event()
    stop = telegram.listen(lambda what, chat, _m: came.set() if _reply(what, chat, phone) else None)
    await asyncio.sleep(0.05)
    began = time.perf_counter()
    phone.writes("halo")
    came.clear()
    async with asyncio.timeout(20):
        await came.wait()
    took = time.perf_counter() - began
    stop()
    await asyncio.sleep(0.15)
    return took


def _reply(what: str, chat: object, phone: Phone) -> bool:
    return what == "message" and chat is phone.chat
