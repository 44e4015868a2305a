"""At a client's own hour: the check-in is queued, and begun in the same batch."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.check_ins import check_ins
from aftercare.casework.taking_part import rounds
from aftercare.records.database import Db
from aftercare.records.timers import Timer
from aftercare.rules.rhythm import Kind
from bot.flows import turns
from bot.flows.playing import Stage
from scheduler.ticks import Job


def ask(stage: Stage, kind: Kind) -> Job:
    async def job(db: Db, due: list[Timer], now: datetime) -> None:
        await turns.begin_fresh(stage, db, await check_ins.ask(db, kind, due, now), now)
        if kind == "weekly":
            await rounds.catch_up(db, due, now)

    return job
