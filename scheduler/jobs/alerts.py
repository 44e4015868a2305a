"""An alert that nobody took in time goes to the next person."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.alerts import alerts
from aftercare.records.database import Db
from aftercare.records.timers import Timer


async def escalate(db: Db, timer: Timer, now: datetime) -> None:
    await alerts.escalate(db, timer.subject_id, now)
