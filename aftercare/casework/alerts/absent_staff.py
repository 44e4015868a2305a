"""An officer goes on leave (cuti): from then on the one who covers is asked instead."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from aftercare.casework.alerts import paging
from aftercare.messages import Message
from aftercare.records import offices, outbox, people, staff
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person


async def leave(db: Db, person: Person, until: date, because: Cause) -> Person | None:
    """Away up to and with this day, on the office's calendar; returns who stands in, if anybody.

    What waits for this officer goes on to the next person at once.
    """
    member = await staff.get(db, person.id)
    office = await offices.get(db, person.office_id or 0)
    last_moment = datetime.combine(until, time(23, 59), ZoneInfo(office.time_zone))
    member.away_until = last_moment
    await db.flush()
    await paging.pass_on(db, person, because.now)
    cover = await people.get(db, member.cover_id) if member.cover_id else None
    if cover is not None:
        values = {"who": person.called, "until": until}
        outbox.post(db, Message("officer.officer.stands_in", values), to=cover, because=because)
    return cover


async def come_back(db: Db, person: Person) -> None:
    (await staff.get(db, person.id)).away_until = None
