"""A client is interested: a task for the officer, open until a human has taken it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from aftercare.casework.alerts import alerts
from aftercare.casework.alerts.alerts import Concern
from aftercare.messages import Message, Terms
from aftercare.records import alerts as alert_records
from aftercare.records import opportunities, outbox, people
from aftercare.records.alerts import Alert
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.opportunities import Opportunity, Showing
from aftercare.records.outbox import Cause
from aftercare.records.people import Person

KIND: Final = "interest"
#: Whoever closes it for one of these has spoken to the client, or somebody else has.
_SPOKEN: Final = frozenset({"reached", "helped_elsewhere"})


def _about(client: Client, one: Opportunity) -> str:
    return f"opportunity:{one.id}@client:{client.id}"


async def tell(db: Db, client: Client, shown: Showing, one: Opportunity, now: datetime) -> None:
    """The officer reads who and what, and nothing that the client wrote or can do."""
    shown.answer, shown.answered_at = "interested", now
    values = {"title": one.title, "organiser": one.organiser}
    reasons: list[tuple[str, dict[str, Any]]] = [("interested", values)]
    if one.closes_on:
        reasons.append(("closes", {"closes_on": one.closes_on}))
    concern = Concern(KIND, _about(client, one), "low", reasons)
    known = await alert_records.about(db, KIND, concern.subject)
    if known is None:
        await alerts.open_(db, client, concern, now)
    elif known.state == "closed":
        await alerts.reopen(db, known, concern, now)


async def take_back(
    db: Db, client: Client, shown: Showing, one: Opportunity, now: datetime
) -> Person | None:
    """The client thought again. Returns who already has it, where somebody does."""
    known = await alert_records.about(db, KIND, _about(client, one))
    if known is not None and known.taker is not None and known.state != "closed":
        return known.taker
    shown.answer, shown.answered_at = None, None
    if known is not None and known.state == "open":
        alerts.withdraw(db, known, "taken_back", by=client.person, now=now)
        await alerts.show_again(db, known, now)
    return None


async def let_go_of_all(db: Db, client: Client, now: datetime) -> None:
    """The client has left: what nobody has taken yet is no task any more."""
    for alert in await alert_records.of_client(db, client.id, KIND):
        if alert.state == "open":
            alerts.withdraw(db, alert, "taken_back", by=client.person, now=now)
            await alerts.show_again(db, alert, now)


async def taken(db: Db, alert: Alert, by: Person, now: datetime) -> None:
    """Somebody has it: the client hears who."""
    if alert.kind == KIND:
        await _say(db, alert, "taken", by, now)


async def closed(db: Db, alert: Alert, by: Person, now: datetime) -> None:
    """Closed without a word to the client: then at least we say so."""
    if alert.kind == KIND and alert.close_reason not in _SPOKEN:
        await _say(db, alert, "closed", by, now)


async def _say(db: Db, alert: Alert, moment: str, by: Person, now: datetime) -> None:
    one = await opportunities.get(db, alert.subject_id)
    if one is None:
        return
    message = Message(f"opportunity.client.{moment}", {"staff": by.called, "title": one.title})
    person = await people.get(db, alert.client_id)
    cause = Cause(f"{alert.about}@{alert.opened_at:%Y%m%dT%H%M%S}:{moment}", now)
    outbox.post(db, message, to=person, because=cause, terms=Terms())
