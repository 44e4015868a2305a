"""A client stops using Kawan: consent withdrawn, nothing sent any more, the officer told once."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework.community import joinings
from aftercare.casework.family import families, family_programmes
from aftercare.casework.taking_part import consents, rounds
from aftercare.casework.work import interests, work_search
from aftercare.messages import Lane, Message, Terms
from aftercare.records import conversations, outbox, people
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.outbox import Cause


async def leave(db: Db, client: Client, now: datetime) -> None:
    """Everything we start ends here; a later yes begins anew. Twice is the same as once."""
    if client.person.left_at is not None:
        return
    client.person.left_at, client.person.paused_until = now, None
    await consents.withdraw_all(db, client.person, now)
    rounds.end(db, client)
    family_programmes.disarm(db, client)
    await work_search.set_news(db, client, now, wanted=False)
    await joinings.let_go_of_all(db, client, now)
    await interests.let_go_of_all(db, client, now)
    await conversations.end_all(db, client.id, "left", now)
    await families.end_all_of_client(db, client, now)
    if client.joined_at is not None:
        await _tell_officer(db, client, now)


async def _tell_officer(db: Db, client: Client, now: datetime) -> None:
    officer = await people.get(db, client.officer_id)
    message = Message("control.officer.left", {"client": client.person.name})
    cause = Cause(f"client:{client.id}:left:{now:%Y%m%dT%H%M%S}", now)
    outbox.post(db, message, to=officer, because=cause, terms=Terms(Lane.PROMPT))
