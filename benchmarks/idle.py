"""What it costs to wait: ticks, doorway and delivery with nothing due, few clients or many."""

from __future__ import annotations

import asyncio
import gc
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from aftercare.clock import MovableClock
from benchmarks import stage
from kawan import house
from kawan.phones import Phones
from scheduler import timetable

MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


async def measure(many: int = 100_000, seconds: float = 20) -> dict[str, Any]:
    nobody, crowd = await _share(0, seconds), await _share(many, seconds)
    return {
        "share of a core with 0 clients, %": round(nobody * 100, 2),
        f"with {many} clients, %": round(crowd * 100, 2),
        "ratio": round(crowd / nobody, 2),
        "target": "< 1 %",
        "met": crowd < 0.01,
    }


async def _share(clients: int, seconds: float) -> float:
    async with stage.database() as database:
        built = house.build(database, MovableClock(MORNING), Phones())
        await stage.settle(database, clients, MORNING, due=MORNING + timedelta(days=1))
        # A process that starts beside its clients has not just entered them all.
        await database.engine.dispose()
        gc.collect()
        doorway = house.doorway(built, "1:bench", "http://127.0.0.1:9")
        ticking = timetable.scheduler(timetable.ticks(built.ticks, database, built.clock))
        stop = asyncio.Event()
        work = [
            asyncio.create_task(doorway.run(stop)),
            asyncio.create_task(built.delivery.run(stop)),
        ]
        ticking.start()
        await asyncio.sleep(2)
        before = time.process_time()
        await asyncio.sleep(seconds)
        used = time.process_time() - before
        stop.set()
        async with built.ticks.busy:
            ticking.shutdown(wait=False)
        await asyncio.wait(work)
        await doorway.bot.session.close()
    return used / seconds
