"""What it costs to wait: ticks, doorway and delivery with nothing due, few clients or many."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from aftercare.casework.check_ins import check_ins
from aftercare.clock import MovableClock
from aftercare.records.database import Database
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


async def _settle(database: Database, clients: int) -> None:
    """Everybody's next check-in is tomorrow."""
    ids = await stage.settle(database, clients, MORNING - timedelta(days=1))
    async with database.transaction() as db:
        tomorrow, subjects = MORNING + timedelta(days=1), [f"client:{one}" for one in ids]
        await stage.arm(db, check_ins.DAILY, subjects, tomorrow)


async def _share(clients: int, seconds: float) -> float:
    async with stage.database() as database:
        built = house.build(database, MovableClock(MORNING), Phones())
        await _settle(database, clients)
        # A process that starts beside its clients has not just entered them all.
        await database.engine.dispose()
        house.make_ready(built)
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
