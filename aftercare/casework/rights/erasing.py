"""Erases people on request: words, answers and names go; minutes of attendance stay, by code."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from aftercare.casework.family import families, family_programmes
from aftercare.casework.staff import unread_messages
from aftercare.casework.taking_part import consents, leaving
from aftercare.messages import Arm, Lane, Terms
from aftercare.records import audit, holdings, people, tellings, timers
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.records.timers import Timer

FORGET_ADDRESS: Final = "privacy.forget_address"
#: The law gives three days (UU 27/2022 art. 43-45, domain page on law, R4); a goodbye that cannot
#: be delivered does not keep the address longer than this.
AT_LATEST: Final = timedelta(days=1)


async def erase(db: Db, client: Client, now: datetime) -> None:
    """Everything but the address, which the last message still needs. See `goodbye`."""
    await tellings.forget(db, client, _names(client))  # while we still know whom we told
    await leaving.leave(db, client, now)
    await unread_messages.take_back(db, client, now)
    await db.flush()
    await holdings.forget_words(db, client.id)
    await holdings.forget_names(db, client, now)
    timers.arm(db, Timer(f"person:{client.id}", FORGET_ADDRESS, now + AT_LATEST))
    # The tombstone: that it was asked for, and when; nothing of what there was.
    audit.note(db, client.id, by_id=client.id, what="erased", now=now)


def _names(client: Client) -> set[str]:
    """As staff, family and hosts know the client."""
    person = client.person
    known = {person.name, person.nickname, person.called, families.known_as(client)}
    return {one for one in known if one and one != client.code}


async def erase_relative(db: Db, person: Person, now: datetime) -> None:
    """The same for somebody who stood beside a client; the client's own records stay."""
    await families.end_all_of_person(db, person, now)
    await consents.withdraw_all(db, person, now)
    await db.flush()
    timers.disarm(db, f"person:{person.id}", family_programmes.RELATIVE)
    await holdings.forget_relative(db, person)
    timers.arm(db, Timer(f"person:{person.id}", FORGET_ADDRESS, now + AT_LATEST))


def goodbye(who: Client | Person) -> Terms:
    """How the last message is sent: once it has arrived, the address is forgotten too."""
    arm = Arm(f"person:{who.id}", FORGET_ADDRESS, timedelta(0))
    return Terms(Lane.REPLY, arms=(arm,))


async def forget_address(db: Db, person_id: int) -> None:
    """Unless the person has said yes again in the meantime."""
    person = await people.get(db, person_id)
    if person.left_at is not None:
        person.telegram_id = None
