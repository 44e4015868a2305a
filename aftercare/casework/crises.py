"""Danger was heard: the card at once, staff at 0, 5 and 15 minutes, honest words meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aftercare.casework import alerts, hotlines
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.alerts import Concern
from aftercare.messages import Button, Lane, Message, Terms
from aftercare.records import alerts as alert_records
from aftercare.records import clients, crises, module_runs, outbox, people, relatives, timers
from aftercare.records.alerts import Alert
from aftercare.records.clients import Client
from aftercare.records.crises import Crisis
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.rules import crisis as rule
from aftercare.rules import quiet
from aftercare.rules.crisis import Response, Tier, Who

#: When the client is told, while nobody has taken the page, that nobody has; minutes.
HONEST: Final = (5, 15)
NOBODY_YET: Final = "crisis.nobody_yet"
FOLLOW_UP: Final = "crisis.follow_up"
SHOWN_NUMBERS: Final = 4
#: Staff read words that suit anyone: they are the ones who act.
_AUDIENCE: Final = {
    "client": "client",
    "family": "family",
    "stranger": "stranger",
    "officer": "anyone",
    "head": "anyone",
    "partner": "anyone",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What was read in a person's words. `because` are ids of rules in content/id/danger.yaml."""

    tier: Tier
    who: Who
    because: Sequence[str]
    soft: bool
    words: str


async def hear(db: Db, person: Person, heard: Heard, because: Cause) -> Response:
    """Show help, remember it, and page whoever has to come. All in the caller's transaction."""
    client = await _whose(db, person)
    response = rule.respond(heard.tier, heard.who, soft=heard.soft, known=client is not None)
    await show_card(db, person, response.card, because)
    if response.hush:
        person.hushed_until = because.now + rule.HUSH
    kept = await _keep(db, person, heard, because.now)
    if kept is not None and response.page and client is not None:
        await _page(db, person, client, kept)
    if kept is not None and response.hush:
        _come_back(db, person, kept)
    return response


async def show_card(db: Db, person: Person, card: str, because: Cause) -> None:
    """Numbers to call and people to go to; a known client can also ask to be called."""
    numbers = await hotlines.lines(db, person.office_id, card, because.now, at_most=SHOWN_NUMBERS)
    people_near = [
        Message("crisis.client.safe_person", {"person": one.words})
        for one in await module_runs.artefacts(db, person.id, "safe_person")
    ]
    values = {"numbers": [*numbers, *people_near[:2]]}
    message = Message(f"crisis.{_AUDIENCE[person.audience]}.card_{card}", values, _buttons(person))
    outbox.post(db, message, to=person, because=because, terms=Terms(Lane.URGENT))


def _buttons(person: Person) -> tuple[tuple[Button, ...], ...]:
    """Labels stand under each card's own key."""
    if person.audience not in ("client", "family"):
        return ()
    call = Button("call_me", "d:crisis_call:0")
    return ((call,),)


async def _whose(db: Db, person: Person) -> Client | None:
    """The client this is about for staff: the person, or the relative's client."""
    if person.audience == "client":
        return await clients.find(db, person.id)
    if person.audience == "family":
        linked = await relatives.of_person(db, person.id)
        return await clients.find(db, linked[0].client_id) if linked else None
    return None


async def _keep(db: Db, person: Person, heard: Heard, now: datetime) -> Crisis | None:
    """A row for a new or a worse crisis; None where this one is already open or was soft."""
    if heard.soft:
        return None
    for known in (await crises.unsettled(db, person.id))[-1:]:
        if not rule.is_news(heard.tier, known.tier, known.heard_at, now):
            return None
    row = Crisis(
        person_id=person.id,
        tier=heard.tier,
        who=heard.who,
        because=list(heard.because),
        words=heard.words,
        heard_at=now,
    )
    db.add(row)
    await db.flush()
    return row


