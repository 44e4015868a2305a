"""Whether a person can be reached: lost when Telegram says so, found again at the first sign."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.alerts import alerts, paging
from aftercare.casework.alerts.alerts import Concern
from aftercare.records import clients, outbox, people
from aftercare.records.database import Db
from aftercare.records.people import Person


async def lost(db: Db, person: Person, now: datetime) -> None:
    """Nothing more is sent, and the officer of a client hears of it once."""
    if not await people.mark_unreachable(db, person.id, now):
        return
    await outbox.drop_all_of(db, person.id, "unreachable")
    if person.audience in people.STAFF:
        await paging.pass_on(db, person, now)
    client = await clients.find(db, person.id)
    if client is not None and client.ended_at is None and person.left_at is None:
        subject = f"client:{client.id}@{now:%Y%m%dT%H%M}"
        await alerts.open_(db, client, Concern("unreachable", subject, "medium"), now)


def found(person: Person) -> None:
    """Any message, tap or unblocking shows that the person is there again."""
    if person.unreachable_since is not None:  # else a row that is being made would be written twice
        person.unreachable_since = None
