"""A partner (mitra) stops getting messages, and may come back; the office hears of it once."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.alerts import duty
from aftercare.messages import Lane, Message, Terms
from aftercare.records import activities, conversations, outbox, people
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person


async def ahead(db: Db, partner: Person, now: datetime) -> int:
    """How many activities of this partner lie ahead; they go on, whoever reads messages."""
    return len(await activities.of_publisher(db, partner.id, now))


async def leave(db: Db, partner: Person, now: datetime) -> None:
    """Nothing is sent any more until the partner writes `/start`. Twice is the same as once."""
    if partner.left_at is not None:
        return
    partner.left_at = now
    await conversations.end_all(db, partner.id, "left", now)
    count = await ahead(db, partner, now)
    moment = "partner_left" if count else "partner_left_free"
    message = Message(f"control.staff.{moment}", {"partner": partner.name, "count": count})
    cause = Cause(f"person:{partner.id}:left:{now:%Y%m%dT%H%M%S}", now)
    for one in await _who_answers(db, partner, now):
        outbox.post(db, message, to=one, because=cause, terms=Terms(Lane.PROMPT))


async def _who_answers(db: Db, partner: Person, now: datetime) -> list[Person]:
    """The heads, who let partners in; where none can be reached, the officers."""
    heads = [one for one in await people.heads(db, partner.office_id) if one.is_there]
    return heads or await duty.others(db, partner.office_id or 0, now)


def come_back(partner: Person) -> None:
    partner.left_at = None
