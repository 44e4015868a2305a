"""Once a month: whether the plan for hard hours still fits."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.exercises import plan_reviews
from aftercare.records.database import Db
from aftercare.records.timers import Timer
from bot.flows import turns
from bot.flows.playing import Stage
from scheduler.ticks import Job


def look(stage: Stage) -> Job:
    async def job(db: Db, due: list[Timer], now: datetime) -> None:
        openings = await plan_reviews.look(db, due, now)
        await turns.begin_all(stage, db, plan_reviews.FLOW, openings, now)

    return job
