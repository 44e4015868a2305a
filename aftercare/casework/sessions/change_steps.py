"""What the flow session_change calls: offer hours, read a typed one, send the wish."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from aftercare.casework import dates
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.sessions import changes, reminders
from aftercare.casework.sessions.plans import BookingError
from aftercare.messages import Message
from aftercare.records import people
from aftercare.records import sessions as records
from aftercare.records.sessions import Participant
from aftercare.rules.unclear import Unclear

SLOTS = ("slot_1", "slot_2", "slot_3")


class Typed(Arguments):
    """What was written, to be read as a day and an hour."""

    text: str


class Wished(Arguments):
    """One of the offered hours, or the one that was typed."""

    slot: Literal["slot_1", "slot_2", "slot_3", "wished"]


async def concerned(act: Act) -> Participant | None:
    """Whose session this conversation is about; None where its time is not the one asked about."""
    one = await records.participant(act.db, act.subject_id)
    if one is None or one.client_id != act.person.id or not reminders.is_ahead(one, act.now):
        return None
    return one if act.is_about(one.session.version) else None


async def offer(act: Act, _given: Arguments) -> Outcome:
    one = await concerned(act)
    if one is None:
        return Outcome("passed")
    officer = await people.get(act.db, one.session.officer_id)
    found = await changes.free_slots(act.db, one, officer, act.now, len(SLOTS))
    values: dict[str, Any] = {"needed": Message("session.client.ask_when")}
    values |= dict(zip(SLOTS, found, strict=False))
    return Outcome("offered" if found else "none_free", values)


async def read(act: Act, given: Typed) -> Outcome:
    found = dates.find(given.text, act.now, act.person.time_zone)
    if isinstance(found, Unclear):
        return Outcome("unclear", {"needed": Message(f"session.client.{found.code}", found.values)})
    return Outcome("clear", {"wished": found})


async def send(act: Act, given: Wished) -> Outcome:
    one = await concerned(act)
    at = act.values.get(given.slot)
    if one is None or not isinstance(at, datetime):
        return Outcome("passed")
    try:
        await changes.ask(act.db, one, at, one.reason, act.now)
    except BookingError:
        return Outcome("passed")
    return Outcome("sent", {"wished": at})


ACTIONS = (
    Action("offer_slots", offer, outcomes=("offered", "none_free", "passed"),
           values=(*SLOTS, "needed")),
    Action("read_wish", read, Typed, outcomes=("clear", "unclear"), values=("wished", "needed")),
    Action("send_wish", send, Wished, outcomes=("sent", "passed"), values=("wished",)),
)  # fmt: skip
