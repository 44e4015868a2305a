"""Relatives beside a client: invited by the client, agreed by themselves, told what was ticked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from aftercare.casework.alerts import alerts
from aftercare.casework.alerts.alerts import Concern
from aftercare.casework.family import family_programmes
from aftercare.messages import Lane, Message, Terms
from aftercare.records import alerts as alert_records
from aftercare.records import clients, consents, invites, outbox, people, relatives
from aftercare.records.alerts import Alert
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.relatives import SCOPES, Relative

RELATIONS: Final = ("parent", "partner", "sibling", "child", "friend")
WORRY: Final = "family_worry"


class NotAgreed(Exception):
    """The client has not agreed to bring in family; that is the client's own choice in Telegram."""


async def invite(
    db: Db, client: Client, relation: str, scopes: Collection[str], now: datetime
) -> str:
    """The code of a one-time link for this relative.

    A relative of this relation who has not answered yet gets a fresh link instead of a second row.

    Raises:
        NotAgreed: the client's newest answer to the family consent is not yes.
    """
    if not (await consents.current(db, client.id)).get("family"):
        raise NotAgreed(f"client {client.id}")
    for known in await relatives.of_client(db, client.id):
        if known.relation == relation and known.agreed_at is None:
            await invites.withdraw(db, known.person_id, now)
            return invites.make(db, known.person_id, now)
    relative = await add(db, client, relation, scopes, now)
    return invites.make(db, relative.person_id, now)


async def add(
    db: Db, client: Client, relation: str, scopes: Collection[str], now: datetime
) -> Relative:
    """The relative's own row, not yet linked to any phone."""
    person = people.add(
        db,
        "family",
        None,
        now=now,
        office_id=client.person.office_id,
        time_zone=client.person.time_zone,
    )
    await db.flush()
    relative = Relative(
        person_id=person.id,
        client_id=client.id,
        relation=relation,
        scopes=_known(scopes),
        made_at=now,
    )
    db.add(relative)
    await db.flush()
    return relative


async def join_together(db: Db, known: Person, invited: Person) -> bool:
    """A mother of two clients has one phone: the new link goes to the person she already is."""
    if known.audience != "family" or invited.audience != "family" or invited.telegram_id:
        return False
    for relative in await relatives.of_person(db, invited.id):
        earlier = await relatives.between(db, known.id, relative.client_id)
        if earlier is None:
            relative.person_id = known.id
        else:
            _renew(earlier, relative)
            await db.delete(relative)
    await db.flush()
    return True


def _renew(earlier: Relative, newer: Relative) -> None:
    """The same relative is invited again: what the client chooses now is what counts."""
    earlier.relation, earlier.scopes = newer.relation, newer.scopes
    earlier.made_at, earlier.agreed_at, earlier.ended_at = newer.made_at, None, None


async def open_invitation(db: Db, person: Person) -> Relative | None:
    """What this person has been asked and has not answered."""
    asked = [one for one in await relatives.of_person(db, person.id) if one.agreed_at is None]
    return asked[-1] if asked else None


async def agree(db: Db, relative: Relative, now: datetime) -> None:
    """The relative's own yes; from now on, and within the scopes."""
    person = await people.get(db, relative.person_id)
    relative.agreed_at, person.left_at = now, None
    client = await clients.get(db, relative.client_id)
    message = Message("family.client.joined", {"name": person.called, **relation_of(relative)})
    cause = Cause(f"{relative.subject}:agreed:{now:%Y%m%dT%H%M%S}", now)
    outbox.post(db, message, to=client.person, because=cause, terms=Terms(Lane.PROMPT))
    await family_programmes.begin_beside(db, relative, now)


async def end(db: Db, relative: Relative, now: datetime) -> None:
    """Over, whoever wished it. Nobody is told: who leaves a family should not be asked about it."""
    relative.ended_at = now
    person = await people.get(db, relative.person_id)
    await invites.withdraw(db, person.id, now)
    await db.flush()
    if not await relatives.of_person(db, person.id):
        person.left_at = now


async def end_all_of_client(db: Db, client: Client, now: datetime) -> None:
    for relative in await relatives.of_client(db, client.id):
        await end(db, relative, now)


async def end_all_of_person(db: Db, person: Person, now: datetime) -> None:
    for relative in await relatives.of_person(db, person.id):
        await end(db, relative, now)
    person.left_at = now


def change_scopes(relative: Relative, scopes: Collection[str]) -> None:
    relative.scopes = _known(scopes)


def _known(scopes: Collection[str]) -> list[str]:
    """In our order; a word that is no scope opens nothing."""
    return [scope for scope in SCOPES if scope in scopes]


def relation_of(relative: Relative) -> dict[str, object]:
    """How the relation is said. The office may have written a word of its own."""
    if relative.relation in RELATIONS:
        return {"relation": Message(f"family.anyone.relation_{relative.relation}")}
    return {"relation": relative.relation}


def scope_lines(relative: Relative, audience: str) -> list[Message]:
    return [Message(f"family.{audience}.scope_{scope}") for scope in relative.scopes]


def terms(relative: Relative, scope: str, lane: Lane) -> Terms:
    """For anything sent to a relative: the scope is asked again at the moment of sending."""
    return Terms(lane, subject=f"{relative.subject}@{scope}")


def known_as(client: Client) -> str:
    """The first name: the nickname is between the client and the program."""
    return (client.person.name or client.code).split(" ")[0]


async def client_of(db: Db, relative: Relative) -> Client:
    return await clients.get(db, relative.client_id)


async def worry(db: Db, relative: Relative, now: datetime) -> Alert | None:
    """Somebody at home is worried: the officer is asked to call, and is told nothing else.

    None where the officer has such a request already and has not closed it.
    """
    client = await clients.get(db, relative.client_id)
    if await alert_records.unclosed_about(db, client.id, WORRY):
        return None
    because = ((WORRY, relation_of(relative)),)
    subject = f"client:{client.id}@worry{now:%Y%m%dT%H%M}"
    return await alerts.open_(db, client, Concern(WORRY, subject, "medium", because), now)
