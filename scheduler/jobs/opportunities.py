"""Once a week: news of work and learning, and the question what came of an application."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.work import applications, work_search
from aftercare.records.database import Db
from aftercare.records.timers import Timer
from bot.flows import turns
from bot.flows.playing import Stage
from scheduler.ticks import Job


async def tell_news(db: Db, due: list[Timer], now: datetime) -> None:
    await work_search.tell_news(db, due, now)


def ask(stage: Stage) -> Job:
    async def job(db: Db, due: list[Timer], now: datetime) -> None:
        await turns.begin_queued(stage, db, await applications.ask(db, due, now), now)

    return job
