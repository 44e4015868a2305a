"""While nobody has answered a page, and in the days after."""

from __future__ import annotations

from datetime import datetime, timedelta

from aftercare.casework.danger import crises
from aftercare.records import conversations
from aftercare.records import crises as crisis_records
from aftercare.records.database import Db
from aftercare.records.timers import Timer


async def say_nobody_yet(db: Db, timer: Timer, now: datetime) -> None:
    step = int(timer.kind.rpartition("_")[2])
    await crises.say_nobody_yet(db, timer.subject_id, step, now)


async def follow_up(db: Db, timer: Timer, now: datetime) -> None:
    kept = await crisis_records.get(db, timer.payload["crisis"])
    if kept is not None and not kept.false_alarm:
        conversations.queue(
            db, kept.person_id, "crisis_follow_up", now=now, good_for=timedelta(hours=12)
        )
