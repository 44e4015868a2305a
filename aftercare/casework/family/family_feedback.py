"""After a family session: what relatives say of it, and only with their yes, to the officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.family import families
from aftercare.messages import Lane, Message, Terms
from aftercare.records import conversations, outbox, people
from aftercare.records import family_invitations as records
from aftercare.records.conversations import Opening
from aftercare.records.database import Db
from aftercare.records.family_invitations import FamilyInvitation
from aftercare.records.timers import Timer
from aftercare.rules import absences

FLOW: Final = "family_session_feedback"
_GOOD_FOR: Final = timedelta(hours=20)


class Feedback(Arguments):
    """Two chosen answers; there are no own words to pass on."""

    helped: Literal["relief", "so_so", "heavy"]
    wish: Literal["longer", "steps", "turns", "alone"]


async def ask(db: Db, due: Sequence[Timer], now: datetime) -> list[int]:
    """Queue the two questions for whoever said that they would come; returns who is asked."""
    found = await records.of_participants(db, [timer.subject_id for timer in due])
    came = [one for each in found.values() for one in each if _took_part(one)]
    openings = [
        Opening(one.person_id, f"family_feedback:{one.id}", _values(one), _GOOD_FOR) for one in came
    ]
    await conversations.queue_all(db, FLOW, openings, now=now)
    return [one.person_id for one in came]


def _took_part(one: FamilyInvitation) -> bool:
    """Where the client is known not to have been there, there is nothing to ask about."""
    participant = one.participant
    was_there = participant.attendance is None or participant.attendance in absences.PRESENT
    is_held = participant.session.state == "booked" and was_there
    return is_held and one.answer == "coming" and one.person.is_there


def _values(one: FamilyInvitation) -> dict[str, Any]:
    session = one.participant.session
    return {
        "client": families.known_as(one.participant.client),
        "starts_at": session.starts_at,
    }


async def _pass_on(act: Act, given: Feedback) -> Outcome:
    """The relative's own yes: now it is kept, and the officer reads it."""
    one = await records.get(act.db, act.subject_id)
    if one is None or one.person_id != act.person.id:
        return Outcome("passed")
    one.helped, one.wish = given.helped, given.wish
    session, client = one.participant.session, one.participant.client
    values = {
        "name": one.person.called,
        "client": client.person.name or client.code,
        "starts_at": session.starts_at,
        "helped": Message(f"family_session.staff.helped_{given.helped}"),
        "wish": Message(f"family_session.staff.wish_{given.wish}"),
        **families.relation_of(one.relative),
    }
    officer = await people.get(act.db, session.officer_id)
    message = Message("family_session.staff.feedback", values)
    outbox.post(act.db, message, to=officer, because=act.because, terms=Terms(Lane.PROMPT))
    return Outcome("done")


ACTIONS: Final = (Action("pass_on_family_feedback", _pass_on, Feedback, ("done", "passed")),)
