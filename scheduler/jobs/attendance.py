"""Around the end of a session: the code before it, the sheet after it, and what nobody recorded."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.alerts import duty
from aftercare.casework.alerts.duty import Roster
from aftercare.casework.attendance import attendance_sheets
from aftercare.records import attendance
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.sessions import Session
from aftercare.records.timers import Timer


async def show_code(db: Db, due: list[Timer], now: datetime) -> None:
    sessions, rosters = await _held(db, due)
    coming = [one for one in sessions if one.ends_at > now]
    attendance_sheets.show_code(db, coming, rosters, Cause(attendance_sheets.CODE, now))


async def ask(db: Db, due: list[Timer], now: datetime) -> None:
    sessions, rosters = await _held(db, due)
    over = [one for one in sessions if one.ends_at <= now]
    attendance_sheets.ask(db, over, rosters, Cause(attendance_sheets.ASK, now))


async def remind(db: Db, due: list[Timer], now: datetime) -> None:
    sessions, _ = await _held(db, due)
    await attendance_sheets.remind(db, [one for one in sessions if one.ends_at <= now], now)


async def _held(db: Db, due: list[Timer]) -> tuple[list[Session], dict[int, Roster]]:
    """The sessions that were not cancelled meanwhile, and who answers for each."""
    found = await attendance.sessions(db, [timer.subject_id for timer in due])
    rosters = await duty.rosters(db, [one.officer_id for one in found.values()])
    return list(found.values()), rosters
