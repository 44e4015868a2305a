"""The address of somebody who was erased is forgotten once the goodbye has arrived."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.rights import erasing
from aftercare.records.database import Db
from aftercare.records.timers import Timer


async def forget_address(db: Db, timer: Timer, _now: datetime) -> None:
    await erasing.forget_address(db, timer.subject_id)
