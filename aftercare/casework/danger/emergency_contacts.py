"""Whom the client named for the worst hour: asked to be with them, and told nothing more."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from aftercare.casework.family import families
from aftercare.messages import Lane, Message, Terms
from aftercare.records import outbox, people, relatives
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.outbox import Cause

SCOPE: Final = "emergency_contact"


async def tell(db: Db, client: Client, about: str, now: datetime) -> None:
    """Ask them to call; the client reads at once who was asked."""
    asked = []
    for relative in await relatives.who_may(db, client.id, SCOPE):
        person = await people.get(db, relative.person_id)
        message = Message("crisis.family.emergency", {"client": families.known_as(client)})
        cause = Cause(f"{about}:{relative.subject}", now)
        terms = families.terms(relative, SCOPE, Lane.URGENT)
        if person.is_there:
            outbox.post(db, message, to=person, because=cause, terms=terms)
            asked.append(person.called)
    if asked:
        told = Message("crisis.client.family_told", {"names": ", ".join(asked)})
        cause = Cause(f"{about}:family_told", now)
        outbox.post(db, told, to=client.person, because=cause, terms=Terms(Lane.URGENT))
