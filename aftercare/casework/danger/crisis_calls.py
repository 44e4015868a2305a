"""Asking to be called: the button on a card of help, and what somebody answers after it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.alerts import alerts
from aftercare.casework.danger import crises
from aftercare.messages import Message
from aftercare.records import alerts as alert_records
from aftercare.records import crises as records
from aftercare.records.alerts import Alert
from aftercare.records.clients import Client
from aftercare.records.crises import Crisis
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.rules import crisis as rule
from aftercare.rules.crisis import Tier, Who


async def asks_for_a_call(db: Db, person: Person, because: Cause) -> bool:
    """The button on the card. True where somebody was paged, or reads of it on an open page."""
    about, now = await crises.whose(db, person), because.now
    unpaged = []
    for client in about:
        if page := await _paged_lately(db, person, client, now):
            await alerts.tell_holders(db, page, f"call{now:%Y%m%dT%H%M}", _asked(person), now)
        else:
            unpaged.append(client)
    if unpaged:
        kept = Crisis(person_id=person.id, tier="call", who="self", because=["asked"], heard_at=now)
        db.add(kept)
        await db.flush()
        await crises.page_all(db, person, unpaged, kept)
    return bool(about)


def _asked(person: Person) -> Message:
    """Who waits for the call: the client whose name stands before this, or a relative."""
    who = "family" if person.audience == "family" else "self"
    return Message(f"alert.staff.because_crisis_call_{who}")


async def _paged_lately(db: Db, person: Person, client: Client, now: datetime) -> Alert | None:
    """A page of this hour about this person's own cry is enough.

    One of days ago, not closed yet, brings nobody any more; and whoever holds what a mother wrote
    is told to call her and not the client, who needs a page of his own.
    """
    known = await alert_records.unclosed(db, client.person.office_id or 0)
    ours = [one for one in known if one.client_id == client.id and one.level == "crisis"]
    for one in ours:
        kept = await records.get(db, one.subject_id)
        if kept and kept.person_id == person.id and now - one.opened_at <= rule.SAME:
            return one
    return None


class Worse(Arguments):
    """`tier` is what the person's own answers have shown."""

    tier: Tier
    who: Who = "self"


async def _raise(act: Act, arguments: Worse) -> Outcome:
    heard = crises.Heard(arguments.tier, arguments.who, crises.ANSWERED, False, "")
    await crises.hear(act.db, act.person, heard, act.because)
    return Outcome()


async def _call(act: Act, _arguments: Arguments) -> Outcome:
    return Outcome("paged" if await asks_for_a_call(act.db, act.person, act.because) else "nobody")


ACTIONS: Final = (
    Action("raise_crisis", _raise, Worse),
    Action("ask_for_a_call", _call, outcomes=("paged", "nobody")),
)
