"""The office's week in numbers for its head: sessions, attendance, how soon alerts were taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from typing import Final

from aftercare.messages import Message
from aftercare.records import mornings
from aftercare.records.database import Db
from aftercare.rules import absences

WEEK: Final = timedelta(days=7)


async def of_week(db: Db, office_id: int, now: datetime) -> Message:
    """The seven days before now. Nobody is named: these are numbers."""
    since = now - WEEK
    outcomes = await mornings.recorded_since(db, office_id, since, now)
    opened = await mornings.opened_since(db, office_id, since)
    taken = [one.taken_at - one.opened_at for one in opened if one.taken_at is not None]
    values = {
        "sessions": await mornings.sessions_held(db, office_id, since, now),
        "present": sum(outcomes.get(one, 0) for one in absences.PRESENT),
        "excused": outcomes.get("excused", 0) + outcomes.get("late_excuse", 0),
        "absent": outcomes.get(absences.ABSENT, 0),
        "not_recorded": outcomes.get("", 0),
        "alerts": len(opened),
        "taken": len(taken),
        "pace": _pace(taken),
    }
    return Message("officer.head.week", values)


def _pace(taken: list[timedelta]) -> Message:
    """Half of them were taken within this time."""
    if not taken:
        return Message("officer.head.pace_none")
    minutes = round(median(one.total_seconds() for one in taken) / 60)
    if minutes < 120:
        return Message("officer.head.pace_minutes", {"count": minutes})
    return Message("officer.head.pace_hours", {"count": round(minutes / 60)})
