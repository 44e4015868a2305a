"""What others were told of a client by name: found in their chats, and emptied at erasing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update

from aftercare.records.activities import Activity
from aftercare.records.alerts import Alert
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.joinings import Joining
from aftercare.records.officer_messages import Note
from aftercare.records.outbox import Outgoing
from aftercare.records.people import Person
from aftercare.records.relatives import Relative
from aftercare.records.sessions import Participant, Session
from aftercare.records.staff import Staff


async def listeners(db: Db, client: Client) -> set[int]:
    """Everybody who may have read this client's name: the office's few, the hosts, the family."""
    found = {client.officer_id}
    for query in (
        select(Staff.cover_id).where(Staff.id == client.officer_id),
        select(Person.id).where(
            Person.audience == "head", Person.office_id == client.person.office_id
        ),
        select(Relative.person_id).where(Relative.client_id == client.id),
        select(Alert.taken_by).where(Alert.client_id == client.id),
        select(Alert.officer_id).where(Alert.client_id == client.id),
        select(Note.to_id).where(Note.client_id == client.id),
        select(Session.officer_id).join(Participant).where(Participant.client_id == client.id),
        select(Activity.publisher_id).join(Joining).where(Joining.client_id == client.id),
    ):
        found |= {one for one in await db.scalars(query) if one is not None}
    return found - {client.id}


async def forget(db: Db, client: Client, names: Collection[str]) -> None:
    """Empty, in these people's chats, whatever names the client. What is still to be said stays."""
    told = select(Outgoing.id, Outgoing.content).where(
        Outgoing.person_id.in_(await listeners(db, client)),
        Outgoing.made_at >= client.person.made_at,
        Outgoing.state != "waiting",
    )
    known = frozenset(names)
    named = [number for number, content in await db.execute(told) if _holds(content, known)]
    await db.execute(update(Outgoing).where(Outgoing.id.in_(named)).values(content={}))


def _holds(value: Any, names: frozenset[str]) -> bool:
    match value:
        case str():
            return value in names
        case dict():
            return any(_holds(one, names) for one in value.values())
        case list():
            return any(_holds(one, names) for one in value)
    return False
