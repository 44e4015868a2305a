"""Who will read a message, and by which name, officer and office it may speak."""

from __future__ import annotations

from datetime import datetime

from aftercare.records import clients, offices, people
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.words import Reader


async def of(db: Db, person_id: int, now: datetime) -> tuple[Person, Reader]:
    person = await people.get(db, person_id)
    office = await offices.get(db, person.office_id) if person.office_id else None
    client = await clients.find(db, person_id) if person.audience == "client" else None
    officer = await people.get(db, client.officer_id) if client else None
    reader = Reader(
        nickname=person.called,
        now=now,
        officer=officer.called if officer else "",
        office=office.name if office else "",
        time_zone=person.time_zone,
        language=person.language,
    )
    return person, reader
