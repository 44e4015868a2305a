"""Timers due in the same second, kind by kind, beside APScheduler's own store of jobs."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import func, select

from aftercare.clock import MovableClock
from aftercare.records.outbox import Outgoing
from benchmarks import kinds, stage
from benchmarks.kinds import Kind
from kawan import house
from kawan.phones import Phones

NUMBER: Final = 10_000
#: A kind costs what its timers cost: of the others a fifth is enough, and of the peer's jobs too.
SHARE: Final = 5
_fired = 0


@dataclass(frozen=True, slots=True)
class Run:
    """In seconds, for this many timers."""

    timers: int
    took: float
    busy: float
    pause: float

    @property
    def met(self) -> bool:
        return self.took * NUMBER / self.timers < 5 and self.pause < 0.1


async def measure(number: int = NUMBER) -> dict[str, Any]:
    before = time.process_time()
    theirs, frozen = await _theirs(number // SHARE)
    theirs_busy = (time.process_time() - before) * SHARE
    ours = await _ours(kinds.DAILY, number)
    others = {kind.timer: await _ours(kind, number // SHARE) for kind in kinds.OTHERS}
    runs = {kinds.DAILY.timer: ours, **others}
    return {
        "kinds": [_line(kind, run) for kind, run in runs.items()],
        "APScheduler SQLAlchemyJobStore, no-ops, seconds": round(theirs * SHARE, 2),
        "of it busy, with adding them": round(theirs_busy, 2),
        "its longest pause, ms": round(frozen * 1000),
        "times as fast": round(theirs * SHARE / ours.took, 1),
        "target": f"each < 5 s for {NUMBER}, no pause > 100 ms",
        "met": all(run.met for run in runs.values()),
    }


def _line(kind: str, run: Run) -> dict[str, Any]:
    scale = NUMBER / run.timers
    return {
        "kind": kind,
        "timers": run.timers,
        f"seconds for {NUMBER}": round(run.took * scale, 2),
        "of it busy": round(run.busy * scale, 2),
        "longest pause, ms": round(run.pause * 1000),
    }


async def _ours(kind: Kind, number: int) -> Run:
    async with stage.database() as database:
        built = house.build(database, MovableClock(kind.now), Phones())
        ids = await stage.settle(database, number, kind.now - kind.joined)
        async with database.transaction() as db:
            await kind.settle(db, ids, kind.now)
            await stage.arm(db, kind.timer, kind.subjects(number), kind.now)
        house.make_ready(built)
        async with stage.Pulse() as pulse:
            began, cpu = time.perf_counter(), time.process_time()
            await built.ticks.run_due()
            took, busy = time.perf_counter() - began, time.process_time() - cpu
        async with database.transaction() as db:
            posted = await db.scalar(select(func.count()).select_from(Outgoing))
        assert posted == number * kind.says, posted
    return Run(number, took, busy, pulse.longest)


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
