"""Ten thousand check-ins due in the same second, against APScheduler's own store of jobs."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import func, select

from aftercare.clock import MovableClock
from aftercare.records.outbox import Outgoing
from benchmarks import stage
from kawan import house
from kawan.phones import Phones

MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
#: APScheduler's cost a job does not depend on how many there are: a fifth of them is enough.
PEER_SHARE = 5
_fired = 0


async def measure(number: int = 10_000) -> dict[str, Any]:
    before = time.process_time()
    theirs, frozen = await _theirs(number // PEER_SHARE)
    theirs_busy = (time.process_time() - before) * PEER_SHARE
    ours, pause, busy = await _ours(number)
    return {
        "timers": number,
        "seconds": round(ours, 2),
        "of it busy": round(busy, 2),
        "longest pause, ms": round(pause * 1000),
        "APScheduler SQLAlchemyJobStore, no-ops, seconds": round(theirs * PEER_SHARE, 2),
        "of it busy, with adding them": round(theirs_busy, 2),
        "its longest pause, ms": round(frozen * 1000),
        "times as fast": round(theirs * PEER_SHARE / ours, 1),
        "target": "< 5 s, no pause > 100 ms",
        "met": ours < 5 and pause < 0.1,
    }


async def _ours(number: int) -> tuple[float, float, float]:
    async with stage.database() as database:
        clock = MovableClock(MORNING)
        built = house.build(database, clock, Phones())
        await stage.settle(database, number, MORNING, due=MORNING)
        async with stage.Pulse() as pulse:
            began, cpu = time.perf_counter(), time.process_time()
            await built.ticks.run_due()
            took, busy = time.perf_counter() - began, time.process_time() - cpu
        async with database.transaction() as db:
            posted = await db.scalar(select(func.count()).select_from(Outgoing))
        assert posted == number, posted
    return took, pulse.longest, busy


async def _theirs(number: int) -> tuple[float, float]:
    """The same number of jobs that do nothing, each fired once."""
    global _fired
    _fired = 0
    with TemporaryDirectory() as folder:
        store = SQLAlchemyJobStore(f"sqlite:///{Path(folder) / 'jobs.db'}")
        policy = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        theirs = AsyncIOScheduler(
            jobstores={"default": store},
            executors={"default": AsyncIOExecutor()},
            job_defaults=policy,
            timezone="UTC",
        )
        theirs.start(paused=True)
        due = datetime.now(UTC) - timedelta(seconds=1)
        for one in range(number):
            theirs.add_job(nothing, "date", run_date=due, id=str(one))
        async with stage.Pulse() as pulse:
            began = time.perf_counter()
            theirs.resume()
            while _fired < number:  # noqa: ASYNC110 - its jobs ring no bell
                await asyncio.sleep(0.01)
            took = time.perf_counter() - began
        theirs.shutdown(wait=False)
    return took, pulse.longest


async def nothing() -> None:
    global _fired
    _fired += 1
