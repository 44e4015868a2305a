"""Some hours after a family session: relatives are asked two questions of their own."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.family import family_feedback
from aftercare.records.database import Db
from aftercare.records.timers import Timer
from bot.flows import turns
from bot.flows.playing import Stage
from scheduler.ticks import Job


def ask(stage: Stage) -> Job:
    async def job(db: Db, due: list[Timer], now: datetime) -> None:
        asked = await family_feedback.ask(db, due, now)
        await turns.begin_queued(stage, db, asked, now)

    return job
