"""Danger was heard: the card at once, staff at 0, 5 and 15 minutes, honest words meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from aftercare.casework import hotlines
from aftercare.casework.alerts import alerts
from aftercare.casework.alerts.alerts import Concern
from aftercare.casework.danger import emergency_contacts
from aftercare.messages import Button, Lane, Message, Terms
from aftercare.records import clients, crises, module_runs, outbox, people, relatives, timers
from aftercare.records.clients import Client
from aftercare.records.crises import Crisis
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.rules import crisis as rule
from aftercare.rules import quiet
from aftercare.rules.crisis import Response, Side, Tier, Who, Writer

#: When the client is told, while nobody has taken the page, that nobody has; minutes.
HONEST: Final = (5, 15)
NOBODY_YET: Final = "crisis.nobody_yet"
FOLLOW_UP: Final = "crisis.follow_up"
#: The flow that asks at most three questions after the card.
CHECK: Final = "crisis_check"
SHOWN_NUMBERS: Final = 4
#: Nothing was written: an answer to one of our own questions has shown it.
ANSWERED: Final = ("answered",)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was read in a person's words. `because` are ids of rules in content/id/danger/."""

    tier: Tier
    who: Who
    because: Sequence[str]
    soft: bool
    words: str
    side: Side = ""


async def hear(db: Db, person: Person, heard: Heard, because: Cause) -> Response:
    """Show help, remember it, and page whoever has to come. All in the caller's transaction."""
    about = await whose(db, person)
    writer: Writer = "stranger"
    if about:
        writer = "family" if person.audience == "family" else "client"
    response = rule.respond(heard.tier, heard.who, soft=heard.soft, writer=writer, side=heard.side)
    await _show_card(db, person, response.card, because, known=bool(about))
    if not about:  # a stranger, staff, a relative who has stopped: none of it is kept
        return response
    if response.hush:
        person.hushed_until = because.now + rule.HUSH
    # Words are for whoever is called; where nobody is, nobody will ever have to read them.
    heard = heard if response.page else replace(heard, words="")
    kept = await _keep(db, person, heard, because.now)
    if kept is not None and response.page:
        await page_all(db, person, about, kept)
    if kept is not None and response.hush:
        _come_back(db, person, kept)
    return response


async def _show_card(db: Db, person: Person, card: str, because: Cause, *, known: bool) -> None:
    """Numbers to call and people to go to; whoever is known can also ask to be called."""
    numbers = await hotlines.lines(db, person.office_id, card, because.now, at_most=SHOWN_NUMBERS)
    people_near = [
        Message("crisis.client.safe_person", {"person": one.words})
        for one in await module_runs.artefacts(db, person.id, "safe_person")
    ]
    values = {"numbers": [*numbers, *people_near[:2]]}
    # Where nobody can be paged, the card must not say that somebody is being told.
    audience = person.audience if known or person.audience == "stranger" else "anyone"
    rows = ((Button("call_me", "d:crisis_call:0"),),) if known else ()
    message = Message(f"crisis.{audience}.card_{card}", values, rows)
    outbox.post(db, message, to=person, because=because, terms=Terms(Lane.URGENT))


async def whose(db: Db, person: Person) -> list[Client]:
    """Whom this is about for staff: the person, or every client the relative stands beside.

    Which of them a relative means nobody can know from the words; each has an officer to come.
    """
    ids = [person.id] if person.audience == "client" else []
    if person.audience == "family":
        ids = [one.client_id for one in await relatives.of_person(db, person.id)]
    found = await clients.by_ids(db, ids)
    return [found[number] for number in ids if number in found]


async def _keep(db: Db, person: Person, heard: Heard, now: datetime) -> Crisis | None:
    """A row for a new or a worse crisis; None where this one is already open or was soft."""
    known = [
        rule.Cry(one.tier, one.who, one.heard_at) for one in await crises.unsettled(db, person.id)
    ]
    if heard.soft or not rule.is_news(rule.Cry(heard.tier, heard.who, now), known):
        return None
    row = Crisis(
        person_id=person.id,
        tier=heard.tier,
        who=heard.who,
        because=list(heard.because),
        words=heard.words or None,
        heard_at=now,
    )
    db.add(row)
    await db.flush()
    return row


async def page_all(db: Db, person: Person, about: Sequence[Client], kept: Crisis) -> None:
    """The officer of each; an alert of its own, so that each stays open until it is taken."""
    kind = f"crisis_{kept.tier.lower()}"
    by_tap = tuple(kept.because) == ANSWERED and kept.who == "self"
    because = [(f"{kind}_{'answered' if by_tap else kept.who}", dict[str, str]())]
    if person.audience == "family":
        because.append(("by_family", {}))
    if len(about) > 1:
        because.append(("beside_several", {}))
    for number, client in enumerate(about):
        subject = f"{kept.subject}@{client.id}" if number else kept.subject
        await _page(db, person, client, kept, Concern(kind, subject, "crisis", because))


async def _page(db: Db, person: Person, client: Client, kept: Crisis, concern: Concern) -> None:
    if await alerts.open_(db, client, concern, kept.heard_at) is None:
        return
    if person.audience == "client" and rule.tells_family(kept.tier, kept.who):
        await emergency_contacts.tell(db, client, kept.subject, kept.heard_at)
    for step, minutes in enumerate(HONEST, start=1):
        due = kept.heard_at + timedelta(minutes=minutes)
        timers.arm(db, timers.Timer(kept.subject, f"{NOBODY_YET}_{step}", due))


def _come_back(db: Db, person: Person, kept: Crisis) -> None:
    """A caring question after one and after three days, never at night."""
    if person.audience != "client":
        return
    for number, after in enumerate(rule.FOLLOW_UPS, start=1):
        due = kept.heard_at + after + timedelta(minutes=1)
        due = quiet.ends_at(due, person.time_zone) or due
        # One set a person: what was heard last is asked about, not each time anew.
        about, payload = f"person:{person.id}", {"crisis": kept.id}
        timers.arm(db, timers.Timer(about, f"{FOLLOW_UP}_{number}", due, payload=payload))


async def say_nobody_yet(db: Db, crisis_id: int, step: int, now: datetime) -> None:
    """Honest: nobody has answered so far, and what to do now."""
    kept = await crises.get(db, crisis_id)
    if kept is None or kept.settled_at is not None:
        return
    person = await people.get(db, kept.person_id)
    card = "help" if kept.tier == "call" else kept.tier.lower()
    numbers = await hotlines.lines(db, person.office_id, card, now, at_most=2)
    message = Message(f"crisis.{person.audience}.nobody_yet_{step}", {"numbers": numbers})
    cause = Cause(f"{kept.subject}:nobody{step}", now)
    outbox.post(db, message, to=person, because=cause, terms=Terms(Lane.URGENT))
