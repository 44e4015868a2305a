"""Half past seven on the office's clock: the digest of each member of staff."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.staff import digests
from aftercare.records.database import Db
from aftercare.records.timers import Timer


async def send(db: Db, due: list[Timer], now: datetime) -> None:
    await digests.send(db, {timer.subject_id: timer.due_at for timer in due}, now)