async def _page(db: Db, person: Person, client: Client, kept: Crisis) -> None:
    kind = f"crisis_{kept.tier.lower()}"
    because = [(f"{kind}_{kept.who}", dict[str, str]())]
    if person.audience == "family":
        because.append(("by_family", {}))
    concern = Concern(kind, kept.subject, "crisis", because)
    if await alerts.open_(db, client, concern, kept.heard_at) is None:
        return
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
        timers.arm(db, timers.Timer(kept.subject, f"{FOLLOW_UP}_{number}", due))


async def say_nobody_yet(db: Db, crisis_id: int, step: int, now: datetime) -> None:
    """Honest: nobody has answered so far, and what to do now."""
    kept = await crises.get(db, crisis_id)
    if kept is None or kept.settled_at is not None:
        return
    person = await people.get(db, kept.person_id)
    numbers = await hotlines.lines(db, person.office_id, kept.tier.lower(), now, at_most=2)
    message = Message(f"crisis.{person.audience}.nobody_yet_{step}", {"numbers": numbers})
    cause = Cause(f"{kept.subject}:nobody{step}", now)
    outbox.post(db, message, to=person, because=cause, terms=Terms(Lane.URGENT))


async def taken(db: Db, alert: Alert, by: Person, now: datetime) -> None:
    """Somebody has it: say so to the person, and stop saying that nobody has."""
    kept = await _of(db, alert)
    if kept is None or kept.settled_at is not None:
        return
    kept.settled_at = now
    for step in range(1, len(HONEST) + 1):
        timers.disarm(db, kept.subject, f"{NOBODY_YET}_{step}")
    person = await people.get(db, kept.person_id)
    message = Message(f"crisis.{person.audience}.somebody_has_it", {"staff": by.called})
    cause = Cause(f"{kept.subject}:taken", now)
    outbox.post(db, message, to=person, because=cause, terms=Terms(Lane.URGENT))


async def closed(db: Db, alert: Alert) -> None:
    """Marked as a false alarm: the quiet is lifted and nobody asks about it later."""
    kept = await _of(db, alert)
    if kept is None or alert.close_reason != "false_alarm":
        return
    kept.false_alarm = True
    (await people.get(db, kept.person_id)).hushed_until = None
    for number in range(1, len(rule.FOLLOW_UPS) + 1):
        timers.disarm(db, kept.subject, f"{FOLLOW_UP}_{number}")


async def _of(db: Db, alert: Alert) -> Crisis | None:
    kind, _, number = alert.subject.partition(":")
    return await crises.get(db, int(number)) if kind == "crisis" else None


async def asks_for_a_call(db: Db, person: Person, because: Cause) -> bool:
    """The button on the card. True where somebody was paged."""
    client = await _whose(db, person)
    if client is None:
        return False
    if await _paged_already(db, client):
        return True
    subject = f"client:{client.id}@call{because.now:%Y%m%dT%H%M}"
    concern = Concern("crisis_call", subject, "crisis", (("crisis_call", {}),))
    await alerts.open_(db, client, concern, because.now)
    return True


async def _paged_already(db: Db, client: Client) -> bool:
    """One open page is enough: a second one would only make people wonder which is true."""
    known = await alert_records.unclosed(db, client.person.office_id or 0)
    return any(one.client_id == client.id and one.level == "crisis" for one in known)


class Worse(Arguments):
    """`tier` is what the person's own answers have shown."""

    tier: Tier


async def _raise(act: Act, arguments: Worse) -> Outcome:
    heard = Heard(arguments.tier, "self", ("answered",), False, "")
    await hear(act.db, act.person, heard, act.because)
    return Outcome()


async def _call(act: Act, _arguments: Arguments) -> Outcome:
    return Outcome("paged" if await asks_for_a_call(act.db, act.person, act.because) else "nobody")


ACTIONS: Final = (
    Action("raise_crisis", _raise, Worse),
    Action("ask_for_a_call", _call, outcomes=("paged", "nobody")),
)
