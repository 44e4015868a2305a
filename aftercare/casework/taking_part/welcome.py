"""The first conversation's end, and who still stands before it."""

from __future__ import annotations

from typing import Final

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.taking_part import rounds
from aftercare.messages import Lane, Message, Terms
from aftercare.records import clients, consents, outbox, people, relatives
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.people import Person


async def is_outside(db: Db, person: Person) -> bool:
    """Whoever has not said yes, or has left: only the welcome is open."""
    match person.audience:
        case "client":
            return not takes_part(await clients.get(db, person.id))
        case "family":
            return not any(one.is_active for one in await relatives.of_person(db, person.id))
        case "partner":
            return person.left_at is not None
    return False


def takes_part(client: Client) -> bool:
    return client.joined_at is not None and client.person.left_at is None


async def _finish(act: Act, _arguments: Arguments) -> Outcome:
    """All questions are answered, or their time is up after a yes: the officer hears of it."""
    client = await clients.get(act.db, act.person.id)
    given = await consents.current(act.db, client.id)
    if not given.get("join") or not takes_part(client):
        return Outcome()
    if given.get("check_ins"):
        await rounds.begin(act.db, client, act.now)
    officer = await people.get(act.db, client.officer_id)
    message = Message("welcome.officer.joined", {"client": act.person.name})
    outbox.post(act.db, message, to=officer, because=act.because, terms=Terms(Lane.PROMPT))
    return Outcome()


ACTIONS: Final = (Action("finish_welcome", _finish),)
