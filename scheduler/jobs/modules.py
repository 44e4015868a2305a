"""The day after a module: the question about the small task is queued and begun."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.exercises import modules
from aftercare.records.database import Db
from aftercare.records.timers import Timer
from bot.flows import turns
from bot.flows.playing import Stage
from scheduler.ticks import Job


def follow_up(stage: Stage) -> Job:
    async def job(db: Db, due: list[Timer], now: datetime) -> None:
        waiting = await modules.follow_up(db, due, now, flows=stage.flows)
        await turns.begin_queued(stage, db, waiting, now)

    return job
