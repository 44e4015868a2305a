"""What a person agrees to, one thing at a time, and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.family import family_programmes
from aftercare.casework.taking_part import rounds
from aftercare.records import clients, consents
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.people import Person

Kind = Literal["join", "check_ins", "crisis", "family", "evaluation", "religion"]
#: What stands as the version of the words where somebody left by a command instead of a question.
BY_COMMAND: Final = "/berhenti"


async def withdraw_all(db: Db, person: Person, now: datetime) -> None:
    """Every yes becomes a no, each in its own row, so that what was once said stays readable."""
    for kind, given in (await consents.current(db, person.id)).items():
        if given:
            consents.add(db, person.id, kind, given=False, text_version=BY_COMMAND, now=now)


class Given(Arguments):
    """One consent, given or refused."""

    kind: Kind
    given: bool


async def _record(act: Act, arguments: Given) -> Outcome:
    consents.add(
        act.db,
        act.person.id,
        arguments.kind,
        given=arguments.given,
        text_version=act.text_version,
        now=act.now,
    )
    await act.db.flush()
    client = await clients.find(act.db, act.person.id)
    if client is not None:
        await _take_effect(act.db, client, arguments, act.now)
    return Outcome()


async def _take_effect(db: Db, client: Client, answer: Given, now: datetime) -> None:
    """A yes to joining opens the door at once, so that no reminder waits for the last question."""
    match (answer.kind, answer.given):
        case ("join", True):
            client.person.left_at = client.ended_at = None
            client.joined_at = client.joined_at or now
            await family_programmes.begin(db, client, now)
        case ("join", False):
            client.person.left_at = now
            await withdraw_all(db, client.person, now)
            rounds.end(db, client)
            family_programmes.disarm(db, client)
        case ("check_ins", True) if client.joined_at is not None:
            await rounds.begin(db, client, now)
        case ("check_ins", False):
            rounds.end(db, client)


ACTIONS: Final = (Action("record_consent", _record, Given),)
