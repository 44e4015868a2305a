"""Who will read a message, and by which name, officer and office it may speak."""

from __future__ import annotations

from datetime import datetime

from aftercare.records import clients
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.words import Reader


async def of(db: Db, person_id: int, now: datetime) -> tuple[Person, Reader]:
    person, office, officer = await clients.company(db, person_id)
    reader = Reader(
        nickname=person.called,
        now=now,
        officer=officer.called if officer else "",
        office=office.name if office else "",
        time_zone=person.time_zone,
        language=person.language,
    )
    return person, reader
