"""Every thirty days one line more on what is sent anyway: a program, which nobody watches.

After the domain page on safety, 6.3: at the start, every thirty days, and in danger. The first is
the welcome, the last stands on every card of help.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from aftercare.messages import Lane, Message
from aftercare.records import clients, disclosures
from aftercare.records.database import Db
from aftercare.records.outbox import Outgoing
from aftercare.records.people import Person

EVERY: Final = timedelta(days=30)
LINE: Final = Message("control.client.program_line")


async def due(db: Db, row: Outgoing, person: Person, now: datetime) -> Message | None:
    """The line, where this message can carry it: words that we start, without a picture."""
    if person.audience != "client" or now - person.made_at < EVERY:
        return None
    if row.verb != "say" or row.edits is not None or row.lane < Lane.REMINDER:
        return None
    if row.message.media is not None:
        return None
    said_at = await disclosures.last(db, person.id)
    if said_at is None:
        client = await clients.find(db, person.id)
        said_at = client.joined_at if client else None
    return LINE if said_at is not None and now - said_at >= EVERY else None


async def said(db: Db, person_id: int, now: datetime) -> None:
    await disclosures.note(db, person_id, now)
