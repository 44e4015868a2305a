"""An officer moves a session in conversation: typed, read back with what is worth knowing, done."""

from __future__ import annotations

from datetime import datetime

from aftercare.casework import dates
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.sessions import changes, plans, sessions
from aftercare.casework.sessions.plans import BookingError
from aftercare.messages import Button, Message
from aftercare.records import offices, people
from aftercare.records import sessions as records
from aftercare.records.sessions import Session
from aftercare.rules.unclear import Unclear


class Typed(Arguments):
    """The new day and hour, as they were written."""

    text: str


def card(session: Session) -> Message:
    """What has been booked, with the two things an officer may want to do about it."""
    how = f"{session.id}:{session.version}"
    rows = ((Button("move", f"d:session_move:{how}"), Button("cancel", f"d:session_cancel:{how}")),)
    return Message("session.staff.booked", plans.values(session), rows)


async def led(act: Act) -> Session | None:
    """The session this conversation is about, at the time it was about, led by this person."""
    session = await records.get(act.db, act.subject_id)
    if session is None or not act.is_about(session.version):
        return None
    return session if await changes.may_lead(act.db, session, act.person) else None


async def read(act: Act, given: Typed) -> Outcome:
    session = await led(act)
    if session is None:
        return Outcome("passed")
    office = await offices.get(act.db, session.office_id)
    at = dates.find(given.text, act.now, office.time_zone)
    if isinstance(at, Unclear):
        return Outcome("unclear", {"needed": Message(f"session.staff.{at.code}", at.values)})
    officer = await people.get(act.db, session.officer_id)
    who = tuple(one.client for one in session.participants)
    warned = await plans.warnings(act.db, plans.like(session, officer, who, at), act.now)
    lines = [one.message for one in warned if one.values.get("at") != session.starts_at]
    return Outcome("clear", {"wished": at, "warnings": lines})


async def move(act: Act, _given: Arguments) -> Outcome:
    session, at = await led(act), act.values.get("wished")
    if session is None or not isinstance(at, datetime):
        return Outcome("passed")
    try:
        await sessions.move(act.db, session, at, by=act.person, now=act.now)
    except BookingError:
        return Outcome("passed")
    return Outcome("moved")


ACTIONS = (
    Action("read_move", read, Typed, outcomes=("clear", "unclear", "passed"),
           values=("wished", "warnings", "needed")),
    Action("move_session", move, outcomes=("moved", "passed")),
)  # fmt: skip
